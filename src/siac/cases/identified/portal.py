# SPDX-License-Identifier: EUPL-1.2
"""The page of one's own requests, for whoever identified themselves."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from siac.cases.access import configured
from siac.cases.identified.queries import own_cases, really_own
from siac.cases.models import Case
from siac.cases.portal.following import open_case
from siac.cases.texts import ENDING_FOR_CITIZEN, STATE_FOR_CITIZEN
from siac.infra.ratelimit import limited
from siac.organizations.public import Institution, portal_page
from siac.signin.public import identified, identity_door
from siac.ui.lists import Asked

SIZE = 20


def _state(case: Case) -> str:
    return ENDING_FOR_CITIZEN.get(case.ending) or STATE_FOR_CITIZEN[case.state]


def _to_door(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Lead who is not known, or no more, to where they say who they are.

    Raises:
        Http404: the body has no server of identity.
    """
    if identity_door(institution) is None:
        raise Http404("identity")
    asked = urlencode({"next": reverse("portal:cases:own", args=[institution.slug])})
    return redirect(f"{reverse('portal:identity:ask', args=[institution.slug])}?{asked}")


@require_safe
@cache_control(private=True, no_store=True)
@portal_page
def own(request: HttpRequest, institution: Institution) -> HttpResponse:
    """List one's own requests, the newest first (4 SQL once warm)."""
    known = identified(request, institution, now=current_time())
    if known is None:
        return _to_door(request, institution)
    rows = own_cases(institution, known).select_related("text")
    listing = Asked.of(request).listing(rows, ("-pk",), size=SIZE)
    found = really_own(institution, known, listing.rows)
    shown = [(case, _state(case)) for case in (configured(institution, case) for case in found)]
    context = {"known": known, "listing": listing, "shown": shown}
    return render(request, "cases/portal/own.html", context)


@require_safe
@cache_control(private=True, no_store=True)
@limited("portal.own_case", limit=120, window_seconds=900, methods=("GET", "HEAD"))
@portal_page
def open_own(request: HttpRequest, institution: Institution, case_id: int) -> HttpResponse:
    """Open one of one's own requests to this browser, for as long as it is known who is there."""
    known = identified(request, institution, now=current_time())
    if known is None:
        return _to_door(request, institution)
    found = really_own(institution, known, own_cases(institution, known).filter(pk=case_id))
    if not found:
        raise Http404(str(case_id))
    response = redirect("portal:cases:case", institution.slug)
    return open_case(request, response, institution, found[0], mark=known.mark)
