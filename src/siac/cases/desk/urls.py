# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.desk import workspace

WORKSPACE = [
    path("solicitudes/nueva/", workspace.file_for_someone, name="new"),
    path("solicitudes/<str:folio>/ingresada/", workspace.filed, name="filed"),
    path("solicitudes/<str:folio>/comprobante/", workspace.receipt, name="receipt"),
    path("solicitudes/<str:folio>/codigo/", workspace.code, name="code"),
    path("solicitudes/<str:folio>/parecidas/", workspace.alike, name="alike"),
]
