# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.workspace import (
    alerts,
    approvals,
    case,
    causes,
    deliveries,
    exports,
    filing,
    imports,
    papers,
    templates,
    worklist,
)
from siac.cases.workspace.actions import ACTIONS

app_name = "cases"
urlpatterns = [
    path("solicitudes/", worklist.case_list, name="list"),
    path("solicitudes/nueva/", filing.file_for_someone, name="new"),
    path("causas/", causes.recurring, name="causes"),
    path("alertas/", alerts.alert_list, name="alerts"),
    path("alertas/<int:alert_id>/vista/", alerts.alert_seen, name="alert_seen"),
    path("por-aprobar/", approvals.approval_list, name="approvals"),
    path("plantillas/", templates.template_list, name="templates"),
    path("plantillas/nueva/", templates.template, name="template_new"),
    path("plantillas/<int:template_id>/", templates.template, name="template"),
    path("solicitudes/exportar/", exports.export, name="export"),
    path("exportaciones/<int:export_id>/", exports.export_page, name="export_page"),
    path("exportaciones/<int:export_id>/archivo/", exports.export_file, name="export_file"),
    path("importaciones/", imports.import_list, name="imports"),
    path("importaciones/nueva/", imports.import_new, name="import_new"),
    path("importaciones/<int:batch_id>/", imports.import_page, name="import"),
    path("importaciones/<int:batch_id>/columnas/", imports.import_columns, name="import_columns"),
    path("importaciones/<int:batch_id>/cargar/", imports.import_load, name="import_load"),
    path("importaciones/<int:batch_id>/rechazadas/", imports.import_rejected, name="import_rejected"),
    path("partes/", papers.paper_list, name="papers"),
    path("partes/nuevo/", papers.paper_new, name="paper_new"),
    path("partes/exportar/", papers.paper_export, name="paper_export"),
    path("partes/<int:paper_id>/", papers.paper_page, name="paper"),
    path("partes/<int:paper_id>/etiqueta/", papers.paper_label, name="paper_label"),
    path("partes/<int:paper_id>/archivo/<int:attachment_id>/", papers.paper_file, name="paper_file"),
    path("partes/<int:paper_id>/enviar/", papers.paper_send, name="paper_send"),
    path("partes/<int:paper_id>/devolver/", papers.paper_return, name="paper_return"),
    path("partes/<int:paper_id>/ingresar/", papers.paper_to_case, name="paper_to_case"),
    path("solicitudes/<str:folio>/", case.case_page, name="case"),
    path("solicitudes/<str:folio>/ingresada/", filing.filed, name="filed"),
    path("solicitudes/<str:folio>/comprobante/", filing.receipt, name="receipt"),
    *(path(f"solicitudes/<str:folio>/{code}/", case.act, {"code": code}, name=code) for code in ACTIONS),
    path("solicitudes/<str:folio>/terceros/<int:third_party_id>/", case.stand, name="stand"),
    path("solicitudes/<str:folio>/parecidas/", case.alike, name="alike"),
    path(
        "solicitudes/<str:folio>/plantilla/<int:template_id>/", templates.template_text, name="template_text"
    ),
    path("solicitudes/<str:folio>/envios/<int:notice_id>/", deliveries.deliver, name="deliver"),
    path("solicitudes/<str:folio>/envios/<int:notice_id>/carta/", deliveries.letter, name="letter"),
    path("solicitudes/<str:folio>/certificado/", case.silence_paper, name="silence_pdf"),
    path("solicitudes/<str:folio>/archivo/<int:attachment_id>/", case.file, name="file"),
]
