# SPDX-License-Identifier: EUPL-1.2
from django.urls import path

from siac.staff.workspace import overview, own, people, profiles, sheets, training

app_name = "staff"
urlpatterns = [
    path("personal/", own.home, name="home"),
    path("personal/dotacion/", overview.overview, name="overview"),
    path("personal/brechas/", overview.gaps, name="gaps"),
    path("personal/fichas/", people.employee_list, name="employees"),
    path("personal/fichas/nueva/", people.employee_form, name="employee_new"),
    path("personal/fichas/<int:employee_id>/", people.employee, name="employee"),
    path("personal/fichas/<int:employee_id>/cambiar/", people.employee_form, name="employee_change"),
    path("personal/fichas/<int:employee_id>/diagnostico/<slug:way>/", people.assessment, name="assessment"),
    path("personal/planilla/", sheets.sheets, name="sheets"),
    path("personal/planilla/plantilla/<slug:form>/", sheets.sheet_template, name="sheet_template"),
    path("personal/planilla/<int:sheet_id>/", sheets.sheet, name="sheet"),
    path("personal/planilla/<int:sheet_id>/cargar/", sheets.sheet_load, name="sheet_load"),
    path("personal/competencias/", profiles.competence_list, name="competences"),
    path("personal/competencias/nueva/", profiles.competence_form, name="competence_new"),
    path("personal/competencias/<int:competence_id>/", profiles.competence_form, name="competence"),
    path("personal/perfiles/", profiles.profile_list, name="profiles"),
    path("personal/perfiles/nuevo/", profiles.profile_form, name="profile_new"),
    path("personal/perfiles/<int:profile_id>/", profiles.profile_form, name="profile"),
    path("personal/capacitacion/", training.plan_list, name="plans"),
    path("personal/capacitacion/nuevo/", training.plan_form, name="plan_new"),
    path("personal/capacitacion/<int:plan_id>/", training.plan, name="plan"),
    path("personal/capacitacion/<int:plan_id>/aprobar/", training.plan_approve, name="plan_approve"),
    path("personal/capacitacion/<int:plan_id>/reabrir/", training.plan_reopen, name="plan_reopen"),
    path("personal/capacitacion/<int:plan_id>/cursos/nuevo/", training.course_form, name="course_new"),
    path(
        "personal/capacitacion/<int:plan_id>/cursos/<int:course_id>/", training.course_form,
        name="course_change",
    ),
    path("personal/cursos/<int:course_id>/", training.course, name="course"),
    path("personal/cursos/<int:course_id>/inscribir/", training.course_enrol, name="course_enrol"),
    path(
        "personal/cursos/<int:course_id>/sacar/<int:enrolment_id>/", training.course_withdraw,
        name="course_withdraw",
    ),
    path(
        "personal/cursos/<int:course_id>/sesiones/<int:session_id>/", training.attendance, name="attendance"
    ),
    path("personal/cursos/<int:course_id>/notas/", training.marks, name="marks"),
    path("personal/mi-ficha/", own.own, name="own"),
    path("personal/mi-ficha/diagnostico/", own.own_assessment, name="own_assessment"),
    path("personal/mi-ficha/copia/", own.own_copy, name="own_copy"),
    path("personal/mi-ficha/cursos/<int:enrolment_id>/", own.own_course, name="own_course"),
]  # fmt: skip
