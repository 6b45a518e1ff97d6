# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.organizations import (
    absence_pages,
    people,
    processing_pages,
    setup_index,
    staffing_pages,
    start,
    text_pages,
    translation_pages,
    workspace,
)
from siac.organizations.practice import pages

app_name = "setup"
urlpatterns = [
    path("ausencias/", absence_pages.absence_list, name="absences"),
    path("ausencias/nueva/", absence_pages.absence_new, name="absence_new"),
    path("ausencias/<int:absence_id>/quitar/", absence_pages.absence_remove, name="absence_remove"),
    path("configuracion/", setup_index.index, name="index"),
    path("configuracion/empezar/", start.start, name="start"),
    path("configuracion/empezar/paso/", start.start_mark, name="start_mark"),
    path("configuracion/unidades/", workspace.units, name="units"),
    path("configuracion/unidades/nueva/", workspace.unit, name="unit_new"),
    path("configuracion/unidades/<int:unit_id>/", workspace.unit, name="unit"),
    path("configuracion/personas/", people.people_list, name="people"),
    path("configuracion/personas/rol/", people.role, name="role_new"),
    path("configuracion/personas/de/<int:user_id>/", people.person, name="person"),
    path("configuracion/personas/de/<int:user_id>/segundo-paso/", people.second_step, name="second_step"),
    path("configuracion/personas/invitacion/<int:invitation_id>/retirar/", people.withdraw, name="withdraw"),
    path("configuracion/personas/<int:membership_id>/quitar/", people.take_role, name="role_revoke"),
    path("configuracion/planilla/", staffing_pages.sheets, name="sheets"),
    path(
        "configuracion/planilla/plantilla/<slug:form>/", staffing_pages.sheet_template, name="sheet_template"
    ),
    path("configuracion/planilla/<int:sheet_id>/", staffing_pages.sheet, name="sheet"),
    path("configuracion/planilla/<int:sheet_id>/cargar/", staffing_pages.sheet_load, name="sheet_load"),
    path("configuracion/claves/", workspace.tokens, name="tokens"),
    path("configuracion/claves/<int:token_id>/revocar/", workspace.token_revoke, name="token_revoke"),
    path("configuracion/textos/", text_pages.texts, name="texts"),
    path("configuracion/textos/<slug:subject>/", text_pages.text, name="text"),
    path("configuracion/textos/<slug:subject>/publicar/", text_pages.publish, name="text_publish"),
    path("configuracion/actividades/", processing_pages.activities, name="activities"),
    path("configuracion/actividades/nueva/", processing_pages.activity, name="activity_new"),
    path("configuracion/actividades/csv/", processing_pages.export, name="activities_export"),
    path("configuracion/actividades/<int:activity_id>/", processing_pages.activity, name="activity"),
    path("configuracion/traducciones/", translation_pages.translations, name="translations"),
    path(
        "configuracion/traducciones/<slug:record>/<int:record_id>/<slug:language>/",
        translation_pages.translation,
        name="translation",
    ),
    path("configuracion/organismo/", workspace.institution, name="institution"),
    path("configuracion/practica/", pages.practice, name="practice"),
    path("configuracion/practica/abrir/", pages.practice_open, name="practice_open"),
]
