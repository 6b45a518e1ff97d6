# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.integrations.transparency import workspace

app_name = "transparency"
urlpatterns = [
    path("portal-de-transparencia/", workspace.month, name="month"),
    path("portal-de-transparencia/registro/", workspace.register, name="register"),
    path("portal-de-transparencia/respuestas/", workspace.pack, name="pack"),
    path("portal-de-transparencia/respuestas/<int:package_id>/", workspace.package, name="package"),
    path("portal-de-transparencia/respuestas/<int:package_id>/archivo/", workspace.file, name="package_file"),
]
