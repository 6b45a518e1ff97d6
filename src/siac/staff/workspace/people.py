# SPDX-License-Identifier: EUPL-1.2
"""The pages of personnel records and of their diagnosis."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.kernel.errors import Refused
from siac.organizations.public import Access, staff_page, standing_beside, unit_options
from siac.servicepoints.public import service_points
from siac.staff.commands.assessing import assess
from siac.staff.commands.employees import save_employee
from siac.staff.domain.levels import Teller
from siac.staff.domain.rights import PersonnelRight
from siac.staff.domain.seniority import whole_years
from siac.staff.forms import AssessmentForm, EmployeeForm, employee_filled
from siac.staff.models import Employee, Group
from siac.staff.queries import (
    assessments_of,
    competences,
    employee_for,
    latest_assessment,
    own_enrolments,
    profiles,
    readable_employees,
    standings_of,
    working,
)
from siac.staff.texts import LEVEL_NAMES, RULE, TELLERS
from siac.staff.workspace.tabs import tabs
from siac.ui.forms import Form
from siac.ui.lists import Asked, Filter
from siac.ui.records import record_form

_LIST, _ONE = "workspace:staff:employees", "workspace:staff:employee"
LEFT = "egresadas"
_COLUMNS = (
    Column("Código", 14), Column("Nombre", 34), Column("Cargo", 30),
    Column("Perfil", 26),
    Column("Unidad", 30),
    Column("Punto de atención", 30), Column("Estamento", 16), Column("Estudios", 20), Column("Ingreso", 12),
    Column("Años en la institución", 12), Column("En el punto desde", 12), Column("Años en el punto", 12),
    Column("Egreso", 12),
)  # fmt: skip


@require_safe
@staff_page(PersonnelRight.READ)
def employee_list(request: HttpRequest, access: Access) -> HttpResponseBase:
    """List the records of those who work here, or of those who left, of the units of who looks (3 SQL)."""
    institution = access.institution
    today = institution.local_date(current_time())
    points = [(pk, point.name) for pk, point in service_points(institution).items()]
    asked = Asked.of(
        request, Filter("vista", options=[(LEFT, "Egresadas")]),
        Filter("unidad", "Unidad", unit_options(institution), every="Todas"),
        Filter("punto", "Punto de atención", points), Filter("estamento", "Estamento", Group.choices),
        Filter("q", "Nombre o código"),
    )  # fmt: skip
    rows = readable_employees(access).select_related("unit", "point", "profile")
    rows = rows.filter(left_on__lte=today) if asked.kept.get("vista") else rows.filter(working(today))
    for name, column in (("unidad", "unit"), ("punto", "point"), ("estamento", "group")):
        if value := asked.kept.get(name):
            rows = rows.filter(**{column: value})
    if typed := asked.kept.get("q"):
        rows = rows.filter(name__icontains=typed) | rows.filter(code__iexact=typed)
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx"):
        body = (_cells(row, today) for row in rows.order_by("name", "pk"))
        return table_response(_COLUMNS, body, form=wanted, name="fichas", title="Fichas de personal")
    listing = asked.listing(rows, ("name", "pk"), export_url=request.path)
    context = {
        "tabs": tabs(access), "asked": asked, "listing": listing, "shows_left": "vista" in asked.kept,
        "rows": [(row, whole_years(row.hired_on, row.left_on or today)) for row in listing.rows],
        "may_keep": access.has(PersonnelRight.KEEP),
    }  # fmt: skip
    return render(request, "staff/workspace/employees.html", context)


def _cells(row: Employee, today: date) -> list[Any]:
    until = row.left_on or today
    return [
        row.code, row.name, row.post, row.profile.name if row.profile else "",
        row.unit.name if row.unit else "", row.point.name if row.point else "", row.get_group_display(),
        row.get_studies_display(), row.hired_on, whole_years(row.hired_on, until), row.in_point_since,
        whole_years(row.in_point_since, until) if row.in_point_since else None, row.left_on,
    ]  # fmt: skip


def told_standings(access: Access, row: Employee) -> list[dict[str, Any]]:
    """Return how somebody stands in what their profile asks, in words (1 SQL)."""
    known = competences(access.institution)
    return [
        {
            "competence": known[each.competence], "required": each.required, "gap": each.gap,
            "level": each.level, "level_name": LEVEL_NAMES.get(each.level or 0, ""),
            "counts": TELLERS[each.counts] if each.counts else "",
            "said": [(TELLERS[teller], each.said[teller]) for teller in Teller if teller in each.said],
        }
        for each in standings_of(access.institution, row)
        if each.competence in known
    ]  # fmt: skip


def told_courses(row: Employee) -> list[dict[str, Any]]:
    """Return the courses of somebody with how much of each they came to (3 SQL)."""
    return [
        {
            "enrolment": each, "course": each.course,
            "noted": len(each.presences.all()),
            "present": sum(one.is_present for one in each.presences.all()),
            "sessions": len(each.course.sessions.all()),
        }
        for each in own_enrolments(row)
    ]  # fmt: skip


def facts_of(row: Employee, today: date) -> dict[str, Any]:
    """Return what a page tells of a record beside its fields. No SQL."""
    until = row.left_on if row.left_on and row.left_on <= today else today
    return {
        "years": whole_years(row.hired_on, until),
        "point_years": whole_years(row.in_point_since, until) if row.in_point_since else None,
        "has_left": row.left_on is not None and row.left_on <= today,
    }


@require_safe
@staff_page(PersonnelRight.READ)
def employee(request: HttpRequest, access: Access, employee_id: int) -> HttpResponse:
    """Show a record: what it says, how they stand, their diagnoses and courses (8 SQL)."""
    row, today = employee_for(access, employee_id), access.institution.local_date(current_time())
    context = {
        "tabs": tabs(access), "row": row, **facts_of(row, today), "standings": told_standings(access, row),
        "assessments": [(each, TELLERS[Teller(each.teller)]) for each in assessments_of(row)],
        "courses": told_courses(row), "rule": RULE,
        "may_keep": access.has(PersonnelRight.KEEP),
        "may_assess": access.has_in(PersonnelRight.ASSESS, row.unit_id) and row.user_id != access.user.pk,
    }  # fmt: skip
    return render(request, "staff/workspace/employee.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PersonnelRight.KEEP)
def employee_form(request: HttpRequest, access: Access, employee_id: int | None = None) -> HttpResponse:
    """Make a record, or change it."""
    institution = access.institution
    row = employee_for(access, employee_id) if employee_id is not None else None
    form = EmployeeForm(institution, row, request.POST or None, initial=employee_filled(row) if row else None)

    def save(fields: dict[str, Any]) -> HttpResponse:
        saved = save_employee(
            institution=institution, employee_id=row.pk if row else None, actor=access.user,
            now=current_time(), **fields,
        )  # fmt: skip
        messages.success(request, "Ficha guardada.")
        return redirect(_ONE, institution.slug, saved.pk)

    back = reverse(_ONE, args=[institution.slug, row.pk]) if row else reverse(_LIST, args=[institution.slug])
    return record_form(
        request, form, save, title=row.name if row else "Nueva ficha", back_url=back,
        overtaken=lambda refused: standing_beside(form, refused),
    )  # fmt: skip


WAYS: dict[str, tuple[Teller, str]] = {
    "jefatura": (Teller.HEAD, "Diagnóstico de la jefatura"),
    "evidencia": (Teller.EVIDENCE, "Anotar evidencia"),
}


def assessment_page(
    request: HttpRequest,
    access: Access,
    row: Employee,
    teller: Teller,
    *,
    title: str,
    back_url: str,
    done: Callable[[], HttpResponse],
) -> HttpResponse:
    """Ask the levels of somebody, and keep what was said; what somebody else kept meanwhile is told first."""
    institution, now = access.institution, current_time()
    known, profile = competences(institution), profiles(institution).get(row.profile_id or 0)
    asked = [(known[pk], level) for pk, level in profile.levels.items() if pk in known] if profile else []
    form = AssessmentForm(
        asked, request.POST or None, seen=latest_assessment(row.pk), with_evidence=teller is Teller.EVIDENCE,
        initial={"on": institution.local_date(now)},
    )  # fmt: skip

    def save(fields: dict[str, Any]) -> HttpResponse:
        assess(
            institution=institution, employee_id=row.pk, teller=teller, on=fields["on"], levels=form.levels,
            evidence=fields.get("evidence", ""), seen=fields["seen"] or 0, actor=access.user, now=now,
        )  # fmt: skip
        messages.success(request, "Diagnóstico guardado.")
        return done()

    intro = (
        RULE
        if asked
        else "La ficha no dice su perfil, o el perfil no pide competencias: no hay qué responder."
    )
    return record_form(
        request, form, save, title=title, intro=intro, back_url=back_url,
        overtaken=lambda refused: _renew(form, refused),
    )  # fmt: skip


def _renew(form: Form, refused: Refused) -> tuple[()]:
    """Let whoever now knows of the other diagnosis keep theirs all the same."""
    if refused.code == "assessment_meanwhile":
        typed: Any = form.data.copy()  # type: ignore[attr-defined]
        typed["seen"] = str(refused.context["latest"])
        form.data = typed
    return ()


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PersonnelRight.ASSESS)
def assessment(request: HttpRequest, access: Access, employee_id: int, way: str) -> HttpResponse:
    """Diagnose somebody of one's unit, or note what shows their level; nobody does so of themselves.

    Raises:
        Http404: no such record or way, not for this user, or it is their own.
    """
    row = employee_for(access, employee_id)
    if (
        way not in WAYS
        or row.user_id == access.user.pk
        or not access.has_in(PersonnelRight.ASSESS, row.unit_id)
    ):
        raise Http404(way)
    teller, title = WAYS[way]
    slug = access.institution.slug
    return assessment_page(
        request, access, row, teller, title=f"{title}: {row.name}",
        back_url=reverse(_ONE, args=[slug, row.pk]), done=lambda: redirect(_ONE, slug, row.pk),
    )  # fmt: skip
