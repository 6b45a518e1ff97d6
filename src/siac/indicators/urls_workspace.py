# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.indicators.costs import workspace as costs
from siac.indicators.coverage import workspace as coverage
from siac.indicators.demand import workspace as demand
from siac.indicators.equity import workspace as equal
from siac.indicators.figures import workspace as figures
from siac.indicators.maps import workspace as maps
from siac.indicators.results import result_workspace as one_result
from siac.indicators.results import workspace as results

app_name = "indicators"
urlpatterns = [
    path("cifras/", figures.figure_list, name="figures"),
    path("cifras/<str:key>/", figures.figure, name="figure"),
    path("cifras/<str:key>/solicitudes/", figures.things, name="things"),
    path("cifras/<str:key>/personas/", maps.people, name="people"),
    path("cobertura/", coverage.reach, name="coverage"),
    path("cobertura/metas/", coverage.goal, name="coverage_goal"),
    path("cobertura/planilla/", coverage.bring, name="territories_bring"),
    path("cobertura/planilla/plantilla/", coverage.template, name="territories_template"),
    path("cobertura/territorios/", coverage.territory_list, name="territories"),
    path("cobertura/territorios/nuevo/", coverage.territory, name="territory_new"),
    path("cobertura/territorios/<int:territory_id>/", coverage.territory, name="territory"),
    path("igualdad/", equal.equity, name="equity"),
    path("indicadores/", results.indicator_list, name="indicators"),
    path("indicadores/biblioteca/", results.library, name="library"),
    path("indicadores/anteriores/", results.earlier, name="earlier"),
    path("indicadores/anteriores/plantilla/", results.earlier_template, name="earlier_template"),
    path("indicadores/nuevo/", results.keep, name="indicator_new"),
    path("indicadores/<int:indicator_id>/", results.indicator, name="indicator"),
    path("indicadores/<int:indicator_id>/cambiar/", results.keep, name="indicator_change"),
    path("indicadores/<int:indicator_id>/fijar/", results.freeze, name="freeze"),
    path("indicadores/<int:indicator_id>/anotar/", results.write, name="write"),
    path("indicadores/resultados/<int:result_id>/", one_result.result, name="result"),
    path("indicadores/resultados/<int:result_id>/revisar/", one_result.revise, name="revise"),
    path("indicadores/resultados/<int:result_id>/analisis/", one_result.annotate, name="annotate"),
    path(
        "indicadores/resultados/<int:result_id>/evidencia/<int:attachment_id>/",
        one_result.evidence,
        name="evidence",
    ),
    path("cifras-mapa/", maps.shapes, name="shapes"),
    path("costos/", costs.cost_list, name="costs"),
    path("costos/nuevo/", costs.cost, name="cost_new"),
    path("costos/<int:cost_id>/", costs.cost, name="cost"),
    path("demanda/", demand.plan_list, name="demand"),
    path("demanda/hacer/", demand.ask, name="demand_ask"),
    path("demanda/base/", demand.basis, name="demand_basis"),
    path("demanda/planilla/", demand.past, name="demand_past"),
    path("demanda/planilla/plantilla/", demand.past_template, name="demand_template"),
    path("demanda/planilla/<int:sheet_id>/borrar/", demand.past_drop, name="demand_past_drop"),
    path("demanda/<int:plan_id>/", demand.plan, name="demand_plan"),
    path("demanda/<int:plan_id>/aprobar/", demand.approve, name="demand_approve"),
    path("demanda/<int:plan_id>/dotacion/", demand.staffing, name="staffing_new"),
    path("demanda/<int:plan_id>/dotacion/<int:need_id>/", demand.staffing, name="staffing_change"),
    path("demanda/<int:plan_id>/dotacion/<int:need_id>/quitar/", demand.staffing_drop, name="staffing_drop"),
]
