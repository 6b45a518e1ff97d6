# SPDX-License-Identifier: EUPL-1.2
"""Where staff arrive: their body, or the choice among several; what waits for them today."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.http import require_safe

from siac.accounts.public import User
from siac.cases.public import may_read_cases, works_through_lists
from siac.governance.public import CouncilRight
from siac.kernel.text import squeeze
from siac.organizations.public import Access, StaffRight, bodies_of, is_starting, staff_page
from siac.reporting.public import ReportRight
from siac.ui.searching import LONGEST, found_groups, straight_to
from siac.ui.tiles import ahead_of, coming_up, drawn_tiles


@require_safe
@login_required
def root(request: HttpRequest) -> HttpResponse:
    """Go to the only body of whoever signed in, or let them choose; from there
    it is one step to the one to practise on.
    """
    user = request.user
    found = bodies_of(user) if isinstance(user, User) else []
    bodies = [body for body in found if not body.is_practice] or found
    if len(bodies) == 1:
        return redirect("workspace:home", bodies[0].slug)
    return render(request, "workspace/bodies.html", {"bodies": found})


@require_safe
@staff_page()
def home(request: HttpRequest, access: Access) -> HttpResponse:
    """Lead to where the day begins: the work list of whoever works through it, how the body is doing for
    whoever directs it, their sessions for who is here for a seat alone, the list of first steps of a body
    that begins, else what waits for them.
    """
    slug = access.institution.slug
    if works_through_lists(access):
        return redirect("workspace:cases:list", slug)
    if access.has(ReportRight.LEAD):
        return redirect("workspace:reporting:home", slug)
    if access.has(StaffRight.SETUP) and not may_read_cases(access) and is_starting(access.institution):
        return redirect("workspace:setup:start", slug)
    if access.has(CouncilRight.SIT) and not access.has(StaffRight.FIGURES):
        return redirect("workspace:governance:mine", slug)
    return redirect("workspace:today", slug)


@require_safe
@staff_page()
def today(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what waits for this user by the tiles that contexts register, and what comes up (1 SQL, and what
    each of them says).
    """
    day = access.institution.local_date(current_time())
    tiles = drawn_tiles(request, access, day)
    context = {
        "waiting": [shown for shown in tiles if shown.count],
        "clear": [shown for shown in tiles if not shown.count],
        "looks_ahead": bool(ahead_of(access)),
        "ahead": coming_up(access, day),
        "list_is_theirs": may_read_cases(access),
        "today": day,
    }
    return render(request, "workspace/today.html", context)


@require_safe
@staff_page()
def search(request: HttpRequest, access: Access) -> HttpResponse:
    """Show what contexts find by what was typed, in one list; a folio typed whole leads to its case (SQL of
    each source).
    """
    sent = {name: request.GET.get(name, "").replace("\x00", "").strip()[:LONGEST] for name in ("q", "grupo")}
    text, only = squeeze(sent["q"]), sent["grupo"]
    if text and set(request.GET) == {"q"} and (url := straight_to(access, text)):
        return redirect(url)
    groups = found_groups(access, text, current_time(), only=only) if text else []
    base = reverse("workspace:search", args=[access.institution.slug])
    context = {
        "query": text,
        "only": only,
        "whole_url": f"{base}?{urlencode({'q': text})}",
        "groups": [
            {
                "code": each.group.code,
                "title": each.group.title,
                "matches": each.matches,
                "has_more": each.has_more,
                "every_url": each.group.every_url
                or ("" if only else f"{base}?{urlencode({'q': text, 'grupo': each.group.code})}"),
            }
            for each in groups
        ],
    }
    return render(request, "workspace/search.html", context)
