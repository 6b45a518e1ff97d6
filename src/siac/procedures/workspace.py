# SPDX-License-Identifier: EUPL-1.2
"""The procedures of a body, year by year: a list, and one with all its years."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from siac.cases.public import CaseRight
from siac.infra.tables.download import table_response
from siac.organizations.public import Access, StaffRight, staff_page
from siac.procedures.queries import COLUMNS, exported, records, shown, total, years_told
from siac.ui.lists import Asked, Filter


@require_safe
@staff_page(StaffRight.FIGURES)
def procedure_list(request: HttpRequest, access: Access) -> HttpResponseBase:
    """Show the records, the latest year first, with what they add up to; or hand them out as a table."""
    institution = access.institution
    years = years_told(institution)
    asked = Asked.of(request, Filter("anio", "Año", [(year, str(year)) for year in years]))
    rows = records(institution)
    if asked.kept.get("anio"):
        rows = rows.filter(year=int(asked.kept["anio"]))
    form = request.GET.get("formato", "")
    if form in ("csv", "xlsx"):
        return table_response(COLUMNS, exported(rows), form=form, name="tramites", title="Trámites")
    listing = asked.listing(rows, ("-year", "name", "pk"), export_url=request.path)
    context = {
        "asked": asked,
        "listing": listing,
        "rows": [shown(row) for row in listing.rows],
        "total": total(rows),
        "may_import": access.has(CaseRight.IMPORT),
    }
    return render(request, "procedures/workspace/procedures.html", context)


@require_safe
@staff_page(StaffRight.FIGURES)
def procedure(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Show one procedure with all its years."""
    rows = [shown(row) for row in records(access.institution).filter(key=key).order_by("-year")]
    if not rows:
        raise Http404(key)
    return render(request, "procedures/workspace/procedure.html", {"latest": rows[0], "rows": rows})
