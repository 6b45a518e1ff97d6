# SPDX-License-Identifier: EUPL-1.2
"""Who works in the body and what they lack, in numbers."""

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.organizations.public import Access, staff_page
from siac.staff.domain.rights import PersonnelRight
from siac.staff.figures import characterise, gap_tables
from siac.staff.texts import RULE
from siac.staff.workspace.tabs import shown_least, tabs

_COLUMNS = (Column("Se distingue por", 32), Column("Grupo", 40), Column("Personas", 12))
_FEW = "No se muestra"


@require_safe
@staff_page(PersonnelRight.FIGURES)
def overview(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Characterise those who work here today (2 SQL once the body is known), small groups left out."""
    institution = access.institution
    today, least = institution.local_date(current_time()), shown_least(access)
    found = characterise(institution, today=today, least=least)
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx"):
        rows = [
            (table.title, line.name, _FEW if line.n is None else line.n)
            for table in found
            for line in table.lines
        ]
        return table_response(_COLUMNS, rows, form=wanted, name="dotacion", title="Dotación")
    context = {
        "tabs": tabs(access), "tables": found, "total": found[0].total, "today": today,
        "least": institution.smallest_group, "hides": any(table.hides for table in found),
        "reads_all": not least,
    }  # fmt: skip
    return render(request, "staff/workspace/overview.html", context)


@require_safe
@staff_page(PersonnelRight.FIGURES)
def gaps(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what is missing, by competence, unit and place, small groups left out (2 SQL once the body is
    known).
    """
    institution = access.institution
    today, least = institution.local_date(current_time()), shown_least(access)
    found = gap_tables(institution, today=today, least=least)
    context = {
        "tabs": tabs(access), "found": found, "rule": RULE, "least": institution.smallest_group,
        "tables": (
            ("Por competencia", "Competencia", found.by_competence),
            ("Por unidad", "Unidad", found.by_unit),
            ("Por punto de atención", "Punto de atención", found.by_point),
        ),
        "hides": any(
            line.diagnosed is None
            for lines in (found.by_competence, found.by_unit, found.by_point)
            for line in lines
        ),
    }  # fmt: skip
    return render(request, "staff/workspace/gaps.html", context)
