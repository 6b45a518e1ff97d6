# SPDX-License-Identifier: EUPL-1.2
"""Which browser wrote something: what it typed, and the receipt of it, open in no other."""

import re
import secrets
from typing import TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from siac.cases.commands.drafts import KEPT_FOR
from siac.organizations.public import Institution

COOKIE = "siac_navegador"
_SECRET = re.compile(r"[\w-]{43}", re.ASCII)
Response = TypeVar("Response", bound=HttpResponseBase)


def browser_of(request: HttpRequest) -> str:
    """Return the secret that this browser was given, or nothing where it has none of ours."""
    secret = request.COOKIES.get(COOKIE, "")
    return secret if _SECRET.fullmatch(secret) else ""


def new_browser() -> str:
    """Return a secret for a browser that has none."""
    return secrets.token_urlsafe(32)


def remember(response: Response, request: HttpRequest, institution: Institution, secret: str) -> Response:
    """Leave the secret with the browser, for the pages of this body and as long as drafts are kept."""
    response.set_cookie(
        COOKIE, secret, max_age=int(KEPT_FOR.total_seconds()), path=f"/{institution.slug}/", httponly=True,
        samesite="Lax", secure=request.is_secure(),
    )  # fmt: skip
    return response


def forget(response: Response, institution: Institution) -> Response:
    """Take the secret away: whoever uses the browser next opens nothing of this person."""
    response.delete_cookie(COOKIE, path=f"/{institution.slug}/", samesite="Lax")
    return response
