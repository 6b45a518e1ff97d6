# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.workspace import kinds

app_name = "kinds"
urlpatterns = [
    path("configuracion/tipos/", kinds.kind_list, name="kinds"),
    path("configuracion/tipos/nuevo/", kinds.kind, name="kind_new"),
    path("configuracion/tipos/<int:kind_id>/", kinds.kind, name="kind"),
]
