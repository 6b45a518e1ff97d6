# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.suggesting import workspace

WORKSPACE = [
    path("solicitudes/<str:folio>/sugerencias/", workspace.suggested, name="suggestions"),
]
