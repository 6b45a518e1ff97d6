# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.counter import portal

app_name = "counter"
urlpatterns = [
    path("puntos/<slug:code>/turnos/", portal.kiosk, name="kiosk"),
    path("puntos/<slug:code>/turnos/<slug:token>/", portal.ticket, name="ticket"),
    path("puntos/<slug:code>/llamados/", portal.display, name="display"),
    path("turno/<slug:token>/", portal.place, name="place"),
]
