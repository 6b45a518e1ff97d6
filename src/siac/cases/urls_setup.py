# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.workspace import causes, kinds, retention, routing, starter

app_name = "kinds"
urlpatterns = [
    path("configuracion/paquete/", starter.kit, name="kit"),
    path("configuracion/tipos/", kinds.kind_list, name="kinds"),
    path("configuracion/tipos/nuevo/", kinds.kind, name="kind_new"),
    path("configuracion/tipos/<int:kind_id>/", kinds.kind, name="kind"),
    path("configuracion/conservacion/", retention.retention, name="retention"),
    path("configuracion/conservacion/<int:run_id>/", retention.erasure, name="erasure"),
    path("configuracion/conservacion/<int:run_id>/lista/", retention.erasure_csv, name="erasure_csv"),
    path("configuracion/conservacion/<int:run_id>/decidir/", retention.erasure_decide, name="erasure_decide"),
    path("configuracion/causas/", causes.cause_list, name="causes"),
    path("configuracion/causas/nueva/", causes.cause, name="cause_new"),
    path("configuracion/causas/<int:cause_id>/", causes.cause, name="cause"),
    path("configuracion/derivacion/", routing.rule_list, name="routing"),
    path("configuracion/derivacion/nueva/", routing.rule, name="routing_new"),
    path("configuracion/derivacion/<int:rule_id>/", routing.rule, name="routing_rule"),
    path("configuracion/derivacion/<int:rule_id>/mover/", routing.move, name="routing_move"),
    path("configuracion/derivacion/<int:rule_id>/uso/", routing.switch, name="routing_switch"),
    path("configuracion/derivacion/<int:rule_id>/casos/", routing.runs, name="routing_runs"),
]
