# SPDX-License-Identifier: EUPL-1.2
"""What the page without network asks of the server, in JSON: how things stand, a device, one record."""

import json
from datetime import datetime
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.timezone import now as current_time
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from siac.accounts.public import User
from siac.infra.ratelimit import hit
from siac.kernel.errors import Refused
from siac.offline.commands.devices import prepare_device, proven_device
from siac.offline.commands.receiving import NO_ROLE, NO_SESSION, receive
from siac.offline.domain.record import BODY_LIMIT, moment, read
from siac.offline.domain.rights import OfflineRight
from siac.offline.models import OfflineDevice, OfflineRecord, RecordState
from siac.offline.queries import package
from siac.offline.texts import HELD_WORDS
from siac.organizations.public import (
    Access,
    Institution,
    access_in,
    open_institution,
    staff_access,
    staff_page,
)
from siac.ui.public import refusal_text

SENT_PER_HOUR = 6000
"""Of one device: all that it holds, and each of it three times."""
_CONFLICTS = {
    "idempotency_key_reused": 409,
    "offline_other_person": 409,
    "offline_revoked": 403,
    "offline_full": 429,
}


@require_safe
@staff_page(OfflineRight.CAPTURE)
def status(request: HttpRequest, access: Access) -> HttpResponse:
    """Tell a page whose officer is signed in what time it is here, and what its forms are filled from."""
    now = current_time()
    told = {
        "now": now.isoformat(),
        "csrf": get_token(request),
        "package": package(access.institution, now=now),
    }
    return _json(told)


@require_POST
@staff_page(OfflineRight.CAPTURE)
def prepare(request: HttpRequest, access: Access) -> HttpResponse:
    """Prepare a device, and tell it once what it proves itself with."""
    now = current_time()
    try:
        device, secret = prepare_device(
            institution=access.institution, name=request.POST.get("name", ""), officer=access.user, now=now
        )
    except Refused as refused:
        return _refused(refused, 422)
    told = {"key": str(device.key), "secret": secret, "name": device.name, "now": now.isoformat()}
    return _json({**told, "package": package(access.institution, now=now)})


@csrf_exempt  # what proves a device is in the body, and no other site can know it
@require_POST
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one record. The device proves itself; who is signed in decides whether it is filed or held.

    A session that ended answers 401, and the page asks to sign in again; what is sent with `review` needs no
    session, and is held for somebody who looks at it.
    """
    institution = open_institution(slug)
    if institution is None:
        raise Http404(slug)
    body = _body(request)
    device = _device(institution, body)
    if device is None:
        return _stranger(request, slug)
    verdict = hit("offline.send", str(device.pk), SENT_PER_HOUR, 3600, current_time())
    if not verdict.allowed:
        return _json({"code": "too_many"}, 429)
    user, to_review = request.user, body.get("review") is True
    if not isinstance(user, User) and not to_review:
        return _json({"code": "signed_out"}, 401)
    access, reason = None, NO_SESSION
    if isinstance(user, User) and not to_review:
        if user.pk != device.officer_id:
            return _refused(Refused("offline_other_person"))
        access, reason = _access(user, slug), NO_ROLE
    return _take(institution, device, body, access, reason)


def _take(
    institution: Institution, device: OfflineDevice, body: dict[str, Any], access: Access | None, reason: str
) -> HttpResponse:
    try:
        row = receive(
            institution=institution,
            device=device,
            told=read(body.get("record")),
            sent_at=_moment(body),
            access=access,
            now=current_time(),
            reason=reason,
        )
    except Refused as refused:
        return _refused(refused)
    return _json(answer_of(row))


def answer_of(row: OfflineRecord) -> dict[str, Any]:
    """Return what a device is told of a record, whenever it asks again. No SQL."""
    told: dict[str, Any] = {"id": str(row.uuid), "state": row.state, "words": row.get_state_display()}
    if row.state == RecordState.FILED and row.case is not None:
        told["folio"] = row.case.folio
        told["due_on"] = row.case.due_on.isoformat() if row.case.due_on else None
    if row.state == RecordState.HELD:
        told["why"] = HELD_WORDS.get(row.reason) or refusal_text(Refused(row.reason))
    return told


def _access(user: User, slug: str) -> Access | None:
    try:
        return access_in(user, slug)
    except PermissionDenied:
        return None


def _body(request: HttpRequest) -> dict[str, Any]:
    """Return what was sent; nothing where it is too long or no JSON."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if (
        request.content_type != "application/json"
        or not length.isascii()
        or not length.isdigit()
        or int(length) > BODY_LIMIT
    ):
        return {}
    try:
        found = json.loads(request.body)
    except ValueError:  # no text, or no JSON
        return {}
    except RecursionError:
        return {}
    return found if isinstance(found, dict) else {}


def _device(institution: Institution, body: dict[str, Any]) -> OfflineDevice | None:
    key, secret = body.get("device"), body.get("secret")
    if not (isinstance(key, str) and isinstance(secret, str) and len(key) <= 40 and len(secret) <= 80):
        return None
    return proven_device(institution, key, secret)


def _stranger(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer what no device of this body sent: as any page of the house, and nothing is taken."""
    if not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path())
    staff_access(request, slug, OfflineRight.CAPTURE)
    return _refused(Refused("offline_no_device"), 422)


def _moment(body: dict[str, Any]) -> datetime:
    return moment(body.get("sent_at"))


def _refused(refused: Refused, status: int | None = None) -> JsonResponse:
    code = str(refused.code)
    return _json({"code": code, "message": refusal_text(refused)}, status or _CONFLICTS.get(code, 422))


def _json(told: dict[str, Any], status: int = 200) -> JsonResponse:
    response = JsonResponse(told, status=status)
    response["Cache-Control"] = "private, no-store"
    return response
