# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.indicators import results_pages, workspace

app_name = "indicators"
urlpatterns = [
    path("cifras/", workspace.figure_list, name="figures"),
    path("cifras/<str:key>/", workspace.figure, name="figure"),
    path("cifras/<str:key>/solicitudes/", workspace.things, name="things"),
    path("indicadores/", results_pages.indicator_list, name="indicators"),
    path("indicadores/nuevo/", results_pages.keep, name="indicator_new"),
    path("indicadores/<int:indicator_id>/", results_pages.indicator, name="indicator"),
    path("indicadores/<int:indicator_id>/cambiar/", results_pages.keep, name="indicator_change"),
    path("indicadores/<int:indicator_id>/fijar/", results_pages.freeze, name="freeze"),
    path("indicadores/<int:indicator_id>/anotar/", results_pages.write, name="write"),
    path("indicadores/resultados/<int:result_id>/", results_pages.result, name="result"),
    path("indicadores/resultados/<int:result_id>/revisar/", results_pages.revise, name="revise"),
    path("indicadores/resultados/<int:result_id>/analisis/", results_pages.annotate, name="annotate"),
]
