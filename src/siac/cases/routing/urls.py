# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.routing import workspace

WORKSPACE = [
    path("solicitudes/<str:folio>/por-que/", workspace.why, name="why"),
]
SETUP = [
    path("configuracion/derivacion/", workspace.rule_list, name="routing"),
    path("configuracion/derivacion/nueva/", workspace.rule, name="routing_new"),
    path("configuracion/derivacion/<int:rule_id>/", workspace.rule, name="routing_rule"),
    path("configuracion/derivacion/<int:rule_id>/mover/", workspace.move, name="routing_move"),
    path("configuracion/derivacion/<int:rule_id>/uso/", workspace.switch, name="routing_switch"),
    path("configuracion/derivacion/<int:rule_id>/casos/", workspace.runs, name="routing_runs"),
]
