# SPDX-License-Identifier: EUPL-1.2
"""What everybody sees of themselves: their record, how they stand, their courses, and a copy of all of it."""

import json
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_http_methods, require_safe

from siac.organizations.public import Access, staff_page
from siac.staff.commands.training import say_satisfaction
from siac.staff.domain.levels import Teller
from siac.staff.domain.rights import PersonnelRight
from siac.staff.forms import SatisfactionForm
from siac.staff.models import Employee
from siac.staff.queries import assessments_of, own_enrolments, own_record
from siac.staff.texts import RULE, TELLERS
from siac.staff.workspace.people import assessment_page, facts_of, told_courses, told_standings
from siac.staff.workspace.tabs import tabs
from siac.ui.records import record_form

_OWN = "workspace:staff:own"


def _record(access: Access) -> Employee:
    row = own_record(access)
    if row is None:
        raise Http404("own record")
    return row


@require_safe
@staff_page(PersonnelRight.OWN)
def home(request: HttpRequest, access: Access) -> HttpResponse:
    """Lead to the figures whoever reads them, everybody else to their own record. No SQL."""
    page = "workspace:staff:overview" if access.has(PersonnelRight.FIGURES) else _OWN
    return redirect(page, access.institution.slug)


@require_safe
@staff_page(PersonnelRight.OWN)
def own(request: HttpRequest, access: Access) -> HttpResponse:
    """Show whoever asks their own record (8 SQL), or that their account has none."""
    row, today = own_record(access), access.institution.local_date(current_time())
    context: dict[str, Any] = {"tabs": tabs(access), "row": row, "is_own": True, "rule": RULE, "today": today}
    if row is not None:
        context |= {
            **facts_of(row, today), "standings": told_standings(access, row), "courses": told_courses(row),
            "assessments": [(each, TELLERS[Teller(each.teller)]) for each in assessments_of(row)],
        }  # fmt: skip
    return render(request, "staff/workspace/employee.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PersonnelRight.OWN)
def own_assessment(request: HttpRequest, access: Access) -> HttpResponse:
    """Answer one's own diagnosis.

    Raises:
        Http404: their account has no record.
    """
    row, slug = _record(access), access.institution.slug
    return assessment_page(
        request, access, row, Teller.SELF, title="Mi autodiagnóstico", back_url=reverse(_OWN, args=[slug]),
        done=lambda: redirect(_OWN, slug),
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@staff_page(PersonnelRight.OWN)
def own_course(request: HttpRequest, access: Access, enrolment_id: int) -> HttpResponse:
    """Say what one thinks of a course.

    Raises:
        Http404: they have no record, or are not in it.
    """
    row, institution = _record(access), access.institution
    found = next((each for each in own_enrolments(row) if each.pk == enrolment_id), None)
    if found is None:
        raise Http404(str(enrolment_id))
    form = SatisfactionForm(request.POST or None, initial={"satisfaction": found.satisfaction})

    def save(fields: dict[str, Any]) -> HttpResponse:
        say_satisfaction(
            institution=institution, person=row, enrolment_id=enrolment_id,
            satisfaction=fields["satisfaction"], actor=access.user, now=current_time(),
        )  # fmt: skip
        messages.success(request, "Gracias por su opinión.")
        return redirect(_OWN, institution.slug)

    return record_form(
        request, form, save, title=found.course.name, back_url=reverse(_OWN, args=[institution.slug])
    )


@require_safe
@staff_page(PersonnelRight.OWN)
def own_copy(request: HttpRequest, access: Access) -> HttpResponse:
    """Hand whoever asks a copy of all that is kept of them here, as JSON (9 SQL).

    Raises:
        Http404: their account has no record.
    """
    row = _record(access)
    told = {
        "ficha": {
            str(field.verbose_name): _plain(row, field.name)
            for field in row._meta.concrete_fields
            if field.name not in ("id", "institution", "saves")
        },
        "diagnosticos": [
            {
                "dia": each.on.isoformat(), "quien": TELLERS[Teller(each.teller)],
                "lo_respondio": each.made_by.name, "evidencia": each.evidence,
                "niveles": {level.competence.name: level.level for level in each.levels.all()},
            }
            for each in assessments_of(row)
        ],
        "brechas": [
            {
                "competencia": gap.competence.name, "niveles": gap.missing,
                "desde": gap.opened_on.isoformat(),
                "hasta": gap.closed_on.isoformat() if gap.closed_on else None,
            }
            for gap in row.gaps.select_related("competence")
        ],
        "cursos": [
            {
                "curso": each["course"].name, "desde": each["course"].starts_on.isoformat(),
                "hasta": each["course"].ends_on.isoformat(), "asistio": each["present"],
                "sesiones_anotadas": each["noted"], "nota_antes": each["enrolment"].before,
                "nota_despues": each["enrolment"].after, "opinion": each["enrolment"].satisfaction,
            }
            for each in told_courses(row)
        ],
    }  # fmt: skip
    content = json.dumps(told, ensure_ascii=False, indent=2)
    response = HttpResponse(content, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mi-ficha.json"'
    response["Cache-Control"] = "private, no-store"
    return response


def _plain(row: Employee, name: str) -> str:
    shown = getattr(row, f"get_{name}_display", None)
    value = shown() if shown else getattr(row, name)
    return "" if value is None else str(value)
