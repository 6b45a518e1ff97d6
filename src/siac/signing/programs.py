# SPDX-License-Identifier: EUPL-1.2
"""Addresses that AutoFirma calls: one to fetch what is signed, one to store it. No cookie counts here: the
token is all that opens them. Faults are told as its intermediate server tells them, with status 200.
"""

from urllib.parse import unquote_plus

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.signing.commands.asking import MOST_BYTES
from siac.signing.commands.porting import fetched, may_store, stored
from siac.signing.domain.ports import Port

_HEAD = 1024
"""Bytes of a call that say who calls, before what it brings."""
_MOST = MOST_BYTES * 4 // 3 + 65_536
_OK = "OK"
_NO_OPERATION = "ERR-00:=No se ha indicado código de operación"
_OTHER_OPERATION = "ERR-01:=Código de operación no soportado"
_NO_TOKEN = "ERR-06:=El identificador para los datos es inválido"  # noqa: S105 - what is told of one
_TOO_LARGE = "ERR-07:=Los datos solicitados o enviados son inválidos"
_METHODS = ("GET", "HEAD", "POST")


@csrf_exempt  # the token proves that it comes from whom we gave it, and no other site can know it
@never_cache
@require_http_methods(_METHODS)
@limited("signing.port", limit=240, window_seconds=300, methods=_METHODS)
@portal_page
def fetch(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Give the program what it signs (some 8 SQL)."""
    told = _told(_sent(request))
    if told.get("op") != "get":
        return _checked(told)
    try:
        at = store_address(institution)
        return _said(
            fetched(institution=institution, token=told.get("id", ""), store_at=at, now=current_time())
        )
    except Refused:
        return _said(_NO_TOKEN)


@csrf_exempt  # as above
@never_cache
@require_http_methods(_METHODS)
@limited("signing.port", limit=240, window_seconds=300, methods=_METHODS)
@portal_page
def store(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Take what the program signed, or why it did not; what is long is read only with a token that holds."""
    head = _sent(request)
    before, _, data = head.partition("&dat=")
    told, now = _told(before), current_time()
    if told.get("op") != "put":
        return _checked(told)
    token = told.get("id", "")
    if not may_store(institution, token, Port.AUTOFIRMA, now):
        return _said(_NO_TOKEN)
    data += _rest(request)
    if len(data) > _MOST:
        return _said(_TOO_LARGE)
    try:
        stored(institution=institution, token=token, result=unquote_plus(data), now=now)
    except Refused:
        return _said(_NO_TOKEN)
    return _said(_OK)


def fetch_address(institution: Institution) -> str:
    """Return where the program fetches what it signs for a body."""
    return settings.SITE_URL + reverse("portal:signing:fetch", args=[institution.slug])


def store_address(institution: Institution) -> str:
    """Return where the program stores what it signed for a body."""
    return settings.SITE_URL + reverse("portal:signing:store", args=[institution.slug])


def _sent(request: HttpRequest) -> str:
    """Return how a call begins: its query, or the first of its body. The program says no kind of content."""
    if request.method == "POST":
        return request.read(_HEAD).decode("ascii", "replace")
    return str(request.META.get("QUERY_STRING", ""))


def _rest(request: HttpRequest) -> str:
    return request.read(_MOST + 1).decode("ascii", "replace") if request.method == "POST" else ""


def _told(text: str) -> dict[str, str]:
    """Return the parameters of a call as they are written: none of those that count is escaped."""
    pairs = (part.partition("=") for part in text.split("&")[:20])
    return {name: value for name, _, value in pairs}


def _checked(told: dict[str, str]) -> HttpResponse:
    """Answer a call that neither fetches nor stores."""
    if told.get("op") == "check":
        return _said(_OK)
    return _said(_OTHER_OPERATION if told.get("op") else _NO_OPERATION)


def _said(text: str) -> HttpResponse:
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
