# SPDX-License-Identifier: EUPL-1.2
"""The addresses of GeoReport v2 (wiki.open311.org/GeoReport_v2).

What people wrote is told to nobody without a key: where the standard lets everybody read requests, this house
asks for one, as the parameter `api_key`, as `Authorization: Bearer`, or as the user of HTTP Basic, by which
clients that know no key for reading can give it in the address.
"""

import base64
import binascii
import functools
import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.dateparse import parse_datetime
from django.utils.timezone import now as current_time
from django.views.decorators.csrf import csrf_exempt

from siac.accounts.public import Scope, token_in_force
from siac.cases.public import (
    OPEN_STATES,
    Case,
    CaseKind,
    CaseRight,
    Channel,
    Filing,
    file_case,
    kinds,
    may_read_cases,
    parse_folio,
    visible_to,
)
from siac.infra.keyset import BadCursor, page
from siac.infra.ratelimit import client_address, hit
from siac.integrations.open311 import reading
from siac.integrations.open311.writing import TYPES, Wrong, answered, wrong
from siac.journal.public import record_access
from siac.kernel.errors import Refused
from siac.kernel.text import legible, squeeze
from siac.organizations.public import (
    Access,
    Institution,
    Throttled,
    institutions,
    open_institution,
    program_access,
)
from siac.people.public import PersonData
from siac.ui.public import refusal_text

MOST = 200
"""Requests of one answer; the next ones by `cursor`, as the header `Link` says."""
SPAN = timedelta(days=90)
CALLS = 300
"""Calls without a key that an address may make in a minute."""
_LONGEST = {
    "description": 20_000, "address_string": 200, "address_id": 60, "media_url": 500, "first_name": 200,
    "last_name": 200, "email": 200, "phone": 60, "lat": 30, "long": 30,
}  # fmt: skip
_TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
_UNREADABLE = (SuspiciousOperation, MultiPartParserError, UnreadablePostError)
View = Callable[..., HttpResponse]


def _called(*methods: str) -> Callable[[View], View]:
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


def _body(request: HttpRequest) -> Institution:
    """Return the body of `jurisdiction_id`; without one, the only one there is (2 SQL: calls are counted)."""
    verdict = hit("open311", client_address(request), CALLS, 60, current_time())
    if not verdict.allowed:
        raise Throttled(verdict.retry_after)
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


def _key(request: HttpRequest) -> str:
    """Return the key that came with a call; empty: none."""
    said = request.POST.get("api_key") or request.GET.get("api_key") or ""
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


def _access(request: HttpRequest, scope: Scope) -> Access:
    """Return what the key of a call may do in its body (4 SQL).

    Raises:
        Wrong: no key that is in force came (403, as the standard has it).
        PermissionDenied, Throttled: as `program_access`.
    """
    now = current_time()
    token = token_in_force(_key(request), now=now)
    if token is None:
        raise Wrong(403, "api_key falta o no está vigente.")
    slug = request.GET.get("jurisdiction_id") or request.POST.get("jurisdiction_id") or None
    return program_access(token, slug, scope, now=now)


@_called("GET", "HEAD")
def services(request: HttpRequest, form: str) -> HttpResponse:
    """List what can be asked for."""
    body = _body(request)
    told = [reading.service(kind) for kind in reading.services_of(body).values()]
    return answered(form, told, root="services", item="service")


