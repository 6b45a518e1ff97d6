# SPDX-License-Identifier: EUPL-1.2
"""Signing in with the account of one's body: out to its server, and back with what it says."""

import logging
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.timezone import now as current_time
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from siac.accounts.public import (
    User,
    Way,
    account_of,
    go_on_after_proof,
    note_failure,
    note_proof_again,
    sign_in_by_provider,
)
from siac.infra.crypto import Unreadable
from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.signin.asking import Away, Told
from siac.signin.commands.arriving import arrive
from siac.signin.domain.oidc import Unproven, address_in, is_anew
from siac.signin.models import IdentityProvider
from siac.signin.operators import is_believed_of_staff
from siac.signin.queries import is_away, is_own_address, provider_in_use, works_in
from siac.signin.talking import begun_at, check_begun, held_with, told
from siac.ui.public import refusal_text

log = logging.getLogger(__name__)
HELD = "entry"
SCOPES = "openid email profile"
_NO_MISUSE = frozenset(
    {"entry_away", "entry_changed", "entry_denied", "entry_late", "entry_not_named", "entry_unproven"}
)
"""Why a proof given anew comes to nothing without anybody failing to give it."""
STATUS = {"entry_away": 503, "entry_state": 400, "entry_late": 400}


@require_safe
@cache_control(private=True, no_store=True)
@limited("entry", limit=600, window_seconds=300, methods=("GET", "HEAD"))
def start(request: HttpRequest, slug: str) -> HttpResponse:
    """Send somebody to the server of their body."""
    return _sent_out(request, slug, again=False)


@require_safe
@login_required
@cache_control(private=True, no_store=True)
@limited("entry", limit=600, window_seconds=300, methods=("GET", "HEAD"))
def again(request: HttpRequest, slug: str) -> HttpResponse:
    """Say to who is signed in that they prove anew who they are at the server of their body, with a link.

    They often come from a form that was turned away to here, and browsers follow no form to another server
    (`form-action`).
    """
    provider, asked = _provider(slug), urlencode({"next": _go_on(request, slug)})
    address = f"{reverse('entry:prove', args=[slug])}?{asked}"
    return render(request, "signin/again.html", {"address": address, "body": provider.institution.name})


@require_safe
@login_required
@cache_control(private=True, no_store=True)
@limited("entry", limit=600, window_seconds=300, methods=("GET", "HEAD"))
def prove(request: HttpRequest, slug: str) -> HttpResponse:
    """Send who is signed in to the server of their body, to prove anew who they are."""
    return _sent_out(request, slug, again=True)


def _sent_out(request: HttpRequest, slug: str, *, again: bool) -> HttpResponse:
    provider, now, go_on = _provider(slug), current_time(), _go_on(request, slug)
    if not is_believed_of_staff(provider.issuer):
        return _failed(request, slug, "entry_not_named", go_on)
    if is_away(provider, now):
        return _failed(request, slug, "entry_away", go_on)
    try:
        address, state, begun = begun_at(
            provider, redirect=return_address(slug), scopes=SCOPES, now=now, again=again
        )
    except Away:
        return _failed(request, slug, "entry_away", go_on)
    except Unproven as unproven:
        log.warning("provider %s: %s", provider.pk, unproven)
        return _failed(request, slug, "entry_unproven", go_on)
    held = request.session.get(HELD, {})
    request.session[HELD] = held_with(held, state, {**begun, "slug": slug, "go_on": go_on})
    return HttpResponseRedirect(address)


