# SPDX-License-Identifier: EUPL-1.2
"""The pages of frozen reports of every kind: one of them, its paper, and its button to go on."""

from collections.abc import Iterable

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.indicators.public import Length, containing, window_name
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.public import Access, StaffRight, staff_page
from siac.reporting.domain.rights import ReportRight
from siac.reporting.frozen.commands import go_on_with_frozen
from siac.reporting.frozen.kinds import LETTER, OWN, address_of, kind_of
from siac.reporting.models import FrozenReport, OwnReport
from siac.ui.public import refusal_text

ORDER = ("-last", "-pk")


def listed(access: Access, report: OwnReport | None) -> QuerySet[FrozenReport]:
    """Return the frozen copies of a report (None: of the executive summary), without what they say. Lazy."""
    rows = FrozenReport.objects.filter(institution=access.institution, report=report, letter=None)
    return rows.defer("paper", "content").select_related("asked_by").order_by(*ORDER)


def with_periods(rows: Iterable[FrozenReport]) -> list[tuple[FrozenReport, str]]:
    """Return frozen reports with what the period of each is called. No SQL but that of reading them."""
    return [(row, window_name(containing(Length(row.length), row.first, today=row.last))) for row in rows]


@require_safe
@staff_page(StaffRight.FIGURES)
def frozen(request: HttpRequest, access: Access, frozen_id: int, code: str) -> HttpResponse:
    """Show what a frozen report says, or how far it is."""
    row = _of(access, frozen_id, code)
    kind, slug = kind_of(row), access.institution.slug
    context = {
        "row": row,
        "told": row.content,
        "is_made": row.state == WorkState.DONE,
        "title": kind.title_of(row),
        "up": kind.up(row, slug),
        "paper_url": address_of(row, slug, "paper"),
        "go_on_url": address_of(row, slug, "go_on") if access.has(ReportRight.MAKE) else "",
        **kind.shown_of(row.content),
    }
    return render(request, kind.template, context)


@require_POST
@staff_page(ReportRight.MAKE)
def go_on(request: HttpRequest, access: Access, frozen_id: int, code: str) -> HttpResponse:
    """Have a frozen report made that broke off."""
    row = _of(access, frozen_id, code)
    try:
        go_on_with_frozen(institution=access.institution, frozen_id=row.pk, now=current_time())
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect(address_of(row, access.institution.slug))


@require_safe
@staff_page(StaffRight.FIGURES)
def paper(request: HttpRequest, access: Access, frozen_id: int, code: str) -> HttpResponse:
    """Hand out the paper of a frozen report as it was made."""
    row = _of(access, frozen_id, code)
    if row.state != WorkState.DONE:
        raise Http404("paper")
    name = f"informe-{row.report_id}" if row.report_id else "rendicion" if row.letter_id else "resumen"
    response = HttpResponse(bytes(row.paper), content_type="application/pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}-{row.first}-{row.last}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _of(access: Access, pk: int, code: str) -> FrozenReport:
    is_of = {"report__isnull": code != OWN, "letter__isnull": code != LETTER}
    rows = FrozenReport.objects.filter(institution=access.institution, **is_of)
    return get_object_or_404(rows.select_related("asked_by", "report", "letter").defer("paper"), pk=pk)
