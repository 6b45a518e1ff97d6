# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.teamwork import presence_pages, workspace

WORKSPACE = [
    path("tareas/", workspace.task_list, name="tasks"),
    path("tareas/nombres.json", workspace.names, name="names"),
    path("menciones/<int:mention_id>/", workspace.mention_seen, name="mention"),
    path("solicitudes/<str:folio>/presencia/", presence_pages.presence, name="presence"),
    path("solicitudes/<str:folio>/tareas/<int:task_id>/", workspace.task_done, name="task_done"),
    path("solicitudes/<str:folio>/control/", workspace.check, name="check"),
]
