# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.indicators.figures import workspace as figures
from siac.indicators.results import workspace as results

app_name = "indicators"
urlpatterns = [
    path("cifras/", figures.figure_list, name="figures"),
    path("cifras/<str:key>/", figures.figure, name="figure"),
    path("cifras/<str:key>/solicitudes/", figures.things, name="things"),
    path("cifras/<str:key>/personas/", figures.people, name="people"),
    path("indicadores/", results.indicator_list, name="indicators"),
    path("indicadores/nuevo/", results.keep, name="indicator_new"),
    path("indicadores/<int:indicator_id>/", results.indicator, name="indicator"),
    path("indicadores/<int:indicator_id>/cambiar/", results.keep, name="indicator_change"),
    path("indicadores/<int:indicator_id>/fijar/", results.freeze, name="freeze"),
    path("indicadores/<int:indicator_id>/anotar/", results.write, name="write"),
    path("indicadores/resultados/<int:result_id>/", results.result, name="result"),
    path("indicadores/resultados/<int:result_id>/revisar/", results.revise, name="revise"),
    path("indicadores/resultados/<int:result_id>/analisis/", results.annotate, name="annotate"),
]
