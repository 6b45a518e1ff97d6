# SPDX-License-Identifier: EUPL-1.2
from django.urls import include, path

from siac.charters import paper_pages, workspace
from siac.charters.choosing import workspace as choosing
from siac.charters.claims import workspace as claims
from siac.charters.library import workspace as library
from siac.charters.minimum import workspace as minimum
from siac.charters.on_services import workspace as on_services
from siac.charters.register import recognition_workspace as recognition
from siac.charters.register import workspace as register
from siac.charters.remedies import workspace as remedies
from siac.charters.reports import lists
from siac.charters.reports import workspace as reports
from siac.charters.team import workspace as team

app_name = "charters"
urlpatterns = [
    path("", include("siac.charters.editor.urls")),
    path("cartas/elegir/", choosing.choose, name="choosing"),
    path("cartas/<int:charter_id>/equipo/", team.team, name="team"),
    path("cartas/referencias/", library.reference_list, name="references"),
    path("cartas/referencias/nueva/", library.reference_form, name="reference_new"),
    path("cartas/referencias/<int:reference_id>/", library.reference, name="reference"),
    path("cartas/referencias/<int:reference_id>/cambiar/", library.reference_form, name="reference_change"),
    path(
        "cartas/referencias/<int:reference_id>/archivos/<int:attachment_id>/",
        library.file,
        name="reference_file",
    ),
    path(
        "cartas/referencias/<int:reference_id>/archivos/<int:attachment_id>/quitar/",
        library.remove_file,
        name="reference_file_removed",
    ),
    path("cartas/ediciones/<int:edition_id>/comparaciones/", library.benchmarks, name="benchmarks"),
    path("", include("siac.charters.certifying.urls")),
    path("cartas/minimos/", minimum.minimum, name="minimum"),
    path("compromisos/", workspace.show_compliance, name="compliance"),
    path("compromisos/<int:commitment_id>/solicitudes/", workspace.show_cases, name="cases"),
    path("cartas/<int:charter_id>/registro/", register.register, name="register"),
    path("cartas/registro/<int:result_id>/", register.explain, name="explain"),
    path(
        "cartas/ediciones/<int:edition_id>/papeles/<slug:paper>.pdf",
        paper_pages.staff_paper,
        name="staff_paper",
    ),
    path("cartas/reconocimientos/", recognition.recognitions, name="recognitions"),
    path("cartas/reconocimientos/<int:rule_id>/terminar/", recognition.end, name="recognition_end"),
    path("cartas/informes/", reports.report_list, name="report_list"),
    path("cartas/informes/<int:report_id>/", reports.report, name="report"),
    path("cartas/informes/<int:report_id>/pdf/", reports.paper, name="report_paper"),
    path("cartas/informes/<int:report_id>/publicar/", reports.show, name="report_show"),
    path("cartas/informes/<int:report_id>/enviado/", reports.sent, name="report_sent"),
    path("cartas/informes/<int:report_id>/incumplimientos/", lists.breaches, name="report_breaches"),
    path("cartas/informes/<int:report_id>/pedidas/", lists.claims, name="report_claims"),
    path("cartas/<int:charter_id>/informes/", reports.reports, name="reports"),
    path("compromisos/periodos/<int:result_id>/solicitudes/", lists.period_cases, name="period_cases"),
    path("servicios/<int:service_id>/pasos/<slug:code>/", on_services.step_cases, name="step_cases"),
    path("medidas/pedidas/", claims.claim_list, name="claims"),
    path("medidas/pedidas/<int:claim_id>/", claims.claim, name="claim"),
    path("medidas/", remedies.remedy_list, name="remedies"),
    path("medidas/<int:remedy_id>/", remedies.remedy, name="remedy"),
]
