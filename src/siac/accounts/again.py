# SPDX-License-Identifier: EUPL-1.2
"""Asking for a fresh proof of who somebody is before a grave act, with what they typed kept meanwhile."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.reauthentication import STATE_SESSION_KEY
from allauth.core.exceptions import ReauthenticationRequired
from allauth.core.internal.httpkit import deserialize_request
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import resolve

V = TypeVar("V", bound=Callable[..., HttpResponseBase])
SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def is_fresh(request: HttpRequest) -> bool:
    """Return whether who is signed in proved who they are in the last quarter of an hour, by signing in or by
    confirming it (no SQL once the session was read).
    """
    records = get_authentication_records(request, request.user)
    youngest = max((record.get("at", 0.0) for record in records), default=0.0)
    return time.time() - youngest < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT


def asks_again(view: V) -> V:
    """Have a view do what is sent to it only for whoever proved a while ago at most who they are.

    Others are asked first, with their password, second step or the account of their body; what they sent
    waits in their session and is done then. Looking at the page asks nothing. It stands below the guard of
    the page (`staff_page`), which decides who may come at all.
    """

    @wraps(view)
    def asked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method not in SAFE and not is_fresh(request):
            raise ReauthenticationRequired
        return view(request, *args, **kwargs)

    asked.asks_again = True  # type: ignore[attr-defined]
    return asked  # type: ignore[return-value]


def go_on_after_proof(request: HttpRequest, go_on: str) -> HttpResponse:
    """Do what waits in the session of somebody who proved again who they are, or lead to `go_on`."""
    waits = request.session.pop(STATE_SESSION_KEY, None)
    if not waits or "request" not in waits:
        return HttpResponseRedirect(go_on)
    sent = deserialize_request(waits["request"], request)
    if sent.path != go_on.partition("?")[0]:
        return HttpResponseRedirect(go_on)
    found = resolve(sent.path_info)
    answer: HttpResponse = found.func(sent, *found.args, **found.kwargs)
    return answer
