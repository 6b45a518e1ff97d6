# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.answer_templates import workspace

WORKSPACE = [
    path("plantillas/", workspace.template_list, name="templates"),
    path("plantillas/nueva/", workspace.template, name="template_new"),
    path("plantillas/<int:template_id>/", workspace.template, name="template"),
    path(
        "solicitudes/<str:folio>/plantilla/<int:template_id>/", workspace.template_text, name="template_text"
    ),
]
