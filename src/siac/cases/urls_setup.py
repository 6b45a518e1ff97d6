# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases import setup_workspace

app_name = "kinds"
urlpatterns = [
    path("configuracion/tipos/", setup_workspace.kind_list, name="kinds"),
    path("configuracion/tipos/nuevo/", setup_workspace.kind, name="kind_new"),
    path("configuracion/tipos/<int:kind_id>/", setup_workspace.kind, name="kind"),
]
