# SPDX-License-Identifier: EUPL-1.2
"""What a change of calendar moved: how far it is, from which day to which, as a list that can be
taken out.
"""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.clocks.commands.changes import go_on
from siac.clocks.domain.registry import may_open
from siac.clocks.models import CalendarChange
from siac.clocks.queries.changes import changes_for, move_rows, moves_of, undecided
from siac.clocks.texts import REFUSALS
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, staff_page
from siac.ui.lists import Asked

SHOWN = 200


def change_of(access: Access, change_id: int) -> CalendarChange:
    """Return a change that concerns the body; any other does not exist."""
    found = changes_for(access.institution).filter(pk=change_id).first()
    if found is None:
        raise Http404(str(change_id))
    return found


@require_safe
@staff_page(StaffRight.CALENDARS)
def changes(request: HttpRequest, access: Access) -> HttpResponse:
    """List the latest changes of the calendars of the body, over what its reader is about to change."""
    listing = Asked.of(request).listing(changes_for(access.institution), ("-pk",))
    context = {
        "institution": access.institution,
        "listing": listing,
        "undecided": undecided(access.institution, access.user.pk, now=current_time()),
    }
    return render(request, "clocks/workspace/changes.html", context)


@require_safe
@staff_page(StaffRight.CALENDARS)
def change(request: HttpRequest, access: Access, change_id: int) -> HttpResponse:
    """Show how far a change is, and the first of the clocks it moved; refreshes itself until it is done."""
    body, made = access.institution, change_of(access, change_id)
    moves = moves_of(made, body)
    context = {
        "institution": body,
        "change": made,
        "refreshes": made.is_moving,
        "rows": list(move_rows(body, moves[:SHOWN])),
        "own": moves.count(),
        "shown": SHOWN,
        "is_ours": made.institution_id == body.pk,
        "may_open": may_open(access),
    }
    return render(request, "clocks/workspace/change.html", context)


@require_POST
@staff_page(StaffRight.CALENDARS)
def change_go_on(request: HttpRequest, access: Access, change_id: int) -> HttpResponse:
    """Start an interrupted change again."""
    made = change_of(access, change_id)
    if made.institution_id != access.institution.pk:
        raise Http404(str(change_id))
    try:
        go_on(change_id=made.pk, institution_id=access.institution.pk, now=current_time())
    except Refused as refused:
        messages.error(request, REFUSALS[refused.code])
    return redirect("workspace:clocks:change", access.institution.slug, made.pk)
