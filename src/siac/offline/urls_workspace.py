# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.offline.workspace import devices, review, sending, shell

app_name = "offline"
urlpatterns = [
    path("terreno/", shell.page, name="page"),
    path("terreno/trabajador.js", shell.worker, name="worker"),
    path("terreno/manifiesto.webmanifest", shell.manifest, name="manifest"),
    path("terreno/estado/", sending.status, name="status"),
    path("terreno/preparar/", sending.prepare, name="prepare"),
    path("terreno/enviar/", sending.send, name="send"),
    path("equipos-de-terreno/", devices.device_list, name="devices"),
    path("equipos-de-terreno/<int:device_id>/", devices.device_act, name="device_act"),
    path("revision-de-terreno/", review.record_list, name="review"),
    path("revision-de-terreno/<int:record_id>/", review.record_page, name="record"),
]
