# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.kinds import workspace

SETUP = [
    path("configuracion/tipos/", workspace.kind_list, name="kinds"),
    path("configuracion/tipos/nuevo/", workspace.kind, name="kind_new"),
    path("configuracion/tipos/<int:kind_id>/", workspace.kind, name="kind"),
]
