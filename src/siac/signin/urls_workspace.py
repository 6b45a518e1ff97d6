# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.signin.workspace import citizens, groups, providers, trail

app_name = "signin"
urlpatterns = [
    path("accesos/", trail.accesses, name="trail"),
    path("configuracion/entrada/", providers.provider, name="provider"),
    path("configuracion/entrada/<int:identity_id>/desvincular/", providers.unlink, name="unlink"),
    path("configuracion/identificacion/", citizens.citizens, name="citizens"),
    path("configuracion/entrada/grupos/", groups.groups, name="groups"),
    path("configuracion/entrada/grupos/<int:group_id>/", groups.group, name="group"),
]
