# SPDX-License-Identifier: EUPL-1.2
"""Where a gateway reports what became of a notice: it comes with no key but the address that we signed."""

from django.core.signing import BadSignature
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from siac.infra.environment import text
from siac.notices.channels.sms import STATUS, field_at, masked, read_json
from siac.notices.commands.reporting import note_report
from siac.notices.domain.reports import report_of

KEPT_FOR = 14 * 24 * 3600  # seconds that an address is good for; gateways give up after three days
LARGEST = 16 * 1024  # bytes of a report


@csrf_exempt
@require_POST
def status(request: HttpRequest, token: str) -> HttpResponse:
    """Take a report, as JSON or as a form; what says nothing final is thanked for and forgotten."""
    try:
        notice_id = int(STATUS.unsign(token, max_age=KEPT_FOR))
    except (BadSignature, ValueError):
        raise Http404 from None
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length[:9]) > LARGEST:
        return HttpResponse(status=413)
    word = _word(request)
    report = report_of(word)
    if report is not None:
        note_report(notice_id, report, answer=masked(word.encode()), now=timezone.now())
    return HttpResponse(status=204)


def _word(request: HttpRequest) -> str:
    path = text("SIAC_SMS_STATUS", "status")
    if request.content_type in {"application/x-www-form-urlencoded", "multipart/form-data"}:
        return request.POST.get(path, "")
    return field_at(read_json(request.body), path)
