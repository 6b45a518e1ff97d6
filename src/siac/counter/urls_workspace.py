# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.counter.workspace import attending, setting_up, supervising

app_name = "counter"
urlpatterns = [
    path("turnos/", attending.home, name="home"),
    path("turnos/modulos/<int:desk_id>/", attending.desk, name="desk"),
    path("turnos/modulos/<int:desk_id>/<slug:code>/", attending.act, name="act"),
    path("turnos/sala/<int:point_id>/", supervising.room, name="room"),
    path("turnos/sala/<int:point_id>/hacer/", supervising.room_act, name="room_act"),
    path("configuracion/filas/", setting_up.line_list, name="lines"),
    path("configuracion/filas/nueva/", setting_up.line, name="line_new"),
    path("configuracion/filas/<int:line_id>/", setting_up.line, name="line"),
    path("configuracion/modulos/", setting_up.desk_list, name="desks"),
    path("configuracion/modulos/nuevo/", setting_up.desk, name="desk_setup_new"),
    path("configuracion/modulos/<int:desk_id>/", setting_up.desk, name="desk_setup"),
]
