# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases import export_workspace, import_workspace, workspace

app_name = "cases"
urlpatterns = [
    path("solicitudes/", workspace.case_list, name="list"),
    path("solicitudes/nueva/", workspace.file_for_someone, name="new"),
    path("solicitudes/exportar/", export_workspace.export, name="export"),
    path("exportaciones/<int:export_id>/", export_workspace.export_page, name="export_page"),
    path("exportaciones/<int:export_id>/archivo/", export_workspace.export_file, name="export_file"),
    path("importaciones/", import_workspace.import_list, name="imports"),
    path("importaciones/nueva/", import_workspace.import_new, name="import_new"),
    path("importaciones/<int:batch_id>/", import_workspace.import_page, name="import"),
    path("importaciones/<int:batch_id>/columnas/", import_workspace.import_columns, name="import_columns"),
    path("importaciones/<int:batch_id>/cargar/", import_workspace.import_load, name="import_load"),
    path(
        "importaciones/<int:batch_id>/rechazadas/", import_workspace.import_rejected, name="import_rejected"
    ),
    path("solicitudes/<str:folio>/", workspace.case_page, name="case"),
    path("solicitudes/<str:folio>/ingresada/", workspace.filed, name="filed"),
    path("solicitudes/<str:folio>/comprobante/", workspace.receipt, name="receipt"),
    path("solicitudes/<str:folio>/clasificar/", workspace.classify, name="clasificar"),
    path("solicitudes/<str:folio>/derivar/", workspace.refer, name="derivar"),
    path("solicitudes/<str:folio>/asignar/", workspace.assign, name="asignar"),
    path("solicitudes/<str:folio>/nota/", workspace.note, name="nota"),
    path("solicitudes/<str:folio>/pedir/", workspace.ask, name="pedir"),
    path("solicitudes/<str:folio>/ampliar/", workspace.extend, name="ampliar"),
    path("solicitudes/<str:folio>/responder/", workspace.answer, name="responder"),
    path("solicitudes/<str:folio>/cerrar/", workspace.close, name="cerrar"),
    path("solicitudes/<str:folio>/archivo/<int:attachment_id>/", workspace.file, name="file"),
]
