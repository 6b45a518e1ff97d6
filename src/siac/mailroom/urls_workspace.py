# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.mailroom import workspace

app_name = "mailroom"
urlpatterns = [
    path("partes/", workspace.paper_list, name="papers"),
    path("partes/nuevo/", workspace.paper_new, name="paper_new"),
    path("partes/exportar/", workspace.paper_export, name="paper_export"),
    path("partes/<int:paper_id>/", workspace.paper_page, name="paper"),
    path("partes/<int:paper_id>/etiqueta/", workspace.paper_label, name="paper_label"),
    path("partes/<int:paper_id>/archivo/<int:attachment_id>/", workspace.paper_file, name="paper_file"),
    path("partes/<int:paper_id>/enviar/", workspace.paper_send, name="paper_send"),
    path("partes/<int:paper_id>/devolver/", workspace.paper_return, name="paper_return"),
    path("partes/<int:paper_id>/ingresar/", workspace.paper_to_case, name="paper_to_case"),
]
