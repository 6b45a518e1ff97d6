# SPDX-License-Identifier: EUPL-1.2
"""What programs may do with cases: list the kinds, file, read, list, add information."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import now as current_time
from ninja import Path, Query, Router, Schema
from ninja.responses import Status
from pydantic import Field

from siac.accounts.public import Scope
from siac.cases.access import case_for, may_read_cases, visible_to
from siac.cases.commands.citizen import add_information
from siac.cases.commands.filing import Filing, file_case
from siac.cases.domain.numbers import cover_codes
from siac.cases.domain.rights import CaseRight
from siac.cases.finding import found
from siac.cases.locking import cases_to_lock
from siac.cases.models import Case, CaseKind, Channel, StateLabel, words_of_outcome
from siac.cases.pages import clock_lines, person_of
from siac.cases.programs import schemas
from siac.cases.queries import VIEW_BY_CODE, in_view, kinds, messages_of, narrowed
from siac.catalogue.public import topics
from siac.infra.idempotency import claim, fulfil
from siac.infra.keyset import BadCursor, page
from siac.journal.public import record_access
from siac.kernel.errors import Refused
from siac.kernel.questions import dump_questions
from siac.organizations.public import (
    READING,
    WRITING,
    Access,
    IfMatch,
    Institution,
    KeyHeader,
    Problem,
    Slug,
    caller,
    check_version,
    seen_as,
    unit_tree,
)
from siac.people.public import PersonData

router = Router(tags=["solicitudes"])
PROBLEMS = {**READING, 409: Problem}
Folio = Annotated[str, Path(max_length=30, description="Año y número", example="2026-000123")]


def reader(request: HttpRequest, institution: str | None, scope: Scope, *, now: datetime) -> Access:
    """Return what the program that calls may do, where it may read any case (3 SQL).

    Raises:
        Throttled, PermissionDenied: as `caller`, or its roles let it read none.
    """
    access = caller(request, institution, scope, now=now)
    if not may_read_cases(access):
        raise PermissionDenied("cases")
    return access


@router.get("/kinds", response={200: list[schemas.KindOut], **PROBLEMS}, summary="Tipos de solicitud")
def list_kinds(request: HttpRequest, institution: Slug = None) -> list[dict[str, Any]]:
    """Return the kinds that may be filed, with their questions."""
    access = caller(request, institution, Scope.CASES_CREATE, now=current_time())
    return [
        {
            **{name: getattr(kind, name) for name in ("code", "nature", "name", "need", "hint", "on_portal")},
            "rule": kind.rule_id,
            "allows_anonymous": kind.allows_anonymous,
            "requires_document": kind.requires_document,
            "questions": dump_questions(kind.parsed_questions()),
        }
        for kind in kinds(access.institution).values()
        if kind.is_active
    ]


def changed_once(
    access: Access, operation: str, key: str | None, content: str, now: datetime, work: Callable[[], Case]
) -> Status[dict[str, Any]]:
    """Do `work` once per key of this user, and answer with what it changed: 201, or 200 where the same was
    done before (2 SQL more than `work` with a key). `content`: all that a key may not be sent again without.
    """
    if key is None:
        with transaction.atomic():
            return Status(201, _added(work()))
    institution_id, told = access.institution.pk, content.encode("utf-8", "replace")
    with transaction.atomic():
        taken = claim(institution_id, f"{operation}:{access.user.pk}", key, told, now)
        if taken.result is not None:
            kept = Case.objects.filter(institution_id=institution_id).select_related("kind")
            return Status(200, _added(kept.get(pk=taken.result)))
        case = work()
        fulfil(taken, case.pk)
    return Status(201, _added(case))


def _added(case: Case) -> dict[str, Any]:
    """Return what a change answers with. No SQL."""
    return {name: getattr(case, name) for name in ("folio", "state", "due_on", "version")}


@router.post(
    "/cases", response={201: schemas.Filed, 200: schemas.Filed, **PROBLEMS}, summary="Ingresar una solicitud"
)
def file_case_of_program(
    request: HttpRequest, data: schemas.CaseIn, institution: Slug = None, idempotency_key: KeyHeader = None
) -> Status[dict[str, Any]]:
    """File a request: 201, or 200 when the same key filed it before. Acknowledged means committed."""
    now = current_time()
    access = caller(request, institution, Scope.CASES_CREATE, now=now)
    access.require(CaseRight.FILE)
    key = data.idempotency_key or idempotency_key
    filing = _filing(access.institution, data, key and _own_key(access, key))
    case = file_case(institution=access.institution, filing=filing, actor=access.user, now=now)
    is_new = case.filed_at == now
    return Status(201 if is_new else 200, _filed(access.institution, case))


def _own_key(access: Access, key: str) -> str:
    """Return the key as the case keeps it: nobody reaches another user's case by guessing a key."""
    return hashlib.sha256(f"api\n{access.user.pk}\n{key}".encode("utf-8", "replace")).hexdigest()


