# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.integrations.webhooks import workspace

app_name = "webhooks"
_ONE = "configuracion/avisos-a-programas/<int:webhook_id>/"
urlpatterns = [
    path("configuracion/avisos-a-programas/", workspace.hooks, name="list"),
    path("configuracion/avisos-a-programas/nuevo/", workspace.new, name="webhook_new"),
    path(_ONE, workspace.hook, name="webhook"),
    path(f"{_ONE}cambiar/", workspace.edit, name="edit"),
    path(f"{_ONE}secreto/", workspace.rotate, name="rotate"),
    path(f"{_ONE}pausar/", workspace.pause, name="pause"),
    path(f"{_ONE}reanudar/", workspace.resume, name="resume"),
    path(f"{_ONE}probar/", workspace.ping, name="ping"),
    path(f"{_ONE}quitar/", workspace.remove, name="remove"),
    path(f"{_ONE}mensajes/<int:delivery_id>/", workspace.delivery, name="delivery"),
    path(f"{_ONE}mensajes/<int:delivery_id>/otra-vez/", workspace.again, name="again"),
]
