# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.cases.protection import casefile_pages, person_pages, readings_pages, release_pages, retention_pages

WORKSPACE = [
    path("personas/", person_pages.people, name="people"),
    path("personas/<int:person_id>/copia/", person_pages.person_copy, name="person_copy"),
    path("lecturas/", readings_pages.all_readings, name="readings"),
    path("lecturas/exportar/", readings_pages.readings_export, name="readings_export"),
    path("expedientes/<int:dossier_id>/", casefile_pages.dossier, name="dossier"),
    path("expedientes/<int:dossier_id>/archivo/", casefile_pages.dossier_file, name="dossier_file"),
    path("solicitudes/<str:folio>/entrega/", release_pages.release, name="release"),
    path(
        "solicitudes/<str:folio>/entrega/texto/<int:message_id>/",
        release_pages.release_text,
        name="release_text",
    ),
    path(
        "solicitudes/<str:folio>/entrega/archivo/<int:attachment_id>/",
        release_pages.release_file,
        name="release_file",
    ),
    path("solicitudes/<str:folio>/lecturas/", readings_pages.case_readings, name="case_readings"),
    path("solicitudes/<str:folio>/expediente/", casefile_pages.case_file, name="case_file"),
]
SETUP = [
    path("configuracion/conservacion/", retention_pages.retention, name="retention"),
    path("configuracion/conservacion/<int:run_id>/", retention_pages.erasure, name="erasure"),
    path("configuracion/conservacion/<int:run_id>/lista/", retention_pages.erasure_csv, name="erasure_csv"),
    path(
        "configuracion/conservacion/<int:run_id>/decidir/",
        retention_pages.erasure_decide,
        name="erasure_decide",
    ),
]
