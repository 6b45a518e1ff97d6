# SPDX-License-Identifier: EUPL-1.2
"""The public register of a charter: closed periods only, with what was done where it failed."""

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.charters.domain.states import EditionState
from siac.charters.models import Charter, PeriodResult
from siac.charters.register.reading import register_of
from siac.infra.tables.download import table_response
from siac.infra.tables.rows import Column
from siac.organizations.public import Institution, portal_page

_COLUMNS = (
    Column("compromiso_codigo", 20), Column("compromiso", 60), Column("desde", 12), Column("hasta", 12),
    Column("resultado", 12), Column("cumplidas", 12), Column("de_cuantas", 12), Column("meta", 10),
    Column("cumple", 10), Column("explicacion", 60),
)  # fmt: skip


@require_safe
@portal_page
def register(request: HttpRequest, institution: Institution, code: str) -> HttpResponseBase:
    """Show how each promise of a charter was kept, or hand out all its closed periods."""
    charters = Charter.objects.filter(institution=institution, code=code)
    charter = charters.filter(editions__state=EditionState.APPROVED).first()
    if charter is None:
        raise Http404(code)
    wanted = request.GET.get("formato", "")
    if wanted in ("csv", "xlsx"):
        rows = PeriodResult.objects.filter(institution=institution, charter=charter)
        body = (_cells(row) for row in rows.select_related("commitment").order_by("code", "first", "pk"))
        return table_response(_COLUMNS, body, form=wanted, name=f"cumplimiento-{code}", title="Cumplimiento")
    today = institution.local_date(current_time())
    told = register_of(institution, charter, today=today)
    if not told.lines:
        raise Http404(code)
    edition = told.lines[0].commitment.edition
    context = {"charter": charter, "register": told, "edition": edition}
    return render(request, "charters/portal/register.html", context)


def _cells(row: PeriodResult) -> list[object]:
    told = {True: "sí", False: "no", None: "sin dato"}
    return [
        row.code, row.commitment.text, row.first, row.last, row.value, row.met, row.total, row.target,
        told[row.is_reached], row.explanation,
    ]  # fmt: skip
