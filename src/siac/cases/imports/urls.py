# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.imports import workspace

WORKSPACE = [
    path("importaciones/", workspace.import_list, name="imports"),
    path("importaciones/nueva/", workspace.import_new, name="import_new"),
    path("importaciones/<int:batch_id>/", workspace.import_page, name="import"),
    path("importaciones/<int:batch_id>/columnas/", workspace.import_columns, name="import_columns"),
    path("importaciones/<int:batch_id>/archivo/", workspace.import_source, name="import_source"),
    path("importaciones/<int:batch_id>/valores/", workspace.import_meanings, name="import_meanings"),
    path("importaciones/<int:batch_id>/cargar/", workspace.import_load, name="import_load"),
    path("importaciones/<int:batch_id>/seguir/", workspace.import_go_on, name="import_go_on"),
    path("importaciones/<int:batch_id>/rechazadas/", workspace.import_rejected, name="import_rejected"),
]
