# SPDX-License-Identifier: EUPL-1.2
"""A citizen goes to the server of identity of a body, comes back known by name and document.

None of it is the session of staff: what was begun lies sealed in a cookie of these pages alone, and who came
back is a row of its own.
"""

import json
import logging
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now as current_time
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from siac.infra import crypto
from siac.infra.crypto import Unreadable
from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.signin.addresses import citizens_return
from siac.signin.asking import Away
from siac.signin.commands.identifying import end_identification, identify
from siac.signin.domain.oidc import Unproven
from siac.signin.identified import identified, remember, secret_in
from siac.signin.models import Audience, IdentityProvider
from siac.signin.operators import is_believed_of_citizens
from siac.signin.queries import identity_door, is_away, provider_in_use
from siac.signin.talking import SECONDS, Begun, begun_at, check_begun, held_with, told
from siac.ui.kept import is_foreign
from siac.ui.kiosk import kiosk_of
from siac.ui.public import refusal_text

log = logging.getLogger(__name__)
HELD = "siac_persona_ida"
HELD_LIMIT = 4000
_PURPOSE = "citizen round"
STATUS = {"identity_away": 503, "identity_state": 400, "identity_late": 400}


@require_safe
@cache_control(private=True, no_store=True)
@portal_page
def ask(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Say what identifying means before anybody is sent away; who did already goes on.

    People often come from a form, and browsers follow no form to another server (`form-action`).
    """
    door, go_on = identity_door(institution), _go_on(request, institution)
    if door is None:
        raise Http404("identity")
    if kiosk_of(request, institution.slug) is not None:
        return _failed(request, institution, "identity_kiosk", go_on, door.name)
    if identified(request, institution, now=current_time()) is not None:
        return redirect(go_on)
    context = {
        "door": door,
        "without": _without(institution, go_on),
        "address": f"{reverse('portal:identity:go', args=[institution.slug])}?{urlencode({'next': go_on})}",
    }
    return render(request, "signin/portal/ask.html", context)


@require_safe
@cache_control(private=True, no_store=True)
@limited("portal.identity", limit=600, window_seconds=900, methods=("GET", "HEAD"))
@portal_page
def go(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Send a citizen to the server of identity."""
    provider, now, go_on = _provider(institution), current_time(), _go_on(request, institution)
    if is_foreign(request):  # a link elsewhere leads to the page that says what it means
        ask = reverse("portal:identity:ask", args=[institution.slug])
        return redirect(f"{ask}?{urlencode({'next': go_on})}")
    if kiosk_of(request, institution.slug) is not None:
        return _failed(request, institution, "identity_kiosk", go_on, provider.label)
    if is_away(provider, now):
        return _failed(request, institution, "identity_away", go_on, provider.label)
    try:
        address, state, begun = begun_at(
            provider,
            redirect=citizens_return(institution.slug),
            scopes=provider.scopes or "openid profile",
            now=now,
            more={"acr_values": provider.assurance} if provider.assurance else None,
        )
    except (Away, Unproven) as error:
        log.warning("provider %s: %s", provider.pk, error)
        code = "identity_away" if isinstance(error, Away) else "identity_unproven"
        return _failed(request, institution, code, go_on, provider.label)
    held = held_with(_held(request, institution), state, {**begun, "go_on": go_on})
    return _hold(HttpResponseRedirect(address), request, institution, held)


@require_safe
@cache_control(private=True, no_store=True)
@limited("portal.identity_back", limit=600, window_seconds=900, methods=("GET", "HEAD"))
@portal_page
def back(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Take back whom the server sends: from then on this browser has their name and document."""
    if "state" not in request.GET:  # somebody kept this address
        return redirect("portal:identity:ask", institution.slug)
    provider, now, held = _provider(institution), current_time(), _held(request, institution)
    begun = held.pop(request.GET.get("state", ""), None)
    if begun is None:
        return _failed(request, institution, "identity_state", "", provider.label)
    try:
        check_begun(provider, begun, now)
        secret = _come_back(request, provider, begun, now)
    except Refused as refused:
        code = refused.code.replace("entry_", "identity_")
        failed = _failed(request, institution, code, begun["go_on"], provider.label)
        return _hold(failed, request, institution, held)
    end_identification(institution, secret_in(request))
    done = remember(redirect(begun["go_on"]), request, institution, secret)
    return _hold(done, request, institution, held)


def _come_back(request: HttpRequest, provider: IdentityProvider, begun: Begun, now: datetime) -> str:
    address = citizens_return(provider.institution.slug)
    try:
        found = told(request.GET, provider, begun, redirect=address, now=now)
    except Away as away:
        log.warning("provider %s: %s", provider.pk, away)
        raise Refused("identity_away") from away
    except (Unproven, Unreadable) as unproven:
        log.warning("provider %s: %s", provider.pk, unproven)
        raise Refused("identity_unproven") from unproven
    return identify(provider=provider, claims=found.claims, keys=found.keys, now=now)


def _provider(institution: Institution) -> IdentityProvider:
    found = provider_in_use(institution.slug, Audience.CITIZENS)
    if found is None or not is_believed_of_citizens(found):
        raise Http404("identity")
    return found


def _go_on(request: HttpRequest, institution: Institution) -> str:
    """Return where somebody wants to go: a public page of this body, or else their own requests."""
    wanted, slug = request.GET.get("next", ""), institution.slug
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith(f"/{slug}/")
    if is_ours and not wanted.startswith(f"/{slug}/gestion/") and len(wanted) <= 500:
        return wanted
    return reverse("portal:cases:own", args=[slug])


def _without(institution: Institution, go_on: str) -> str:
    """Return where who does not identify themselves goes on."""
    needs_it = not go_on or go_on.startswith(reverse("portal:cases:own", args=[institution.slug]))
    return reverse("portal:cases:choose", args=[institution.slug]) if needs_it else go_on


def _held(request: HttpRequest, institution: Institution) -> dict[str, Begun]:
    """Return the rounds that this browser began at this body; none where they cannot be read."""
    text = request.COOKIES.get(HELD, "")
    if not text or len(text) > HELD_LIMIT:
        return {}
    try:
        opened = crypto.unseal(crypto.vault_keys(), _PURPOSE, bytes.fromhex(text), _bound(institution))
    except (Unreadable, ValueError):
        return {}
    held: dict[str, Begun] = json.loads(opened)
    return held


def _hold(
    response: HttpResponse, request: HttpRequest, institution: Institution, held: Mapping[str, Any]
) -> HttpResponse:
    path = reverse("portal:identity:ask", args=[institution.slug])
    if not held:
        response.delete_cookie(HELD, path=path, samesite="Lax")
        return response
    sealed = crypto.seal(crypto.vault_keys(), _PURPOSE, json.dumps(dict(held)).encode(), _bound(institution))
    response.set_cookie(
        HELD, sealed.hex(), max_age=SECONDS, path=path, httponly=True, samesite="Lax",
        secure=request.is_secure(),
    )  # fmt: skip
    return response


def _bound(institution: Institution) -> str:
    return f"citizen-round:{institution.pk}"


def _failed(
    request: HttpRequest, institution: Institution, code: str, go_on: str, server: str
) -> HttpResponse:
    """Say why somebody was not identified; they can try again, or go on without."""
    again = reverse("portal:identity:ask", args=[institution.slug])
    asked = f"?{urlencode({'next': go_on})}" if go_on else ""
    context = {
        "why": refusal_text(Refused(code, server=server)),
        "again": "" if code == "identity_kiosk" else f"{again}{asked}",
        "without": _without(institution, go_on),
    }
    response = render(request, "signin/portal/failed.html", context, status=STATUS.get(code, 403))
    if code == "identity_away":
        response.headers["Retry-After"] = "60"
    return response
