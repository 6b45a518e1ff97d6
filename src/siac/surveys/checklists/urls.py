# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.surveys.checklists import protocol_workspace, workspace

WORKSPACE = [
    path("visitas/", workspace.visit_list, name="visits"),
    path("visitas/nueva/", workspace.assign, name="visit_new"),
    path("visitas/lo-que-falta/", workspace.missing, name="visits_missing"),
    path("visitas/protocolos/", protocol_workspace.protocol_list, name="protocols"),
    path("visitas/protocolos/nuevo/", protocol_workspace.begin_protocol, name="protocol_new"),
    path("visitas/protocolos/<int:protocol_id>/", protocol_workspace.protocol, name="protocol"),
    path("visitas/<int:visit_id>/", workspace.visit, name="visit"),
    path("visitas/<int:visit_id>/hacer/", workspace.make, name="visit_make"),
    path("visitas/<int:visit_id>/encargo/", workspace.change, name="visit_change"),
    path("visitas/<int:visit_id>/retirar/", workspace.withdraw, name="visit_withdraw"),
    path("visitas/<int:visit_id>/corregir/", workspace.correct, name="visit_correct"),
    path("visitas/<int:visit_id>/hallazgos/", workspace.findings, name="visit_findings"),
    path("visitas/<int:visit_id>/archivos/<int:attachment_id>/", workspace.evidence, name="visit_file"),
]
