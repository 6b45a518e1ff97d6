# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.bulk import workspace

WORKSPACE = [
    path("solicitudes/en-lote/", workspace.select, name="bulk_select"),
    path("cambios-en-lote/", workspace.bulk_list, name="bulk_list"),
    path("cambios-en-lote/<int:bulk_id>/", workspace.bulk_page, name="bulk"),
    path("cambios-en-lote/<int:bulk_id>/sin-cambio/", workspace.bulk_left, name="bulk_left"),
]
