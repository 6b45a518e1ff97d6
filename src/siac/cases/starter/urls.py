# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.starter import workspace

SETUP = [
    path("configuracion/paquete/", workspace.kit, name="kit"),
]
