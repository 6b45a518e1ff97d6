# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.counter.portal import screen, taking

app_name = "counter"
urlpatterns = [
    path("puntos/<slug:code>/turnos/", taking.kiosk, name="kiosk"),
    path("puntos/<slug:code>/turnos/ir/<slug:key>/", screen.go, name="go"),
    path("puntos/<slug:code>/turnos/pantalla/", screen.aid, name="aid"),
    path("puntos/<slug:code>/turnos/salir/", screen.leave, name="leave"),
    path("puntos/<slug:code>/turnos/<slug:token>/", taking.ticket, name="ticket"),
    path("puntos/<slug:code>/llamados/", taking.display, name="display"),
    path("turno/<slug:token>/", taking.place, name="place"),
]
