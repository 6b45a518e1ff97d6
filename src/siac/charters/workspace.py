# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of compliance, with the cases behind."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.cases.public import openable
from siac.charters.domain.commitments import Form as CommitmentForm
from siac.charters.domain.rights import CharterRight
from siac.charters.queries import commitments, editions
from siac.charters.standings import cases_behind, compliance, kept_among, period
from siac.organizations.public import Access, StaffRight, staff_page
from siac.ui.lists import Asked


@require_safe
@staff_page(CharterRight.READ)
def show_compliance(request: HttpRequest, access: Access) -> HttpResponse:
    """Show each commitment in force with its figure, breaches and remedies."""
    first, last = period(access.institution, current_time())
    lines = compliance(access.institution, first=first, last=last)
    context = {"lines": lines, "first": first, "last": last, "editions": editions(access.institution)}
    return render(request, "charters/workspace/compliance.html", context)


@require_safe
@staff_page(StaffRight.FIGURES)
def show_cases(request: HttpRequest, access: Access, commitment_id: int) -> HttpResponse:
    """List the cases behind a guarantee, each a link to its page; a figure has its own page."""
    commitment = commitments(access.institution).get(commitment_id)
    if commitment is None:
        raise Http404(str(commitment_id))
    if commitment.form != CommitmentForm.GUARANTEE:
        return redirect("workspace:indicators:indicator", access.institution.slug, commitment.indicator_id)
    first, last = period(access.institution, current_time())
    counted = cases_behind(commitment, first=first, last=last)
    listing = Asked.of(request).listing(counted, ("-filed_at", "-pk"))
    ids = [case.pk for case in listing.rows]
    context = {
        "commitment": commitment, "listing": listing, "first": first, "last": last,
        "kept": kept_among(commitment, ids, first=first, last=last),
        "readable": openable(access, ids),
    }  # fmt: skip
    return render(request, "charters/workspace/cases.html", context)
