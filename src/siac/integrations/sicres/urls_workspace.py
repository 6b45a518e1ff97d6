# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.integrations.sicres import workspace

app_name = "sicres"
urlpatterns = [
    path("registro-sir/", workspace.entries, name="entries"),
    path("registro-sir/enviadas/", workspace.dispatches, name="dispatches"),
    path("registro-sir/enviadas/<int:dispatch_id>/", workspace.dispatch, name="dispatch"),
    path("registro-sir/enviadas/<int:dispatch_id>/archivo/", workspace.dispatch_file, name="dispatch_file"),
    path("registro-sir/<int:entry_id>/", workspace.entry, name="entry"),
    path("registro-sir/<int:entry_id>/ingresar/", workspace.to_case, name="entry_to_case"),
    path("registro-sir/<int:entry_id>/rechazar/", workspace.reject, name="entry_reject"),
    path("registro-sir/<int:entry_id>/archivo/", workspace.entry_file, name="entry_file"),
    path("registro-sir/<int:entry_id>/<slug:which>.xml", workspace.reply, name="entry_reply"),
    path("configuracion/registro-sir/", workspace.office, name="office"),
]
