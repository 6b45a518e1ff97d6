# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.programme import pack_pages, workspace

app_name = "programme"
urlpatterns = [
    path("programa/", workspace.programme_list, name="programmes"),
    path("programa/abrir/", workspace.open_one, name="programme_new"),
    path("programa/expedientes/", pack_pages.pack_list, name="packs"),
    path("programa/expedientes/<int:pack_id>/", pack_pages.pack, name="pack"),
    path("programa/expedientes/<int:pack_id>/archivo/", pack_pages.file, name="pack_file"),
    path("programa/expedientes/<int:pack_id>/revisar/", pack_pages.review, name="pack_review"),
    path("programa/<int:programme_id>/", workspace.programme, name="programme"),
    path("programa/<int:programme_id>/falta/", workspace.missing, name="missing"),
    path("programa/<int:programme_id>/reglas/", workspace.rules, name="rules"),
    path("programa/<int:programme_id>/<slug:phase>/<slug:task>/", workspace.requirement, name="requirement"),
    path("programa/<int:programme_id>/<slug:phase>/<slug:task>/expediente/", pack_pages.ask, name="pack_new"),
]
