# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.lists import export_pages, saved_view_pages, workspace

WORKSPACE = [
    path("solicitudes/", workspace.case_list, name="list"),
    path("vistas/", saved_view_pages.view_list, name="views"),
    path("vistas/nueva/", saved_view_pages.view_page, name="view_new"),
    path("vistas/<int:view_id>/", saved_view_pages.view_page, name="view"),
    path("vistas/<int:view_id>/quitar/", saved_view_pages.view_remove, name="view_remove"),
    path("solicitudes/exportar/", export_pages.export, name="export"),
    path("exportaciones/<int:export_id>/", export_pages.export_page, name="export_page"),
    path("exportaciones/<int:export_id>/archivo/", export_pages.export_file, name="export_file"),
]
