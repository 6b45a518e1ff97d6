# SPDX-License-Identifier: EUPL-1.2
"""The door of GeoReport v2: which methods and forms there are, whose body is asked, what a key may do, and
how a fault is told.
"""

import base64
import binascii
import functools
from collections.abc import Callable
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.timezone import now as current_time
from django.views.decorators.csrf import csrf_exempt

from siac.accounts.public import Scope, token_in_force
from siac.infra.ratelimit import client_address, hit, unhit
from siac.integrations.open311.writing import TYPES, Wrong, wrong
from siac.kernel.errors import Refused
from siac.organizations.public import (
    Access,
    Institution,
    Throttled,
    institutions,
    open_institution,
    program_access,
)
from siac.ui.public import refusal_text

CALLS = 300
"""Calls without a key that an address may make in a minute."""
_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_UNREADABLE = (SuspiciousOperation, MultiPartParserError, UnreadablePostError)
View = Callable[..., HttpResponse]


def called(*methods: str) -> Callable[[View], View]:
    """Answer every fault in the form that was asked for."""

    def decorate(view: View) -> View:
        @csrf_exempt
        @functools.wraps(view)
        def guarded(request: HttpRequest, form: str, **arguments: Any) -> HttpResponse:
            if form not in TYPES:
                raise Http404(form)
            if request.method not in methods:
                response = wrong(form, [(405, "Esta dirección no admite ese método.")])
                response["Allow"] = ", ".join(methods)
                return response
            try:
                return view(request, form, **arguments)
            except (Wrong, Refused, PermissionDenied, Throttled, Http404, *_UNREADABLE) as error:
                return _fault(form, error)

        guarded.tells_own_faults = True  # type: ignore[attr-defined]
        return guarded

    return decorate


def _fault(form: str, error: Exception) -> HttpResponse:
    """Return why a call came to nothing."""
    if isinstance(error, Throttled):
        response = wrong(form, [(429, f"Demasiadas llamadas: espere {error.seconds} segundos.")])
        response["Retry-After"] = str(error.seconds)
        return response
    if isinstance(error, Refused):
        return wrong(form, [(400, refusal_text(error))])
    if isinstance(error, Wrong):
        return wrong(form, [(error.status, error.description)])
    if isinstance(error, Http404):
        return wrong(form, [(404, "No existe.")])
    if isinstance(error, _TOO_LARGE):
        return wrong(form, [(413, "Se envió más de lo que se recibe de una vez.")])
    if isinstance(error, _UNREADABLE):
        return wrong(form, [(400, "Lo que se envió no se puede leer.")])
    return wrong(form, [(403, "La clave no alcanza para esto, o es de otro organismo.")])


def _count(request: HttpRequest) -> None:
    """Count a call of an address that no key answers for (1 SQL).

    Raises:
        Throttled: it made more in the last minute.
    """
    verdict = hit("open311", client_address(request), CALLS, 60, current_time())
    if not verdict.allowed:
        raise Throttled(verdict.retry_after)


def body_of(request: HttpRequest) -> Institution:
    """Return the body of `jurisdiction_id`; without one, the only one there is (2 SQL: calls are counted)."""
    _count(request)
    slug = request.GET.get("jurisdiction_id") or request.POST.get("jurisdiction_id") or ""
    if slug:
        body = open_institution(slug) if slug.isprintable() else None
        if body is None:
            raise Wrong(404, "jurisdiction_id no es de ningún organismo.")
        return body
    found = list(institutions().filter(practice_of=None)[:2])
    if len(found) != 1:
        raise Wrong(400, "Falta jurisdiction_id.")
    return found[0]


def _key_beside(request: HttpRequest) -> str:
    """Return the key that came beside what a call sends, which is not read for it; empty: none."""
    said = request.GET.get("api_key") or ""
    scheme, _, rest = request.headers.get("Authorization", "").partition(" ")
    if said or scheme.lower() == "bearer":
        return said or rest.strip()
    if scheme.lower() != "basic":
        return ""
    try:
        user, _, password = base64.b64decode(rest, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return user or password


def access_by_key(request: HttpRequest, scope: Scope) -> Access:
    """Return what the key of a call may do in its body (4 SQL).

    A key may stand beside what is sent, where that of a gateway may stand as well, or inside, as the standard
    has it for POST. What is sent is read whole to find it, so such a call counts for its address until then.

    Raises:
        Wrong: no key that is in force came (403, as the standard has it).
        Throttled: as `program_access`; or the address made too many calls for which no key answers.
        PermissionDenied: as `program_access`.
    """
    now, beside = current_time(), _key_beside(request)
    token = token_in_force(beside, now=now) if beside else None
    if token is None:
        _count(request)
        inside = request.POST.get("api_key")
        token = token_in_force(inside, now=now) if inside else None
        if token is None:
            raise Wrong(403, "api_key falta o no está vigente.")
        unhit("open311", client_address(request), 60, now)
    slug = request.GET.get("jurisdiction_id") or request.POST.get("jurisdiction_id") or None
    return program_access(token, slug, scope, now=now)
