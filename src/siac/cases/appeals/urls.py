# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.appeals import workspace

WORKSPACE = [
    path("recursos/", workspace.appeal_list, name="appeals"),
    path("recursos/<int:appeal_id>/", workspace.appeal_page, name="appeal"),
    path("recursos/<int:appeal_id>/descargos/", workspace.defend, name="appeal_defend"),
    path("recursos/<int:appeal_id>/resolucion/", workspace.decide, name="appeal_decide"),
]
