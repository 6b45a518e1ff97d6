# SPDX-License-Identifier: EUPL-1.2
"""The staff's pages of compliance, with the cases behind."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.cases.public import openable, readable_attentions
from siac.charters.domain.commitments import Form as CommitmentForm
from siac.charters.domain.commitments import Subject
from siac.charters.domain.rights import CharterRight
from siac.charters.models import Commitment
from siac.charters.queries import commitments, commitments_in_force, editions
from siac.charters.standings import behind, compliance, kept_among, order_of, period, things_of
from siac.infra.keyset import BadCursor, Page
from siac.organizations.public import Access, StaffRight, staff_page
from siac.ui.lists import PAGE_SIZE, Asked


@require_safe
@staff_page(CharterRight.READ)
def show_compliance(request: HttpRequest, access: Access) -> HttpResponse:
    """Show each commitment in force with its figure, breaches and remedies, page by page."""
    body = access.institution
    first, last = period(body, current_time())
    current = commitments_in_force(body, last)
    listing = Asked.of(request).listed(lambda cursor: _page(current, cursor))
    lines = compliance(body, first=first, last=last, among=listing.rows)
    context = {
        "lines": lines, "listing": listing, "first": first, "last": last, "editions": editions(body),
    }  # fmt: skip
    return render(request, "charters/workspace/compliance.html", context)


def _page(every: Sequence[Commitment], cursor: str | None) -> Page[Commitment]:
    """Return a page of promises that are at hand; a cursor is the key of its first one. No SQL."""
    keys = [str(each.pk) for each in every]
    if cursor is not None and cursor not in keys:
        raise BadCursor("no promise that is in force")
    at = keys.index(cursor) if cursor is not None else 0
    after = keys[at + PAGE_SIZE] if at + PAGE_SIZE < len(keys) else None
    return Page(list(every[at : at + PAGE_SIZE]), after, keys[max(at - PAGE_SIZE, 0)] if at else None)


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
    return behind_page(request, access, commitment, first=first, last=last)


def behind_page(
    request: HttpRequest, access: Access, commitment: Commitment, *, first: date, last: date, **more: Any
) -> HttpResponse:
    """Return the page that lists what a guarantee counts in some local days, each a link for whoever may open
    it.
    """
    counted = behind(commitment, first=first, last=last)
    listing = Asked.of(request).listing(counted, order_of(commitment))
    ids = [row.pk for row in listing.rows]
    is_of_attentions = commitment.subject == Subject.ATTENTION
    context = {
        "commitment": commitment, "listing": listing, "first": first, "last": last,
        "kept": kept_among(commitment, ids, first=first, last=last),
        "readable": (readable_attentions if is_of_attentions else openable)(access, ids),
        "things": things_of(commitment), "is_of_attentions": is_of_attentions, **more,
    }  # fmt: skip
    return render(request, "charters/workspace/cases.html", context)