def _filing(institution: Institution, data: schemas.CaseIn, key: str | None) -> Filing:
    kind = next((kind for kind in kinds(institution).values() if kind.code == data.kind), None)
    if kind is None:
        raise Refused("kind_unknown")
    person = None
    if data.person is not None:
        values = data.person.model_dump()
        person = PersonData(**{**values, "document_type": values["document_type"] or ""})
    return Filing(
        kind_id=kind.pk,
        channel=Channel.API,
        body=data.body,
        subject=data.subject,
        answers=data.answers,
        place=data.place,
        person=person,
        topic_id=data.topic,
        unit_id=data.unit,
        idempotency_key=key,
    )


def _filed(institution: Institution, case: Case) -> dict[str, Any]:
    tracking = reverse("portal:cases:track", args=[institution.slug])
    return {
        "folio": case.folio,
        "tracking_code": case.code,
        "kind": case.kind.code,
        "state": case.state,
        "filed_at": case.filed_at.astimezone(institution.zone),
        "due_on": case.due_on,
        "legal_due_on": case.legal_due_on,
        "links": {
            "self": f"{settings.SITE_URL}/api/v1/cases/{case.folio}",
            "tracking": f"{settings.SITE_URL}{tracking}?codigo={case.code}",
        },
    }


class ListQuery(Schema):
    """Filters of the work list; all that are given must hold."""

    q: schemas.Line = Field("", description="Folio, código, persona o palabras", examples=["luminaria"])
    view: str = Field("todas", description="Vista: " + ", ".join(VIEW_BY_CODE), examples=["abiertas"])
    kind: schemas.Word = Field("", description="Código del tipo", examples=["reclamo"])
    state: StateLabel | None = Field(None, description="En qué está")
    channel: Channel | None = Field(None, description="Por dónde entró")
    topic: int | None = Field(None, ge=1, le=2**62, description="Número del tema", examples=[41])
    unit: int | None = Field(
        None, ge=1, le=2**62, description="Número de la unidad que responde", examples=[7]
    )
    assignee: int | None = Field(
        None, ge=1, le=2**62, description="Número de la persona a cargo", examples=[12]
    )
    filed_from: date | None = Field(None, description="Ingresada desde ese día", examples=["2026-08-01"])
    filed_until: date | None = Field(None, description="Ingresada hasta ese día", examples=["2026-08-31"])
    since: datetime | None = Field(
        None,
        description="Solo lo ingresado, respondido o cerrado desde ese momento, con su desfase horario",
        examples=["2026-08-01T00:00:00-04:00"],
    )
    cursor: str = Field(
        "", max_length=600, description="El `next` de la página anterior", examples=["eyJrIjogWyIyMDI2Il19"]
    )
    limit: int = Field(50, ge=1, le=200, description="Cuántas por página", examples=[50])

    def parameters(self, institution: Institution) -> dict[str, str]:
        """Return the filters under the names of the work list; an unknown kind,
        topic, unit or person refuses.
        """
        by_code = {kind.code: pk for pk, kind in kinds(institution).items()}
        if self.kind and self.kind not in by_code:
            raise Refused("kind_unknown")
        if self.topic is not None and self.topic not in topics(institution):
            raise Refused("topic_unknown")
        if self.unit is not None and self.unit not in unit_tree(institution).nodes:
            raise Refused("unit_unknown")
        given = {
            "tipo": by_code.get(self.kind), "estado": self.state, "canal": self.channel, "tema": self.topic,
            "unidad": self.unit, "desde": self.filed_from, "hasta": self.filed_until,
        }  # fmt: skip
        return {name: str(value) for name, value in given.items() if value is not None}


@router.get("/cases", response={200: schemas.CaseList, **PROBLEMS}, summary="Listar solicitudes")
def list_cases(request: HttpRequest, filters: Query[ListQuery], institution: Slug = None) -> dict[str, Any]:
    """Return one page of the cases that the user may see, newest first or by due day as the view says.

    Who controls reads of every page that told something: whose key it was, by what it was narrowed, how many.
    """
    now = current_time()
    access = reader(request, institution, Scope.CASES_READ, now=now)
    body = access.institution
    view = VIEW_BY_CODE.get(filters.view)
    if view is None:
        raise Refused("view_unknown")
    rows, _ = narrowed(
        in_view(visible_to(access), view.code, access=access, today=body.local_date(now)),
        access,
        filters.parameters(body),
    )
    if filters.since is not None:
        rows = rows.filter(_moved_since(filters.since, body))
    if filters.assignee is not None:
        rows = rows.filter(assignee=filters.assignee)
    if filters.q.strip():
        rows = found(rows, access, filters.q.strip())
    rows = rows.select_related("text").defer("text__body", "text__search", "text__answers")
    try:
        shown = page(rows, view.order, cursor=filters.cursor or None, size=filters.limit)
    except BadCursor:
        raise Refused("cursor_invalid") from None
    if shown.rows:
        asked = _asked(filters, len(shown.rows))
        record_access(body.pk, access.user.pk, "cases", now, "list", by=access.by, asked=asked)
    return {"items": [_row(body, case) for case in shown.rows], "next": shown.next}


