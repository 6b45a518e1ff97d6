# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.reporting.accountability import workspace as accountability
from siac.reporting.circle import workspace as circle
from siac.reporting.frozen import workspace as frozen
from siac.reporting.frozen.kinds import LETTER, OWN, SUMMARY
from siac.reporting.home import workspace as home
from siac.reporting.opendata import workspace as opendata
from siac.reporting.own import workspace as own
from siac.reporting.signs import workspace as signs
from siac.reporting.summaries import workspace as summaries
from siac.reporting.yearly import workspace as yearly

app_name = "reporting"
urlpatterns = [
    path("como-vamos/", home.how_we_do, name="home"),
    path("circulo/", circle.show, name="circle"),
    path("circulo/<slug:code>/", circle.rows, name="circle_rows"),
    path("rendicion/", accountability.letter_list, name="letters"),
    path("rendicion/nueva/", accountability.new, name="letter_new"),
    path("rendicion/<int:letter_id>/", accountability.letter, name="letter"),
    path("rendicion/<int:letter_id>/palabras/", accountability.words, name="letter_words"),
    path("rendicion/<int:letter_id>/preparar/", accountability.prepare, name="letter_prepare"),
    path("rendicion/<int:letter_id>/aprobar/", accountability.approve, name="letter_approve"),
    path("rendicion/<int:letter_id>/enviada/", accountability.sent, name="letter_sent"),
    path("informe-anual/", yearly.yearly, name="yearly"),
    path("datos-abiertos/", opendata.dataset_list, name="datasets"),
    path("datos-abiertos/nuevo/", opendata.dataset, name="dataset_new"),
    path("datos-abiertos/<int:dataset_id>/", opendata.dataset, name="dataset"),
    path("informes-propios/", own.report_list, name="own_reports"),
    path("informes-propios/nuevo/", own.change, name="own_report_new"),
    path("informes-propios/agregar/<str:key>/", own.add_figure, name="own_report_add"),
    path("informes-propios/<int:report_id>/", own.report, name="own_report"),
    path("informes-propios/<int:report_id>/cambiar/", own.change, name="own_report_change"),
    path("informes-propios/<int:report_id>/fijar/", own.freeze, name="own_report_freeze"),
    path("informes-propios/<int:report_id>/copias/", own.copies, name="own_report_copies"),
    path("senales/", signs.sign_list, name="signs"),
    path("resumenes/", summaries.summary_list, name="summaries"),
    *(
        path(f"{where}/<int:frozen_id>/{part}", view, {"code": code}, name=f"{code}{suffix}")
        for code, where in (
            (SUMMARY, "resumenes"),
            (OWN, "informes-propios/copias"),
            (LETTER, "rendicion/preparadas"),
        )
        for view, part, suffix in (
            (frozen.frozen, "", ""),
            (frozen.go_on, "seguir/", "_go_on"),
            (frozen.paper, "pdf/", "_paper"),
        )
    ),
]
