# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.appointments.portal import arriving, booking, choosing, waiting

app_name = "appointments"
urlpatterns = [
    path("citas/", choosing.agenda_list, name="agendas"),
    path("citas/<int:agenda_id>/", choosing.choose, name="choose"),
    path("citas/<int:agenda_id>/reservar/", booking.reserve, name="reserve"),
    path("citas/<int:agenda_id>/espera/", waiting.wait, name="wait"),
    path("cita/<slug:token>/", booking.appointment, name="appointment"),
    path("cita/<slug:token>/cambiar/", booking.change, name="change"),
    path("cita/<slug:token>/anular/", booking.cancelling, name="cancel"),
    path("cita/<slug:token>/responder/", booking.respond, name="respond"),
    path("cita/<slug:token>/cita.ics", booking.calendar, name="calendar"),
    path("espera/<slug:token>/", waiting.waiter, name="waiter"),
    path("puntos/<slug:code>/cita/", arriving.arrive, name="arrive"),
]
