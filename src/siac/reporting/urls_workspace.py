# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.reporting.home import workspace as home
from siac.reporting.opendata import workspace as opendata
from siac.reporting.own import workspace as own
from siac.reporting.signs import workspace as signs
from siac.reporting.summaries import workspace as summaries
from siac.reporting.yearly import workspace as yearly

app_name = "reporting"
urlpatterns = [
    path("como-vamos/", home.how_we_do, name="home"),
    path("informe-anual/", yearly.yearly, name="yearly"),
    path("datos-abiertos/", opendata.dataset_list, name="datasets"),
    path("datos-abiertos/nuevo/", opendata.dataset, name="dataset_new"),
    path("datos-abiertos/<int:dataset_id>/", opendata.dataset, name="dataset"),
    path("informes-propios/", own.report_list, name="own_reports"),
    path("informes-propios/nuevo/", own.change, name="own_report_new"),
    path("informes-propios/agregar/<str:key>/", own.add_figure, name="own_report_add"),
    path("informes-propios/<int:report_id>/", own.report, name="own_report"),
    path("informes-propios/<int:report_id>/cambiar/", own.change, name="own_report_change"),
    path("senales/", signs.sign_list, name="signs"),
    path("resumenes/", summaries.summary_list, name="summaries"),
    path("resumenes/<int:summary_id>/", summaries.summary, name="summary"),
    path("resumenes/<int:summary_id>/seguir/", summaries.go_on, name="summary_go_on"),
    path("resumenes/<int:summary_id>/pdf/", summaries.paper, name="summary_paper"),
]
