# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.staff.workspace import overview, own, people, profiles, sheets, training

app_name = "staff"
urlpatterns = [
    path("personas/", overview.overview, name="overview"),
    path("personas/brechas/", overview.gaps, name="gaps"),
    path("personas/fichas/", people.employee_list, name="employees"),
    path("personas/fichas/nueva/", people.employee_form, name="employee_new"),
    path("personas/fichas/<int:employee_id>/", people.employee, name="employee"),
    path("personas/fichas/<int:employee_id>/cambiar/", people.employee_form, name="employee_change"),
    path("personas/fichas/<int:employee_id>/diagnostico/<slug:way>/", people.assessment, name="assessment"),
    path("personas/planilla/", sheets.sheets, name="sheets"),
    path("personas/planilla/plantilla/<slug:form>/", sheets.sheet_template, name="sheet_template"),
    path("personas/planilla/<int:sheet_id>/", sheets.sheet, name="sheet"),
    path("personas/planilla/<int:sheet_id>/cargar/", sheets.sheet_load, name="sheet_load"),
    path("personas/competencias/", profiles.competence_list, name="competences"),
    path("personas/competencias/nueva/", profiles.competence_form, name="competence_new"),
    path("personas/competencias/<int:competence_id>/", profiles.competence_form, name="competence"),
    path("personas/perfiles/", profiles.profile_list, name="profiles"),
    path("personas/perfiles/nuevo/", profiles.profile_form, name="profile_new"),
    path("personas/perfiles/<int:profile_id>/", profiles.profile_form, name="profile"),
    path("personas/capacitacion/", training.plan_list, name="plans"),
    path("personas/capacitacion/nuevo/", training.plan_form, name="plan_new"),
    path("personas/capacitacion/<int:plan_id>/", training.plan, name="plan"),
    path("personas/capacitacion/<int:plan_id>/aprobar/", training.plan_approve, name="plan_approve"),
    path("personas/capacitacion/<int:plan_id>/reabrir/", training.plan_reopen, name="plan_reopen"),
    path("personas/capacitacion/<int:plan_id>/cursos/nuevo/", training.course_form, name="course_new"),
    path(
        "personas/capacitacion/<int:plan_id>/cursos/<int:course_id>/", training.course_form,
        name="course_change",
    ),
    path("personas/cursos/<int:course_id>/", training.course, name="course"),
    path("personas/cursos/<int:course_id>/inscribir/", training.course_enrol, name="course_enrol"),
    path(
        "personas/cursos/<int:course_id>/sacar/<int:enrolment_id>/", training.course_withdraw,
        name="course_withdraw",
    ),
    path(
        "personas/cursos/<int:course_id>/sesiones/<int:session_id>/", training.attendance, name="attendance"
    ),
    path("personas/cursos/<int:course_id>/notas/", training.marks, name="marks"),
    path("personas/mi-ficha/", own.own, name="own"),
    path("personas/mi-ficha/diagnostico/", own.own_assessment, name="own_assessment"),
    path("personas/mi-ficha/copia/", own.own_copy, name="own_copy"),
    path("personas/mi-ficha/cursos/<int:enrolment_id>/", own.own_course, name="own_course"),
]  # fmt: skip
