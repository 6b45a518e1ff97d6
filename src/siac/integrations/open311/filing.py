# SPDX-License-Identifier: EUPL-1.2
"""Filing a request that came as a form."""

import hashlib

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now as current_time

from siac.accounts.public import Scope
from siac.cases.public import CaseKind, CaseRight, Channel, Filing, file_case
from siac.integrations.open311 import reading
from siac.integrations.open311.door import access_by_key
from siac.integrations.open311.writing import Wrong, answered
from siac.kernel.text import legible, squeeze
from siac.organizations.public import Access
from siac.people.public import PersonData

_LONGEST = {
    "description": 20_000, "address_string": 200, "address_id": 60, "media_url": 500, "first_name": 200,
    "last_name": 200, "email": 200, "phone": 60, "lat": 30, "long": 30,
}  # fmt: skip


def filed(request: HttpRequest, form: str) -> HttpResponse:
    """File what came as a form; 201 with its number once it is committed."""
    access = access_by_key(request, Scope.CASES_CREATE)
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
