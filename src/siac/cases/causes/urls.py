# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.causes import workspace

WORKSPACE = [
    path("causas/", workspace.recurring, name="causes"),
]
SETUP = [
    path("configuracion/causas/", workspace.cause_list, name="causes"),
    path("configuracion/causas/nueva/", workspace.cause, name="cause_new"),
    path("configuracion/causas/<int:cause_id>/", workspace.cause, name="cause"),
]
