# SPDX-License-Identifier: EUPL-1.2
"""How often a password may be guessed, so that nobody outside can keep its owner out.

One address may fail five times in five minutes with one account. All addresses together may
fail a hundred times an hour with it; a browser in which its owner signed in before does not
count among those, and gets in all the same.
"""

from datetime import datetime

from django.core.signing import BadSignature, Signer
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from siac.accounts.models import User
from siac.infra.ratelimit import client_address, hit, unhit

KNOWN = "siac_conocido"
KNOWN_DAYS = 365
_SIGNER = Signer(salt="accounts.known_browser")
_HERE = ("sign_in.here", 5, 300)
_EVERYWHERE = ("sign_in.everywhere", 100, 3600)


def may_try(request: HttpRequest, email: str, *, now: datetime) -> bool:
    """Count a try to sign in as `email` (2 SQL, or 1 from a known browser) and return whether it may
    be made.
    """
    verdicts = [
        hit(scope, key, limit, seconds, now) for scope, key, limit, seconds in _counts(request, email)
    ]
    return all(verdict.allowed for verdict in verdicts)


def forget_try(request: HttpRequest, email: str, *, now: datetime) -> None:
    """Take back the count of a try that was no guess."""
    for scope, key, _, seconds in _counts(request, email):
        unhit(scope, key, seconds, now)


def remember_browser(response: HttpResponseBase, request: HttpRequest, user: User) -> None:
    """Leave in a browser that its user signed in there; it says who, and opens nothing."""
    response.set_cookie(
        KNOWN,
        _SIGNER.sign(user.email),
        max_age=KNOWN_DAYS * 24 * 3600,
        path="/cuenta/",
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def _counts(request: HttpRequest, email: str) -> list[tuple[str, str, int, int]]:
    name, limit, seconds = _HERE
    counts = [(name, f"{client_address(request)} {email}", limit, seconds)]
    if not _is_known(request, email):
        name, limit, seconds = _EVERYWHERE
        counts.append((name, email, limit, seconds))
    return counts


def _is_known(request: HttpRequest, email: str) -> bool:
    try:
        return _SIGNER.unsign(request.COOKIES.get(KNOWN, "")) == email
    except BadSignature:
        return False
