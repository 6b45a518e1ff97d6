# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.servicepoints import care, workspace

app_name = "servicepoints"
urlpatterns = [
    path("configuracion/puntos/", workspace.point_list, name="points"),
    path("configuracion/puntos/nuevo/", workspace.point, name="point_new"),
    path("configuracion/puntos/<int:point_id>/", workspace.point, name="point"),
    path("configuracion/como-se-atiende/", care.care_list, name="care"),
    path("configuracion/como-se-atiende/nuevo/", care.care_protocol, name="care_protocol_new"),
    path("configuracion/como-se-atiende/<int:protocol_id>/", care.care_protocol, name="care_protocol"),
]
