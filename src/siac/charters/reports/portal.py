# SPDX-License-Identifier: EUPL-1.2
"""The reports of charters that a body shows to everybody."""

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from siac.charters.domain.states import EditionState
from siac.charters.models import CharterReport
from siac.charters.reports.lists import drawn
from siac.charters.reports.workspace import paper_of
from siac.infra.ratelimit import limited
from siac.infra.readers import read_apart
from siac.organizations.public import Institution, portal_page


def _shown(institution: Institution, code: str) -> QuerySet[CharterReport]:
    rows = CharterReport.objects.filter(institution=institution, charter__code=code, shown_at__isnull=False)
    return rows.filter(charter__editions__state=EditionState.APPROVED).distinct().select_related("charter")


@require_safe
@read_apart
@portal_page
def report(request: HttpRequest, institution: Institution, code: str, report_id: int) -> HttpResponse:
    """Show a report of a charter that the body shows to everybody."""
    row = get_object_or_404(_shown(institution, code).defer("paper", "shown_paper"), pk=report_id)
    told = row.shown_content or row.content
    context = {"row": row, "told": told, "sections": drawn(told["sections"])}
    return render(request, "charters/portal/report.html", context)


@require_safe
@limited("charters.report", limit=60, window_seconds=3600, methods=("GET",))
@read_apart
@portal_page
def paper(request: HttpRequest, institution: Institution, code: str, report_id: int) -> HttpResponse:
    """Give the paper of such a report."""
    row = get_object_or_404(_shown(institution, code), pk=report_id)
    return paper_of(row, row.shown_paper)