@_called("GET", "HEAD")
def definition(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Tell what a service asks."""
    kind = reading.services_of(_body(request)).get(code)
    if kind is None:
        raise Wrong(404, "service_code no existe.")
    return answered(form, reading.definition(kind), root="service_definition")


@_called("GET", "HEAD", "POST")
def requests(request: HttpRequest, form: str) -> HttpResponse:
    """List requests, or file one."""
    return _file(request, form) if request.method == "POST" else _listed(request, form)


def _listed(request: HttpRequest, form: str) -> HttpResponse:
    access = _access(request, Scope.CASES_READ)
    if not may_read_cases(access):
        raise PermissionDenied("cases")
    rows = _wanted(access, request)
    try:
        shown = page(rows, ("-filed_at", "-pk"), cursor=request.GET.get("cursor") or None, size=MOST)
    except BadCursor:
        raise Wrong(400, "cursor no es de esta lista.") from None
    response = _told(form, access, shown.rows)
    if shown.next:
        asked = request.GET.copy()
        asked.pop("api_key", None)
        asked["cursor"] = shown.next
        response["Link"] = f'<{request.build_absolute_uri(request.path)}?{asked.urlencode()}>; rel="next"'
    return response


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


@_called("GET", "HEAD")
def request_page(request: HttpRequest, form: str, folio: str) -> HttpResponse:
    """Tell one request."""
    access = _access(request, Scope.CASES_READ)
    if not may_read_cases(access):
        raise PermissionDenied("cases")
    number = parse_folio(folio)
    case = _seen(access).filter(year=number[0], number=number[1]).first() if number else None
    if case is None:
        raise Wrong(404, "service_request_id no existe.")
    return _told(form, access, [case])


@_called("GET", "HEAD")
def token(request: HttpRequest, form: str, folio: str) -> HttpResponse:
    """Tell the number of a request by its token: requests get their number at once, and it is their token."""
    access = _access(request, Scope.CASES_READ)
    if not may_read_cases(access):
        raise PermissionDenied("cases")
    number = parse_folio(folio)
    case = _seen(access).filter(year=number[0], number=number[1]).first() if number else None
    if case is None:
        raise Wrong(404, "token no existe.")
    told = [{"service_request_id": case.folio, "token": case.folio}]
    return answered(form, told, root="service_requests", item="request")


def _file(request: HttpRequest, form: str) -> HttpResponse:
    """File what came as a form; 201 with its number once it is committed."""
    access = _access(request, Scope.CASES_CREATE)
    access.require(CaseRight.FILE)
    body, now = access.institution, current_time()
    kind = reading.services_of(body).get(request.POST.get("service_code", ""))
    if kind is None:
        raise Wrong(404, "service_code falta o no existe.")
    given = {name: _said(request, name) for name in _LONGEST}
    filing = Filing(
        kind_id=kind.pk,
        channel=Channel.API,
        body=_description(given),
        answers=_answers(request, kind),
        place=_place(given),
        person=_person(given),
        idempotency_key=_own_key(access, request),
    )
    case = file_case(institution=body, filing=filing, actor=access.user, now=now)
    told = [{"service_request_id": case.folio, "service_notice": "", "account_id": None}]
    status = 201 if case.filed_at == now else 200
    return answered(form, told, root="service_requests", item="request", status=status)


def _said(request: HttpRequest, name: str) -> str:
    """Return a field as it may be kept.

    Raises:
        Wrong: it is longer than anybody needs.
    """
    said = request.POST.get(name, "")
    if len(said) > _LONGEST.get(name, 4000):
        raise Wrong(400, f"{name} tiene más de {_LONGEST.get(name, 4000)} caracteres.")
    said = said.replace("\x00", "").encode("utf-8", "replace").decode()
    return legible(said) if name == "description" else squeeze(said)


def _description(given: dict[str, str]) -> str:
    """Return what is kept as text: a picture elsewhere is named, never fetched."""
    if not given["description"]:
        raise Wrong(400, "Falta description.")
    link = given["media_url"]
    return (
        f"{given['description']}\n\nEnlace que vino con la solicitud: {link}"
        if link
        else given["description"]
    )


def _place(given: dict[str, str]) -> str:
    """Return where it is, in words: the address, and the coordinates (WGS 84) that came."""
    point = f"{given['lat']}, {given['long']}" if given["lat"] and given["long"] else ""
    return "; ".join(each for each in (given["address_string"], given["address_id"], point) if each)[:200]


def _person(given: dict[str, str]) -> PersonData | None:
    if not any(given[name] for name in ("first_name", "last_name", "email", "phone")):
        return None
    return PersonData(
        given_names=given["first_name"], family_names=given["last_name"], email=given["email"],
        phone=given["phone"],
    )  # fmt: skip


def _answers(request: HttpRequest, kind: CaseKind) -> dict[str, str]:
    """Return the answers to the questions of a kind, which come as `attribute[code]`."""
    found = {}
    for question in kind.parsed_questions():
        said = _said(request, f"attribute[{question.code}]")
        if said:
            found[question.code] = said[:10] if question.type.value == "date" else said
    return found


def _own_key(access: Access, request: HttpRequest) -> str | None:
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return None
    return hashlib.sha256(f"open311\n{access.user.pk}\n{key}".encode("utf-8", "replace")).hexdigest()
