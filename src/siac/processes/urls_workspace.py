# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.processes import guide_pages, workspace

app_name = "processes"
_TASK = "procesos/<int:run_id>/fases/<slug:phase>/tareas/<slug:code>/"
urlpatterns = [
    path("procesos/", workspace.process_list, name="processes"),
    path("procesos/tareas/", workspace.task_list, name="tasks"),
    path("procesos/guias/", guide_pages.guide_list, name="guides"),
    path("procesos/guias/nueva/", guide_pages.guide_form, name="guide_new"),
    path("procesos/guias/<int:guide_id>/", guide_pages.guide, name="guide"),
    path("procesos/guias/<int:guide_id>/cambiar/", guide_pages.guide_form, name="guide_change"),
    path("procesos/guias/usar/<slug:code>/", guide_pages.guide_adopt, name="guide_adopt"),
    path("procesos/<int:run_id>/", workspace.process, name="process"),
    path("procesos/<int:run_id>/archivos/<int:attachment_id>/", workspace.file, name="file"),
    path("procesos/<int:run_id>/fases/<slug:phase>/<slug:act>/", workspace.phase_act, name="phase_act"),
    path(_TASK, workspace.task, name="task"),
    path(f"{_TASK}deshacer/", workspace.task_undo, name="task_undo"),
    path(f"{_TASK}encargar/", workspace.assign, name="task_assign"),
]
