# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.attentions import workspace

WORKSPACE = [
    path("atenciones/", workspace.attention_list, name="attentions"),
    path("atenciones/nueva/", workspace.attention_new, name="attention_new"),
    path("atenciones/<int:attention_id>/", workspace.attention_page, name="attention"),
    path("atenciones/<int:attention_id>/corregir/", workspace.attention_correct, name="attention_correct"),
    path("atenciones/<int:attention_id>/retirar/", workspace.attention_withdraw, name="attention_withdraw"),
    path("atenciones/<int:attention_id>/deshacer/", workspace.attention_undo, name="attention_undo"),
    path("atenciones/<int:attention_id>/solicitud/", workspace.attention_file, name="attention_file"),
]
