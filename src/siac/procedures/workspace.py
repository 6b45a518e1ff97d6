# SPDX-License-Identifier: EUPL-1.2
"""The procedures of a body, year by year: a list, and one with all its years."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.cases.public import CaseRight
from siac.catalogue.public import ServiceRight
from siac.infra.tables.download import table_response
from siac.organizations.public import Access, StaffRight, staff_page
from siac.procedures.queries import COLUMNS, exported, records, shown, total, years_told
from siac.procedures.sheets import MOST_AT_ONCE, make_sheets, sheet_link
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
        "may_make": access.has(ServiceRight.KEEP),
    }
    return render(request, "procedures/workspace/procedures.html", context)


@require_safe
@staff_page(StaffRight.FIGURES)
def procedure(request: HttpRequest, access: Access, key: str) -> HttpResponse:
    """Show one procedure with all its years."""
    rows = [shown(row) for row in records(access.institution).filter(key=key).order_by("-year")]
    if not rows:
        raise Http404(key)
    context = {"latest": rows[0], "rows": rows, "sheet": sheet_link(access, key)}
    return render(request, "procedures/workspace/procedure.html", context)


@require_POST
@staff_page(ServiceRight.KEEP)
def make(request: HttpRequest, access: Access) -> HttpResponse:
    """Begin a draft of the sheet of each procedure that has none, and show what they lack."""
    made = make_sheets(institution=access.institution, actor=access.user, now=current_time())
    if not made:
        messages.info(request, "Todos los trámites del registro ya tienen ficha o borrador.")
    elif len(made) == 1:
        messages.success(request, "Se creó 1 borrador. Complete lo que le falta.")
    else:
        more = " Puede haber más: vuelva a crear." if len(made) == MOST_AT_ONCE else ""
        messages.success(request, f"Se crearon {len(made)} borradores. Complete lo que les falta.{more}")
    return redirect("workspace:catalogue:gaps", access.institution.slug)
