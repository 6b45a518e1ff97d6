# SPDX-License-Identifier: EUPL-1.2
"""Addresses that Firma Perú calls from the desk of whoever signs: what to sign, the document, the signed one.
No cookie counts here: a token of each step is all that opens it.
"""

from functools import partial

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import now as current_time
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from siac.infra.ratelimit import limited
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, portal_page
from siac.signing.commands.asking import MOST_BYTES
from siac.signing.commands.porting import may_store
from siac.signing.commands.porting_peru import brought_back, fetched_document, told_arguments
from siac.signing.domain.ports import Port
from siac.ui.public import refusal_text

_MOST = MOST_BYTES + 65_536
"""Bytes of a call that brings a document: what wraps it is small."""
_LONGEST_ASK = 4096
_STATUS = {"port_ticket": 403, "upload_large": 413, "port_admission": 503, "port_admission_why": 503}
_NO_TICKET = Refused("port_ticket")
_TOO_LARGE = Refused("upload_large", limit=MOST_BYTES // (1024 * 1024))


@csrf_exempt  # the token proves that it comes from whom we gave it, and no other site can know it
@never_cache
@require_POST
@limited("signing.port", limit=240, window_seconds=300)
@portal_page
def arguments(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Tell the program what to sign, and how (some 9 SQL)."""
    if _length(request) > _LONGEST_ASK:
        return _refused(_NO_TICKET)
    try:
        text = told_arguments(
            institution=institution, token=request.POST.get("param_token", ""),
            document_at=partial(_address, institution, "peru_document"),
            upload_at=partial(_address, institution, "peru_upload"), now=current_time(),
        )  # fmt: skip
    except Refused as refused:
        return _refused(refused)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@never_cache
@require_safe
@limited("signing.port", limit=240, window_seconds=300, methods=("GET", "HEAD"))
@portal_page
def document(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Give the program the document it signs (some 8 SQL)."""
    try:
        content = fetched_document(
            institution=institution, token=request.GET.get("t", ""), now=current_time(),
            only_asked=request.method == "HEAD",
        )  # fmt: skip
    except Refused as refused:
        return _refused(refused)
    return HttpResponse(content, content_type="application/pdf")


@csrf_exempt  # as above
@never_cache
@require_http_methods(["POST"])
@limited("signing.port", limit=240, window_seconds=300)
@portal_page
def upload(request: HttpRequest, institution: Institution) -> HttpResponse:
    """Take the signed document (some 23 SQL); what is sent is read only with a token that holds."""
    token, now = request.GET.get("t", ""), current_time()
    if not may_store(institution, token, Port.FIRMAPERU, now):
        return _refused(_NO_TICKET)
    if _length(request) > _MOST:
        return _refused(_TOO_LARGE)
    file = request.FILES.get("signed_file")
    try:
        content = file.read() if file is not None else b""
        brought_back(institution=institution, token=token, content=content, now=now)
    except Refused as refused:
        return _refused(refused)
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def arguments_address(institution: Institution) -> str:
    """Return where the program asks what to sign for a body."""
    return settings.SITE_URL + reverse("portal:signing:peru_arguments", args=[institution.slug])


def _address(institution: Institution, name: str, token: str) -> str:
    return f"{settings.SITE_URL}{reverse(f'portal:signing:{name}', args=[institution.slug])}?t={token}"


def _length(request: HttpRequest) -> int:
    text = str(request.META.get("CONTENT_LENGTH") or "0")
    return int(text) if text.isascii() and text.isdigit() else _MOST + 1


def _refused(refused: Refused) -> HttpResponse:
    status = _STATUS.get(refused.code, 422)
    return HttpResponse(refusal_text(refused), status=status, content_type="text/plain; charset=utf-8")
