# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.workload import workspace

WORKSPACE = [
    path("carga/", workspace.team, name="workload"),
]
