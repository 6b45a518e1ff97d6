# SPDX-License-Identifier: EUPL-1.2
"""What is answered to a directory, as SCIM has it."""

from typing import Any

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.urls import reverse

MESSAGES = "urn:ietf:params:scim:api:messages:2.0"
CORE = "urn:ietf:params:scim:schemas:core:2.0"
_TYPE = "application/scim+json"


def answer(said: Any, status: int = 200, **headers: str) -> HttpResponse:
    """Return an answer that nobody keeps, with further headers (`_` for `-`)."""
    response = JsonResponse(said, status=status, content_type=_TYPE, safe=False)
    response.headers["Cache-Control"] = "private, no-store"
    for name, value in headers.items():
        response.headers[name.replace("_", "-")] = value
    return response


def error(status: int, detail: str, kind: str = "", **headers: str) -> HttpResponse:
    """Return an answer that says what is wrong; `kind` is its `scimType`."""
    said = {"schemas": [f"{MESSAGES}:Error"], "status": str(status), "detail": detail}
    return answer({**said, "scimType": kind} if kind else said, status, **headers)


def address(slug: str, kind: str, key: object = "") -> str:
    """Return where a resource, or all of a kind, is found. No SQL."""
    base = f"{settings.SITE_URL}{reverse('scim:root', args=[slug])}{kind}"
    return f"{base}/{key}" if key else base
