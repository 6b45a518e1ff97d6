# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.linking import workspace

WORKSPACE = [
    path("solicitudes/<str:folio>/vinculos/<int:link_id>/quitar/", workspace.unlink, name="unlink"),
]
