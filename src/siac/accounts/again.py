# SPDX-License-Identifier: EUPL-1.2
"""Asking for a fresh proof of who somebody is before a grave act, with what they typed kept meanwhile."""

import base64
import json
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.core.exceptions import ReauthenticationRequired
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.http.response import HttpResponseBase
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import Resolver404, get_script_prefix, resolve, reverse

from siac.accounts.domain.signing_in import PROVIDER_METHOD
from siac.infra import crypto
from siac.ui.kept import kept_fields

V = TypeVar("V", bound=Callable[..., HttpResponseBase])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
HELD, MOST_HELD = "held_acts", 3
"""Under what name acts wait in a session, by the address they were sent to, and how many: the newest."""
KEEPS = 600
"""Seconds that it waits."""
_PURPOSE = "held act"
_LATE = "Pasaron más de diez minutos desde que lo envió y no se hizo: envíelo otra vez."
_LOST = "Lo que envió no se hizo: ya no se conserva. Hágalo otra vez."
_LONGEST = 2000
_MEANS = frozenset(
    {
        "mfa_activate_totp",
        "mfa_deactivate_totp",
        "mfa_add_webauthn",
        "mfa_edit_webauthn",
        "mfa_remove_webauthn",
        "mfa_generate_recovery_codes",
    }
)
"""Pages of the sign-in library that change by what somebody proves who they are."""


