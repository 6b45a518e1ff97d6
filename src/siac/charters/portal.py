# SPDX-License-Identifier: EUPL-1.2
"""The public pages: what is promised, how it is kept, and the cases behind each figure."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.charters.drawing import compliance_chart
from siac.charters.queries import commitments
from siac.charters.standings import cases_behind, compliance, period
from siac.organizations.public import Institution, portal_page
from siac.ui.lists import Asked


@require_safe
@portal_page
def show_compliance(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Show every commitment in force with its figure of the last year."""
    first, last = period(institution, current_time())
    lines = compliance(institution, first=first, last=last)
    context = {
        "lines": lines,
        "chart": compliance_chart(lines, first=first, last=last),
        "first": first,
        "last": last,
        "data_time": next((line.figure.data_time for line in lines if line.figure), None),
    }
    return render(request, "charters/portal/compliance.html", context)


@require_safe
@portal_page
def show_cases(request: HttpRequest, institution: Institution, commitment_id: int) -> HttpResponse:
    """List the cases that a figure counts, without anything that tells who they are."""
    commitment = commitments(institution).get(commitment_id)
    if commitment is None:
        raise Http404(str(commitment_id))
    first, last = period(institution, current_time())
    counted = cases_behind(commitment, first=first, last=last).only(
        "pk", "filed_at", "answered_at", "institution_id", "answer_days", "reviews", "rating"
    )
    context = {
        "commitment": commitment,
        "listing": Asked.of(request).listing(counted, ("-filed_at", "-pk")),
        "first": first,
        "last": last,
    }
    return render(request, "charters/portal/cases.html", context)
