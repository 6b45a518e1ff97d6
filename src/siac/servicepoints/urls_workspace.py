# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.servicepoints import workspace

app_name = "servicepoints"
urlpatterns = [
    path("configuracion/puntos/", workspace.point_list, name="points"),
    path("configuracion/puntos/nuevo/", workspace.point, name="point_new"),
    path("configuracion/puntos/<int:point_id>/", workspace.point, name="point"),
]