@require_safe
@cache_control(private=True, no_store=True)
@limited("entry", limit=600, window_seconds=300, methods=("GET", "HEAD"))
def back(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back whom the server sends, and let them in if it says who they are and they work here."""
    if "state" not in request.GET:  # somebody kept this address
        return redirect("entry:start", slug)
    now = current_time()
    begun = _begun(request, slug)
    if begun is None:
        return _failed(request, slug, "entry_state", "")
    go_on, provider = begun["go_on"], _provider(slug)
    try:
        check_begun(provider, begun, now)
        user = _arrived(request, provider, begun, now)
    except Refused as refused:
        if begun["again"] and refused.code not in _NO_MISUSE and request.user.is_authenticated:
            note_failure(request, request.user, Way.PROVIDER, now=now, provider_id=provider.pk)
        return _failed(request, slug, refused.code, go_on, refused)
    if not begun["again"]:
        return sign_in_by_provider(request, user, provider_id=provider.pk, go_on=go_on)
    note_proof_again(request, user, provider_id=provider.pk)
    return go_on_after_proof(request, go_on)


def _arrived(request: HttpRequest, provider: IdentityProvider, begun: dict[str, Any], now: datetime) -> User:
    """Return whose account it is that came back.

    Raises:
        Refused: nobody is let in, and why.
    """
    try:
        found = told(request.GET, provider, begun, redirect=return_address(begun["slug"]), now=now)
    except Away as away:
        log.warning("provider %s: %s", provider.pk, away)
        raise Refused("entry_away") from away
    except (Unproven, Unreadable) as unproven:
        log.warning("provider %s: %s", provider.pk, unproven)
        raise Refused("entry_unproven") from unproven
    if begun["again"]:
        _demand_anew(found, begun, now)
    try:
        user = arrive(provider=provider, claims=found.claims, keys=found.keys, now=now)
    except Refused as refused:
        if not begun["again"]:  # else it is noted of who is signed in
            _note(request, provider, refused, found, now)
        raise
    if begun["again"] and user.pk != request.user.pk:
        raise Refused("entry_another")
    return user


def _demand_anew(told: Told, begun: dict[str, Any], now: datetime) -> None:
    proved_at = told.claims.get("auth_time")
    if proved_at is None:
        raise Refused("entry_no_time")
    if not is_anew(proved_at, begun=begun["at"], now=now.timestamp()):
        raise Refused("entry_stale")


def return_address(slug: str) -> str:
    """Return the address to which the server of a body sends people back; it must know it beforehand."""
    return f"{settings.SITE_URL}{reverse('entry:back', args=[slug])}"


def _provider(slug: str) -> IdentityProvider:
    found = provider_in_use(slug)
    if found is None:
        raise Http404(slug)
    return found


def _begun(request: HttpRequest, slug: str) -> dict[str, Any] | None:
    """Return what was begun with the state that came back, once."""
    held = dict(request.session.get(HELD, {}))
    begun: dict[str, Any] | None = held.pop(request.GET.get("state", ""), None)
    if begun is None or begun["slug"] != slug:
        return None
    request.session[HELD] = held
    return begun


def _note(
    request: HttpRequest, provider: IdentityProvider, refused: Refused, told: Told, now: datetime
) -> None:
    """Write down that somebody of this body did not get in; of others its server tells nothing."""
    institution, email = provider.institution, address_in(told.claims)
    if refused.code in {"entry_elsewhere", "entry_email_unverified"}:
        return
    user = account_of(email) if is_own_address(institution, email) else None
    if user is not None and works_in(institution, user):
        note_failure(request, user, Way.PROVIDER, now=now, provider_id=provider.pk)


def _go_on(request: HttpRequest, slug: str) -> str:
    wanted = request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) and wanted.startswith("/"):
        return wanted
    return reverse("workspace:home", args=[slug])


def _failed(
    request: HttpRequest, slug: str, code: str, go_on: str, refused: Refused | None = None
) -> HttpResponse:
    """Say why somebody did not get in; where they wanted to go waits in both ways to try again."""
    asked = f"?{urlencode({'next': go_on})}" if go_on else ""
    context = {
        "why": refusal_text(refused or Refused(code)),
        "again": f"{reverse('entry:start', args=[slug])}{asked}",
        "password": f"{reverse('account_login')}{asked}",
    }
    response = render(request, "signin/entry_failed.html", context, status=STATUS.get(code, 403))
    if code == "entry_away":
        response.headers["Retry-After"] = "60"
    return response
