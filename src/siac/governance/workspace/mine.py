# SPDX-License-Identifier: EUPL-1.2
"""The page of who has a seat: what they must decide now, and the sessions of their bodies."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.governance.domain.rights import CouncilRight
from siac.governance.domain.states import SessionState
from siac.governance.queries import own_seats, sittings, to_vote
from siac.governance.texts import STATES
from siac.organizations.public import Access, staff_page

_LATEST = 50
"""Sessions that are over on this page; all of a body stand on its own."""


@require_safe
@staff_page()
def sessions(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what somebody with a seat must vote now, the sessions to come of their bodies, the next first, and
    those that are over, the latest first (4 SQL).

    Raises:
        Http404: they have no seat, and no role that is for one.
    """
    today = access.institution.local_date(current_time())
    seats = list(own_seats(access, today))
    if not seats and not access.has(CouncilRight.SIT):
        raise Http404("sesiones")
    held = sittings(seat.council for seat in seats)
    ahead = (SessionState.CALLED, SessionState.OPEN)
    over = (SessionState.CLOSED, SessionState.MINUTED)
    told = [
        [(row, STATES[SessionState(row.state)]) for row in rows]
        for rows in (
            held.filter(state__in=ahead).order_by("starts_at", "pk"),
            held.filter(state__in=over)[:_LATEST],
        )
    ]
    context = {"seats": seats, "votes": to_vote(access, today), "ahead": told[0], "over": told[1]}
    return render(request, "governance/workspace/mine.html", context)
