# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.integrations.mailbox import setup_workspace, workspace

app_name = "mailbox"
urlpatterns = [
    path("correo/", workspace.mail_list, name="list"),
    path("correo/bloqueados/", workspace.blocked, name="blocked"),
    path("correo/bloqueados/<int:blocked_id>/quitar/", workspace.unblock, name="unblock"),
    path("correo/<int:mail_id>/", workspace.mail, name="mail"),
    path("correo/<int:mail_id>/original/", workspace.original, name="original"),
    path("correo/<int:mail_id>/ingresar/", workspace.file, name="file"),
    path("correo/<int:mail_id>/agregar/", workspace.add, name="add"),
    path("correo/<int:mail_id>/revision/", workspace.contest, name="contest"),
    path("correo/<int:mail_id>/dejar/", workspace.leave, name="leave"),
    path("correo/<int:mail_id>/bloquear/", workspace.block, name="block"),
    path("configuracion/correo/", setup_workspace.boxes, name="boxes"),
    path("configuracion/correo/nueva/", setup_workspace.box, name="box_new"),
    path("configuracion/correo/<int:mailbox_id>/", setup_workspace.box, name="box"),
    path("configuracion/correo/<int:mailbox_id>/probar/", setup_workspace.test, name="test"),
]
