# SPDX-License-Identifier: EUPL-1.2
"""The rows of an exported list: the same cases, in the same order, as the list on the screen."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice
from typing import Any

from django.db.models import QuerySet

from siac.cases.decisions import says_measures
from siac.cases.domain.numbers import cover_codes
from siac.cases.models import Case, CaseMessage, Channel, MessageKind, StateLabel, words_of_outcome
from siac.cases.queries import kinds
from siac.catalogue.public import services, topics
from siac.infra.tables.rows import Column
from siac.journal.public import record_access
from siac.organizations.public import Access, Institution, unit_tree
from siac.people.public import PeopleRight, names

CHUNK = 50
"""Rows in memory at once: a web worker stays small while a list goes out, and takes no longer."""
HEADERS = (
    Column("Folio", 15),
    Column("Número original", 15),
    Column("Tipo", 22),
    Column("Estado", 14),
    Column("Canal", 14),
    Column("Tema", 22),
    Column("Servicio o trámite", 26),
    Column("Unidad", 26),
    Column("Responsable", 24),
    Column("Ingresada", 17),
    Column("Vence", 12),
    Column("Respondida", 17),
    Column("Días hábiles", 9),
    Column("Cerrada", 17),
    Column("Resultado", 20),
    Column("Causal de la denegación", 30, wraps=True),
    Column("Medidas correctivas", 40, wraps=True),
    Column("Calificación", 12),
    Column("Reservada", 10),
    Column("Lugar", 26),
    Column("Asunto", 40, wraps=True),
    Column("Texto", 70, wraps=True),
    Column("Persona", 30),
)


def headers(access: Access) -> tuple[Column, ...]:
    """Return the columns that the holder of `access` gets: names of people only with the right to
    read them.
    """
    return HEADERS if access.has(PeopleRight.IDENTITY) else HEADERS[:-1]


def list_rows(access: Access, cases: QuerySet[Case], *, now: datetime) -> Iterator[list[Any]]:
    """Yield the rows of `cases`, read through a cursor of the server, names opened fifty at a time.

    One SQL for the cases and at most three per chunk: names, corrective measures where the law of a kind
    knows them, and the entry that restricted ones were read (whoever is here to control: that all were).
    """
    wanted = cases.select_related("text", "assignee").defer("text__search", "text__answers", "text__salt")
    rows = wanted.iterator(chunk_size=CHUNK)
    with_names = access.has(PeopleRight.IDENTITY)
    while chunk := list(islice(rows, CHUNK)):
        restricted = [case.stream for case in chunk if case.is_restricted or access.audits]
        if restricted:
            record_access(access.institution.pk, access.user.pk, restricted, now, reason="export")
        people = names(access.institution.pk, [case.person_id for case in chunk]) if with_names else {}
        measures = measures_of(access.institution, [case for case in chunk if case.outcome])
        yield from _rows(access.institution, chunk, people, measures, with_names=with_names)


def measures_of(institution: Institution, cases: Sequence[Case]) -> dict[int, str]:
    """Return the latest corrective measures of cases by key (1 SQL; none where no kind among them has
    any).
    """
    by_kind = kinds(institution)
    wanted = [case.pk for case in cases if says_measures(by_kind[case.kind_id].rule_id)]
    rows = CaseMessage.objects.filter(case__in=wanted, kind=MessageKind.MEASURES).order_by("at", "pk")
    return dict(rows.values_list("case_id", "body")) if wanted else {}


def _rows(
    institution: Institution,
    cases: Sequence[Case],
    people: Mapping[int, str],
    measures: Mapping[int, str],
    *,
    with_names: bool,
) -> Iterator[list[Any]]:
    by_kind, by_topic, by_unit = kinds(institution), topics(institution), unit_tree(institution).nodes
    by_service = services(institution)
    for case in cases:
        topic, unit = by_topic.get(case.topic_id or 0), by_unit.get(case.unit_id or 0)
        row: list[Any] = [
            case.folio,
            case.original_number,
            by_kind[case.kind_id].name,
            StateLabel(case.state).label,
            Channel(case.channel).label,
            topic.name if topic else "",
            by_service[case.service_id].name if case.service_id in by_service else "",
            unit.name if unit else "",
            case.assignee.name if case.assignee else "",
            _moment(institution, case.filed_at),
            case.due_on,
            _moment(institution, case.answered_at),
            case.answer_days,
            _moment(institution, case.closed_at),
            words_of_outcome(by_kind[case.kind_id].rule_id, case.outcome),
            case.ground_words,
            cover_codes(measures.get(case.pk, "")),
            case.rating,
            "Sí" if case.is_restricted else "No",
            *map(cover_codes, (case.text.place, case.text.subject, case.text.body)),
        ]
        yield [*row, people.get(case.person_id, "") if case.person_id else "Anónima"] if with_names else row


def _moment(institution: Institution, moment: datetime | None) -> datetime | None:
    return moment.astimezone(institution.zone) if moment else None