def _asked(filters: ListQuery, count: int) -> dict[str, Any]:
    """Return what the journal keeps of a list that a program read: its filters, never the words that were
    looked for, and how many requests it told.
    """
    given = filters.model_dump(exclude={"q", "cursor", "limit"}, exclude_defaults=True, mode="json")
    return {**given, "words": bool(filters.q.strip()), "more": bool(filters.cursor), "count": count}


def _moved_since(since: datetime, institution: Institution) -> Q:
    """Return the condition that a case came, was answered or ended since a moment; one without offset is the
    body's.
    """
    moment = since if since.tzinfo else since.replace(tzinfo=institution.zone)
    return Q(filed_at__gte=moment) | Q(answered_at__gte=moment) | Q(closed_at__gte=moment)


def _row(institution: Institution, case: Case) -> dict[str, Any]:
    kind: CaseKind = kinds(institution)[case.kind_id]
    topic = topics(institution)[case.topic_id] if case.topic_id else None
    unit = unit_tree(institution).nodes[case.unit_id] if case.unit_id else None
    plain = ("folio", "state", "channel", "due_on", "legal_due_on", "is_restricted")
    return {
        **{name: getattr(case, name) for name in plain},
        **{
            name: _local(institution, getattr(case, name))
            for name in ("filed_at", "answered_at", "closed_at")
        },
        "kind": kind.code,
        "nature": kind.nature,
        "subject": cover_codes(case.text.subject),
        "topic": {"id": topic.pk, "name": topic.name} if topic else None,
        "unit": {"id": unit.pk, "name": unit.name} if unit else None,
        "outcome": case.outcome or None,
        "outcome_words": words_of_outcome(kind.rule_id, case.outcome),
        "ground": case.ground or None,
        "ground_words": case.ground_words,
    }


def _local(institution: Institution, moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(institution.zone)


@router.get("/cases/{folio}", response={200: schemas.CaseOut, **PROBLEMS}, summary="Leer una solicitud")
def read_case(request: HttpRequest, folio: Folio, institution: Slug = None) -> dict[str, Any]:
    """Return a case with its clocks and what was written to and by the citizen, tracking codes covered."""
    now = current_time()
    access = reader(request, institution, Scope.CASES_READ, now=now)
    body, case = access.institution, case_for(access, folio, to=None, now=now, reveals=True)
    seen_as(request, case.version)
    return {
        **_row(body, case),
        "body": cover_codes(case.text.body),
        "place": cover_codes(case.text.place),
        "answers": {code: cover_codes(said) for code, said in case.text.answers.items()},
        "version": case.version,
        "clocks": [
            {
                **{name: getattr(line.clock, name) for name in ("kind", "label", "state", "due_on")},
                "explanation": line.explanation.sentences,
            }
            for line in clock_lines(case)
        ],
        "messages": [
            {"kind": message.kind, "at": _local(body, message.at), "body": cover_codes(message.body)}
            for message in messages_of(case, for_citizen=True)
        ],
        "person": person_of(access, case, now=now),
    }


@router.post(
    "/cases/{folio}/information",
    response={201: schemas.Added, 200: schemas.Added, **WRITING},
    summary="Agregar antecedentes",
)
def add_information_to_case(
    request: HttpRequest,
    folio: Folio,
    data: schemas.InformationIn,
    institution: Slug = None,
    idempotency_key: KeyHeader = None,
    if_match: IfMatch = None,
) -> Status[dict[str, Any]]:
    """Add information for the citizen; a term that waited for it runs again."""
    now = current_time()
    access = reader(request, institution, Scope.CASES_WRITE, now=now)
    case = case_for(access, folio, to=CaseRight.FILE, now=now)
    key = data.idempotency_key or idempotency_key

    def work() -> Case:
        still_seen(case, if_match)
        return add_information(
            institution=access.institution, case_id=case.pk, body=data.body, now=now, actor=access.user
        )

    return changed_once(access, "cases.inform", key, f"{case.pk}\n{data.body}", now, work)


def still_seen(case: Case, if_match: str | None) -> None:
    """Refuse a change of a case that is no longer as the caller saw it; it stays locked until the transaction
    ends (1 SQL, none where the caller does not ask).

    Raises:
        Refused: as `check_version`.
    """
    if if_match:
        check_version(cases_to_lock().get(pk=case.pk).version, if_match)
