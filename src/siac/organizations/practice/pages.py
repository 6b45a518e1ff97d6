# SPDX-License-Identifier: EUPL-1.2
"""Where whoever administers a body opens its practice body, sees how far it is, and begins anew."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_POST, require_safe

from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.organizations.access import Access, staff_page
from siac.organizations.domain.rights import StaffRight
from siac.organizations.practice.opening import begin_practice, latest_run
from siac.organizations.queries import practice_body_of
from siac.ui.public import refusal_text


@require_safe
@staff_page(StaffRight.SETUP)
def practice(request: HttpRequest, access: Access) -> HttpResponse:
    """Show the practice body of this one, how far its opening is, or what it would be."""
    institution = access.institution
    run = None if institution.is_practice else latest_run(institution)
    context = {
        "run": run,
        "refreshes": run is not None and run.is_moving,
        "is_broken": run is not None and run.state == WorkState.FAILED,
        "body": None if institution.is_practice else practice_body_of(institution),
    }
    return render(request, "organizations/practice.html", context)


@require_POST
@staff_page(StaffRight.SETUP)
def practice_open(request: HttpRequest, access: Access) -> HttpResponse:
    """Begin to open a practice body, go on with one that broke off, or begin anew."""
    try:
        begin_practice(institution=access.institution, actor=access.user, now=current_time())
    except Refused as refused:
        messages.error(request, refusal_text(refused))
    return redirect("workspace:setup:practice", access.institution.slug)
