# SPDX-License-Identifier: EUPL-1.2
"""Who is let in, and how what is refused is told."""

import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now as current_time
from django.views.decorators.csrf import csrf_exempt

from siac.accounts.public import Scope, token_in_force
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, Throttled, program_access
from siac.signin.commands.telling import KEPT, tell_kept
from siac.signin.domain.scim import Bad
from siac.signin.scim.answers import error
from siac.ui.public import refusal_text

P = ParamSpec("P")
LARGEST = 4 * 1024 * 1024
_TAKEN = {"directory_taken", "address_taken"}


def door(
    view: Callable[Concatenate[HttpRequest, Access, datetime, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let in whoever brings a key of the body for its people, whose user may set the body up; what is refused
    is told as SCIM tells it.
    """

    @csrf_exempt
    @wraps(view)
    def entered(request: HttpRequest, slug: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        now = current_time()
        kind, _, secret = request.headers.get("Authorization", "").partition(" ")
        token = token_in_force(secret.strip(), now=now) if kind.lower() == "bearer" else None
        if token is None:
            return error(401, "Falta una clave, o ya no vale.", WWW_Authenticate='Bearer realm="SCIM"')
        try:
            access = program_access(token, slug, Scope.PEOPLE_WRITE, now=now)
            access.require(StaffRight.SETUP)
        except Throttled as throttled:
            return error(429, "Demasiadas llamadas.", Retry_After=str(throttled.seconds))
        except PermissionDenied:
            return error(403, "La clave no alcanza para esto.")
        try:
            return view(request, access, now, *args, **kwargs)
        except Bad as bad:
            return error(400, str(bad), bad.kind)
        except Refused as refused:
            return _refused(access, refused, now)

    return entered


def _refused(access: Access, refused: Refused, now: datetime) -> HttpResponse:
    """Answer 409, or 400 where an address is not of the body; that somebody must stay is also told
    to those who administer.
    """
    if refused.code == "directory_domain":
        return error(400, refusal_text(refused), "invalidValue")
    if refused.code in KEPT:
        tell_kept(institution=access.institution, why=refused.code, actor=access.user, now=now)
        last = Refused("directory_last", name=access.institution.short_name)
        told = last if refused.code == "last_administrator" else refused
        return error(409, refusal_text(told), "mutability")
    return error(409, refusal_text(refused), "uniqueness" if refused.code in _TAKEN else "")


def sent(request: HttpRequest) -> Any:
    """Return what was sent.

    Raises:
        Bad: it is no JSON, or too much.
    """
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST:
        raise Bad("tooMany", "El envío pasa de 4 MB.")
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Bad("invalidSyntax", "El envío no es JSON.") from error
