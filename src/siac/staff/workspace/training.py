# SPDX-License-Identifier: EUPL-1.2
"""The pages of the training plan: its courses, who is in them, who came, and what came of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page, standing_beside
from siac.servicepoints.public import service_points
from siac.staff.commands.training import (
    approve_plan,
    create_plan,
    enrol,
    evaluate,
    note_attendance,
    plan_digest,
    reopen_plan,
    save_course,
    withdraw,
)
from siac.staff.domain.rights import PersonnelRight
from siac.staff.forms import CourseForm, EnrolForm, MarksForm, PlanForm, course_filled
from siac.staff.models import Course, PlanState
from siac.staff.outcomes import came_to, outcome_of
from siac.staff.place_effects import place_effects
from siac.staff.queries import (
    course_for,
    courses_of,
    enrolments_of,
    plan_for,
    plans,
    readable_employees,
    working,
)
from siac.staff.workspace.tabs import shown_least, tabs
from siac.ui.public import refusal_text
from siac.ui.records import Row, record_form, record_list

_PLANS, _PLAN, _COURSE = "workspace:staff:plans", "workspace:staff:plan", "workspace:staff:course"
_COLUMNS = (
    Column("Curso", 40), Column("Quién lo dicta", 30), Column("Primer día", 12), Column("Último día", 12),
    Column("Sesiones", 10), Column("Minutos", 10), Column("Cupos", 10), Column("Costo", 14),
    Column("Competencias", 50),
)  # fmt: skip


@require_safe
@staff_page(PersonnelRight.FIGURES)
def plan_list(request: HttpRequest, access: Access) -> HttpResponse:
    """List the training plans, the latest first (1 SQL)."""
    slug, keeps = access.institution.slug, access.has(PersonnelRight.KEEP)
    rows = [
        Row(
            (str(row.year), row.purpose, str(PlanState(row.state).label)), reverse(_PLAN, args=[slug, row.pk])
        )
        for row in plans(access.institution)
    ]
    return record_list(
        request, title="Capacitación", columns=("Plan", "Qué busca", "Estado"), rows=rows, tabs=tabs(access),
        add=("Preparar un plan", reverse("workspace:staff:plan_new", args=[slug])) if keeps else None,
        intro="Un plan por año: qué competencias levanta, para cuántos, cuánto cuesta y qué resultó.",
        empty="Todavía no hay planes de capacitación.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PersonnelRight.KEEP)
def plan_form(request: HttpRequest, access: Access) -> HttpResponse:
    """Begin the plan of a year."""
    institution, now = access.institution, current_time()
    form = PlanForm(request.POST or None, initial={"year": institution.local_date(now).year})

    def save(fields: dict[str, Any]) -> HttpResponse:
        row = create_plan(institution=institution, actor=access.user, now=now, **fields)
        return redirect(_PLAN, institution.slug, row.pk)

    return record_form(
        request, form, save, title="Nuevo plan de capacitación",
        back_url=reverse(_PLANS, args=[institution.slug]), field="year",
    )  # fmt: skip


@require_safe
@staff_page(PersonnelRight.FIGURES)
def plan(request: HttpRequest, access: Access, plan_id: int) -> HttpResponseBase:
    """Show the plan of a year with its courses (6 SQL)."""
    row = plan_for(access, plan_id)
    courses = courses_of(row)
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx"):
        return table_response(
            _COLUMNS, map(_cells, courses), form=wanted, name=f"capacitacion-{row.year}",
            title=f"Plan de capacitación {row.year}",
        )  # fmt: skip
    is_draft, approves = row.state == PlanState.DRAFT, access.has(PersonnelRight.APPROVE)
    context = {
        "tabs": tabs(access), "plan": row, "courses": courses, "state": PlanState(row.state).label,
        "cost": sum(course.cost for course in courses), "is_draft": is_draft,
        "may_keep": access.has(PersonnelRight.KEEP), "approves": approves and is_draft and courses,
        "seen": plan_digest(row) if approves and is_draft else "",
    }  # fmt: skip
    return render(request, "staff/workspace/plan.html", context)


def _cells(course: Course) -> list[Any]:
    sessions = course.sessions.all()
    return [
        course.name, course.provider, course.starts_on, course.ends_on, len(sessions),
        sum(each.minutes for each in sessions), course.places, course.cost,
        "; ".join(each.name for each in course.competences.all()),
    ]  # fmt: skip


def _answered(request: HttpRequest, access: Access, plan_id: int, act: Any, done: str) -> HttpResponse:
    row = plan_for(access, plan_id)
    try:
        act(row)
        messages.success(request, done)
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_PLAN, access.institution.slug, row.pk)


@require_POST
@staff_page(PersonnelRight.APPROVE)
def plan_approve(request: HttpRequest, access: Access, plan_id: int) -> HttpResponse:
    """Approve a plan as it was looked at."""

    def act(row: Any) -> None:
        approve_plan(
            institution=access.institution, plan_id=row.pk, seen=request.POST.get("visto", ""),
            actor=access.user, now=current_time(),
        )  # fmt: skip

    return _answered(request, access, plan_id, act, "Plan aprobado.")


@require_POST
@staff_page(PersonnelRight.KEEP)
def plan_reopen(request: HttpRequest, access: Access, plan_id: int) -> HttpResponse:
    """Take an approved plan back to change its courses."""

    def act(row: Any) -> None:
        reopen_plan(institution=access.institution, plan_id=row.pk, actor=access.user, now=current_time())

    return _answered(request, access, plan_id, act, "El plan vuelve a estar en preparación.")


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PersonnelRight.KEEP)
def course_form(
    request: HttpRequest, access: Access, plan_id: int, course_id: int | None = None
) -> HttpResponse:
    """Put a course into a plan, or change it."""
    institution, of = access.institution, plan_for(access, plan_id)
    row = course_for(access, course_id) if course_id is not None else None
    if row is not None and row.plan_id != of.pk:
        raise Http404(str(course_id))
    form = CourseForm(institution, row, request.POST or None, initial=course_filled(row) if row else None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        saved = save_course(
            institution=institution, plan_id=of.pk, course_id=row.pk if row else None, actor=access.user,
            now=current_time(), **form.saved,
        )  # fmt: skip
        messages.success(request, "Curso guardado.")
        return redirect(_COURSE, institution.slug, saved.pk)

    return record_form(
        request, form, save, title=row.name if row else f"Nuevo curso de {of.year}",
        back_url=reverse(_PLAN, args=[institution.slug, of.pk]),
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip


def _course_page(
    request: HttpRequest, access: Access, row: Course, *, form: EnrolForm | None = None, status: int = 200
) -> HttpResponse:
    """Show a course: its days, who is in it for those who may know, and what came of it (9 SQL)."""
    institution = access.institution
    today, keeps = institution.local_date(current_time()), access.has(PersonnelRight.KEEP)
    people, least = enrolments_of(row), shown_least(access)
    named = set(readable_employees(access).values_list("pk", flat=True)) if people else set()
    enrols = keeps and row.plan.state == PlanState.APPROVED and len(people) < row.places
    has_ended = row.ends_on < today
    points = {each.employee.point_id for each in people if each.employee.point_id and each.presences.all()}
    known = service_points(institution)
    result = outcome_of(row, people, today=today)
    context = {
        "tabs": tabs(access), "course": row, "plan": row.plan, "result": result, "keeps": keeps,
        "hours": result.minutes // 60, "least": least,
        "may_change": keeps and row.plan.state == PlanState.DRAFT,
        "tells_marks": result.marks.n >= max(1, least), "tells_opinion": result.satisfied >= max(1, least),
        "tells_attendance": result.noted >= max(1, least),
        # Five gaps may be those of one person: they are told of as many people, not of as many gaps.
        "tells_gaps": result.effect.before and result.of_whom >= max(1, least),
        "tells_no_gap": has_ended and not result.effect.before and result.noted >= max(1, least),
        "sessions": [
            (each, came_to(each, people), each.on <= today) for each in row.sessions.all()
        ],
        "people": [
            (each, sum(one.is_present for one in each.presences.all()), len(each.presences.all()))
            for each in people
            if each.employee_id in named
        ],
        "today": today, "has_ended": has_ended,
        "form": form or (EnrolForm(_offered(access, people)) if enrols else None),
        "places": [
            (
                known[pk],
                place_effects(institution, pk, starts_on=row.starts_on, ends_on=row.ends_on, today=today),
            )
            for pk in sorted(points)
            if pk in known and has_ended
        ],
    }  # fmt: skip
    return render(request, "staff/workspace/course.html", context, status=status)


def _offered(access: Access, people: Any) -> list[tuple[int, str]]:
    taken = {each.employee_id for each in people}
    today = access.institution.local_date(current_time())
    rows = readable_employees(access).filter(working(today)).order_by("name", "pk")
    return [(pk, name) for pk, name in rows.values_list("pk", "name") if pk not in taken]


@require_safe
@staff_page(PersonnelRight.FIGURES)
def course(request: HttpRequest, access: Access, course_id: int) -> HttpResponse:
    """Show a course (12 SQL)."""
    return _course_page(request, access, course_for(access, course_id))


@require_POST
@staff_page(PersonnelRight.KEEP)
def course_enrol(request: HttpRequest, access: Access, course_id: int) -> HttpResponse:
    """Put somebody into a course."""
    row = course_for(access, course_id)
    form = EnrolForm(_offered(access, enrolments_of(row)), request.POST)
    if form.is_valid():
        try:
            enrol(
                institution=access.institution, course_id=row.pk, employee_id=form.cleaned_data["employee"],
                actor=access.user, now=current_time(),
            )  # fmt: skip
            messages.success(request, "Inscripción guardada.")
            return redirect(_COURSE, access.institution.slug, row.pk)
        except Refused as refused:
            form.refuse(refusal_text(refused))
    return _course_page(request, access, row, form=form, status=422)


@require_POST
@staff_page(PersonnelRight.KEEP)
def course_withdraw(request: HttpRequest, access: Access, course_id: int, enrolment_id: int) -> HttpResponse:
    """Take somebody out of a course."""
    row = course_for(access, course_id)
    try:
        withdraw(
            institution=access.institution, course_id=row.pk, enrolment_id=enrolment_id, actor=access.user,
            now=current_time(),
        )  # fmt: skip
        messages.success(request, "Ya no está en el curso.")
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(_COURSE, access.institution.slug, row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PersonnelRight.KEEP)
def attendance(request: HttpRequest, access: Access, course_id: int, session_id: int) -> HttpResponse:
    """Note who came to a session.

    Raises:
        Http404: there is no such session of the course.
    """
    row = course_for(access, course_id)
    session = next((each for each in row.sessions.all() if each.pk == session_id), None)
    if session is None:
        raise Http404(str(session_id))
    people, problem = enrolments_of(row), ""
    here = {
        one.enrolment_id for each in people for one in each.presences.all()
        if one.session_id == session.pk and one.is_present
    }  # fmt: skip
    if request.method == "POST":
        here = {
            int(pk)
            for pk in request.POST.getlist("presente")
            if pk.isascii() and pk.isdigit() and len(pk) < 19
        }
        try:
            came = note_attendance(
                institution=access.institution, course_id=row.pk, session_id=session.pk, present=here,
                actor=access.user, now=current_time(),
            )  # fmt: skip
            messages.success(request, f"Asistencia anotada: {came} de {len(people)}.")
            return redirect(_COURSE, access.institution.slug, row.pk)
        except Refused as refused:
            problem = refusal_text(refused)
    context = {
        "course": row, "session": session, "problem": problem,
        "people": [
            (each, each.pk in here, bool(each.employee.left_on and each.employee.left_on <= session.on))
            for each in people
        ],
    }  # fmt: skip
    return render(request, "staff/workspace/attendance.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PersonnelRight.KEEP)
def marks(request: HttpRequest, access: Access, course_id: int) -> HttpResponse:
    """Write the marks of people before and after a course."""
    row = course_for(access, course_id)
    people = enrolments_of(row)
    named = [(each.pk, each.employee.name) for each in people]
    filled = {f"before_{each.pk}": each.before for each in people}
    filled |= {f"after_{each.pk}": each.after for each in people}
    form = MarksForm(named, request.POST or None, initial=filled)

    def save(fields: dict[str, Any]) -> HttpResponse:
        evaluate(
            institution=access.institution, course_id=row.pk, marks=form.marks(named), actor=access.user,
            now=current_time(),
        )  # fmt: skip
        messages.success(request, "Notas guardadas.")
        return redirect(_COURSE, access.institution.slug, row.pk)

    return record_form(
        request, form, save, title=f"Notas de {row.name}", intro="De 0 a 100. Deje vacío lo que no se midió.",
        back_url=reverse(_COURSE, args=[access.institution.slug, row.pk]),
    )  # fmt: skip
