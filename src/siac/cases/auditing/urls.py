# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.auditing import workspace

WORKSPACE = [
    path("muestras/", workspace.samples, name="samples"),
    path("muestras/nueva/", workspace.sample_new, name="sample_new"),
    path("muestras/<int:sample_id>/", workspace.sample, name="sample"),
    path("muestras/<int:sample_id>/exportar/", workspace.sample_export, name="sample_export"),
]
