# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.appointments.workspace import attending, setting_up, suspending

app_name = "appointments"
urlpatterns = [
    path("citas/", attending.day, name="day"),
    path("citas/nueva/<int:agenda_id>/", attending.new, name="new"),
    path("citas/no-caben/", suspending.unfit, name="unfit"),
    path("citas/suspender/", suspending.new, name="suspend"),
    path("citas/suspensiones/<int:pk>/", suspending.suspension, name="suspension"),
    path("citas/<int:pk>/", attending.appointment, name="appointment"),
    path("citas/<int:pk>/hacer/", attending.act, name="act"),
    path("citas/<int:pk>/mover/", attending.moving, name="move"),
    path("configuracion/agendas/", setting_up.agenda_list, name="agendas"),
    path("configuracion/agendas/nueva/", setting_up.agenda, name="agenda_new"),
    path("configuracion/agendas/<int:agenda_id>/", setting_up.agenda, name="agenda"),
]