def is_fresh(request: HttpRequest) -> bool:
    """Return whether who is signed in proved who they are in the last quarter of an hour, by signing in or by
    confirming it (no SQL once the session was read).

    A sign-in by a provider is no proof: at a machine left open its server asks for nothing. What was asked
    for again there is one.
    """
    records = get_authentication_records(request, request.user)
    proofs = (one for one in records if one.get("method") != PROVIDER_METHOD or one.get("reauthenticated"))
    youngest = max((record.get("at", 0.0) for record in proofs), default=0.0)
    return time.time() - youngest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def asks_again(view: V) -> V:
    """Have a view do what is sent to it only for whoever proved a while ago at most who they are.

    Others are asked first, with their password, second step or the account of their body; what they sent
    waits in their session and is done then. Looking at the page asks nothing. It stands below the guard of
    the page (`staff_page`), which decides who may come at all.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in SAFE:
            ask_again(request)
        return view(request, *args, **kwargs)

    asked.asks_again = True  # type: ignore[attr-defined]
    return asked  # type: ignore[return-value]


def ask_again(request: HttpRequest, *, keeps: bool = True) -> None:
    """Go on only for whoever proved a while ago at most who they are, where only some of what a page does is
    grave; others are asked as by `asks_again`. `keeps`: whether what they sent waits meanwhile; what holds
    secrets of others does not, and is to be typed again.
    """
    if not is_fresh(request):
        request.siac_keeps_nothing = not keeps  # type: ignore[attr-defined]
        raise ReauthenticationRequired


class AskedAgain:
    """Leads whoever must prove again who they are to where they can, and guards the pages on which the means
    of proof change: who has none yet must prove it too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponse | None:
        """Ask before a means of proof is added or taken away."""
        match = request.resolver_match
        if match is None or match.view_name not in _MEANS or not request.user.is_authenticated:
            return None
        return None if is_fresh(request) else _led_away(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Ask whoever comes to a view that wants a fresh proof."""
        return _led_away(request) if isinstance(exception, ReauthenticationRequired) else None


def _led_away(request: HttpRequest) -> HttpResponse:
    methods = get_adapter().get_reauthentication_methods(request.user)
    if request.user.is_authenticated and not methods:
        return render(request, "account/no_proof.html", status=403)
    if request.user.is_authenticated and request.method == "POST":
        if getattr(request, "siac_keeps_nothing", False):
            _release(request, request.path)
            messages.warning(
                request, "Lo que envió no se guardó, pues lleva una clave o un archivo: envíelo otra vez."
            )
        else:
            _hold(request)
    address = methods[0]["url"] if methods else reverse("account_login")
    return HttpResponseRedirect(f"{address}?{urlencode({'next': request.get_full_path()})}")


def _hold(request: HttpRequest) -> None:
    """Keep what somebody sent, sealed and without what came with it (cookies): it may hold passwords."""
    sent = {
        "path": request.path,
        "path_info": request.path_info,
        "query": request.GET.urlencode(),
        "fields": request.POST.urlencode(),
        "page": _page_of(request),
        "at": int(time.time()),
    }
    sealed = crypto.seal(crypto.vault_keys(), _PURPOSE, json.dumps(sent).encode(), _bound_to(request))
    _release(request, request.path)
    others = list(request.session.get(HELD, {}).items())[1 - MOST_HELD :]
    request.session[HELD] = {**dict(others), request.path: base64.b64encode(sealed).decode()}


def _release(request: HttpRequest, path: str) -> str:
    """Return what waits to be sent to an address, sealed, and let go of it; what waits for others stays."""
    waits = dict(request.session.get(HELD, {}))
    sealed: str = waits.pop(path, "")
    if sealed:
        request.session[HELD] = waits
    return sealed


def _held(request: HttpRequest, path: str) -> dict[str, Any] | None:
    """Return what who is signed in sent to an address, once; None where nothing waits or it cannot be read
    any more.
    """
    try:
        sealed = base64.b64decode(_release(request, path).encode())
        opened = crypto.unseal(crypto.vault_keys(), _PURPOSE, sealed, _bound_to(request))
    except (crypto.Unreadable, ValueError):
        return None
    sent: dict[str, Any] = json.loads(opened)
    return sent


def _bound_to(request: HttpRequest) -> str:
    return f"held act:{request.user.pk}"


def go_on_after_proof(request: HttpRequest, go_on: str) -> HttpResponse:
    """Do what somebody who proved again who they are had sent to `go_on`, or lead there; what waited longer
    than `KEEPS` is not done, but shown to be sent again, with the way back to the page of its form. What they
    sent elsewhere meanwhile goes on waiting.
    """
    address = urlsplit(go_on)
    if address.netloc == request.get_host():
        go_on = address._replace(scheme="", netloc="").geturl()
    sent = _held(request, address.path)
    if sent is None:
        if _opens(go_on):
            return HttpResponseRedirect(go_on)
        messages.warning(request, _LOST)
        return HttpResponseRedirect(settings.LOGIN_REDIRECT_URL)
    if time.time() - sent["at"] > KEEPS:
        return _too_late(request, go_on, sent)
    found = resolve(sent["path_info"])
    _ = request.FILES  # read now: later it would be read again, and the fields with it
    request.method, request.path, request.path_info = "POST", sent["path"], sent["path_info"]
    request.GET, request.POST = QueryDict(sent["query"]), QueryDict(sent["fields"])
    request.META = {**request.META, "QUERY_STRING": sent["query"], "REQUEST_METHOD": "POST"}
    request.resolver_match = found
    answer: HttpResponse = found.func(request, *found.args, **found.kwargs)
    return answer


def _too_late(request: HttpRequest, go_on: str, sent: dict[str, Any]) -> HttpResponse:
    pages = (page for page in (sent.get("page", ""), go_on) if page and _opens(page))
    back = next(pages, settings.LOGIN_REDIRECT_URL)
    kept = kept_fields(go_on, QueryDict(sent["fields"]))
    if not kept.fields:
        messages.warning(request, _LATE)
        return HttpResponseRedirect(back)
    context = {"late": _LATE, "back": back, **kept.context(token=get_token(request))}
    return render(request, "account/late.html", context)


def _opens(address: str) -> bool:
    """Return whether an address of ours can be looked at, or only takes what is sent to it: a view says so
    before it does anything, of a method that none has.
    """
    path, probe = address.partition("?")[0].removeprefix(get_script_prefix()), HttpRequest()
    probe.method = "TRACE"
    try:
        answer = resolve(f"/{path.removeprefix('/')}").func(probe)
    except Resolver404:
        return False
    except Exception:
        return True
    return answer.status_code != 405 or "GET" in answer["Allow"]


def _page_of(request: HttpRequest) -> str:
    """Return the page of this site on which the form stood, with its query, as the browser says; or ""."""
    told = urlsplit(request.headers.get("Referer", "")[:_LONGEST])
    if told.netloc != request.get_host() or not told.path.startswith("/") or told.path.startswith("//"):
        return ""
    return f"{told.path}?{told.query}" if told.query else told.path
