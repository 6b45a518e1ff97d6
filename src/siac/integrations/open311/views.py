# SPDX-License-Identifier: EUPL-1.2
"""The addresses of GeoReport v2 (wiki.open311.org/GeoReport_v2).

What a body offers is told to everybody. What people wrote is told to nobody without a key, nor how their
request goes: the standard lets everybody read requests, but a body publishes figures that it decided on and
no single request (decision 32), and who has its code follows it (decision 18); a number goes up by one and
would open every other. The key comes as the parameter `api_key`, as `Authorization: Bearer`, or as the user
of HTTP Basic, by which clients that know no key for reading can give it in the address.
"""

from django.http import HttpRequest, HttpResponse

from siac.integrations.open311 import reading
from siac.integrations.open311.door import body_of, called
from siac.integrations.open311.filing import filed
from siac.integrations.open311.telling import listed, request_page, token
from siac.integrations.open311.writing import Wrong, answered

__all__ = ["definition", "request_page", "requests", "services", "token"]


@called("GET", "HEAD")
def services(request: HttpRequest, form: str) -> HttpResponse:
    """List what can be asked for."""
    body = body_of(request)
    told = [reading.service(kind) for kind in reading.services_of(body).values()]
    return answered(form, told, root="services", item="service")


@called("GET", "HEAD")
def definition(request: HttpRequest, form: str, code: str) -> HttpResponse:
    """Tell what a service asks."""
    kind = reading.services_of(body_of(request)).get(code)
    if kind is None:
        raise Wrong(404, "service_code no existe.")
    return answered(form, reading.definition(kind), root="service_definition")


@called("GET", "HEAD", "POST")
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
    return filed(request, form) if request.method == "POST" else listed(request, form)
