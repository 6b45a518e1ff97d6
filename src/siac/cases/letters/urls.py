# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.letters import preview_pages, workspace

WORKSPACE = [
    path("solicitudes/<str:folio>/vista-previa/", preview_pages.preview, name="preview"),
    path("solicitudes/<str:folio>/envios/<int:notice_id>/", workspace.deliver, name="deliver"),
    path("solicitudes/<str:folio>/envios/<int:notice_id>/carta/", workspace.letter, name="letter"),
    path("solicitudes/<str:folio>/envios/<int:notice_id>/volvio/", workspace.returned, name="returned"),
    path(
        "solicitudes/<str:folio>/envios/<int:notice_id>/volvio/deshacer/",
        workspace.undo_returned,
        name="undo_returned",
    ),
]
