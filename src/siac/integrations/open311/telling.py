# SPDX-License-Identifier: EUPL-1.2
"""Telling requests: a list of them, one, or the number of one."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import now as current_time

from siac.accounts.public import Scope
from siac.cases.public import OPEN_STATES, Case, kinds, may_read_cases, parse_folio, visible_to
from siac.infra.keyset import BadCursor, page
from siac.integrations.open311 import reading
from siac.integrations.open311.door import access_by_key, called
from siac.integrations.open311.writing import Wrong, answered
from siac.journal.public import record_access
from siac.organizations.public import Access, Institution

MOST = 200
"""Requests of one answer; the next ones by `cursor`, as the header `Link` says."""
SPAN = timedelta(days=90)


def listed(request: HttpRequest, form: str) -> HttpResponse:
    """List requests, 200 at most and 90 days unless some are named."""
    access = access_by_key(request, Scope.CASES_READ)
    if not may_read_cases(access):
        raise PermissionDenied("cases")
    rows = _wanted(access, request)
    try:
        shown = page(rows, ("-filed_at", "-pk"), cursor=request.GET.get("cursor") or None, size=MOST)
    except BadCursor:
        raise Wrong(400, "cursor no es de esta lista.") from None
    response = _told(form, access, shown.rows)
    if shown.rows:
        asked = _asked(request, len(shown.rows))
        record_access(
            access.institution.pk, access.user.pk, "cases", current_time(), "list", by=access.by, asked=asked
        )
    if shown.next:
        asked = request.GET.copy()
        asked.pop("api_key", None)
        asked["cursor"] = shown.next
        response["Link"] = f'<{request.build_absolute_uri(request.path)}?{asked.urlencode()}>; rel="next"'
    return response


def _asked(request: HttpRequest, count: int) -> dict[str, Any]:
    """Return what the journal keeps of a list that a program read, as of one by the API: by what it was
    narrowed, and how many requests it told.
    """
    names = ("service_code", "status", "start_date", "end_date")
    given = {name: request.GET[name][:200] for name in names if request.GET.get(name)}
    if ids := request.GET.get("service_request_id"):
        given = {"service_request_id": f"{ids.count(',') + 1}"}
    return {"by": "open311", **given, "words": False, "more": "cursor" in request.GET, "count": count}


def _told(form: str, access: Access, rows: list[Case]) -> HttpResponse:
    """Tell requests; that whoever is here to control read them is kept, as everywhere (2 SQL more then)."""
    body = access.institution
    if access.audits and rows:
        read = [case.stream for case in rows]
        record_access(body.pk, access.user.pk, read, current_time(), reason="open311", by=access.by)
    for case in rows:
        case.kind = kinds(body)[case.kind_id]
    told = [reading.request(body, case) for case in rows]
    return answered(form, told, root="service_requests", item="request")


def _seen(access: Access) -> "QuerySet[Case]":
    """Return the cases that are told at all: never restricted ones, nor what was erased."""
    rows = visible_to(access).filter(is_restricted=False, erased_at=None)
    return rows.select_related("text").defer("text__search", "text__answers")


def _wanted(access: Access, request: HttpRequest) -> "QuerySet[Case]":
    """Return the cases that a call asks for: some by their numbers, else those of at most 90 days."""
    rows = _seen(access)
    if ids := request.GET.get("service_request_id", ""):
        numbers = [parse_folio(each.strip()) for each in ids.split(",")[:MOST]]
        wanted = Q(pk__in=[])
        for number in filter(None, numbers):
            wanted |= Q(year=number[0], number=number[1])
        return rows.filter(wanted)
    first, last = _days(access.institution, request)
    rows = rows.filter(filed_at__gte=first, filed_at__lte=last)
    if codes := request.GET.get("service_code", ""):
        asked = set(codes.split(","))
        rows = rows.filter(kind__in=[pk for pk, k in kinds(access.institution).items() if k.code in asked])
    status = {each.strip() for each in request.GET.get("status", "").split(",")} - {""}
    if not status <= {"open", "closed"}:
        raise Wrong(400, "status es open o closed.")
    if len(status) == 1:
        is_open = Q(state__in=OPEN_STATES)  # also one that was answered and is contested
        rows = rows.filter(is_open if status == {"open"} else ~is_open)
    return rows


def _days(institution: Institution, request: HttpRequest) -> tuple[datetime, datetime]:
    """Return from when until when: as asked, 90 days at most (the standard); without days, the last 90."""
    first, last = (_moment(institution, request, name) for name in ("start_date", "end_date"))
    now = current_time()
    if first is None:
        last = last or now
        return last - SPAN, last
    last = last or min(first + SPAN, now)
    return first, min(last, first + SPAN)


def _moment(institution: Institution, request: HttpRequest, name: str) -> datetime | None:
    said = request.GET.get(name, "").strip()
    if not said:
        return None
    try:
        moment = parse_datetime(said)
    except ValueError:
        moment = None
    if moment is None or not 1900 <= moment.year <= 9000:
        raise Wrong(400, f"{name} no es un momento: use 2026-08-01T00:00:00Z.")
    return moment if moment.tzinfo else moment.replace(tzinfo=institution.zone)


def _one(request: HttpRequest, folio: str, field: str) -> tuple[Access, Case]:
    """Return who asks, and the request of a number.

    Raises:
        Wrong: there is none, or it is not told; `field` is what the number came as.
    """
    access = access_by_key(request, Scope.CASES_READ)
    if not may_read_cases(access):
        raise PermissionDenied("cases")
    number = parse_folio(folio)
    case = _seen(access).filter(year=number[0], number=number[1]).first() if number else None
    if case is None:
        raise Wrong(404, f"{field} no existe.")
    return access, case


@called("GET", "HEAD")
def request_page(request: HttpRequest, form: str, folio: str) -> HttpResponse:
    """Tell one request."""
    access, case = _one(request, folio, "service_request_id")
    return _told(form, access, [case])


@called("GET", "HEAD")
def token(request: HttpRequest, form: str, folio: str) -> HttpResponse:
    """Tell the number of a request by its token: requests get their number at once, and it is their token."""
    _, case = _one(request, folio, "token")
    told = [{"service_request_id": case.folio, "token": case.folio}]
    return answered(form, told, root="service_requests", item="request")
