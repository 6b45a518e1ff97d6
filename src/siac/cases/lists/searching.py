# SPDX-License-Identifier: EUPL-1.2
"""What the search of the house finds of requests: the one of a folio or a code, the people called so, and the
requests with these words; and the requests of a person that was found.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet, Value
from django.urls import reverse

from siac.cases.access import may_read_cases, visible_to
from siac.cases.domain.numbers import folio, parse_folio
from siac.cases.domain.states import OPEN, State
from siac.cases.finding import meant_by
from siac.cases.models import Case, EndingLabel
from siac.cases.queries import kinds
from siac.cases.texts import STATE_TAGS
from siac.cases.workspace.beside_in_list import OpenedFrom
from siac.catalogue.public import topics
from siac.journal.public import record_access
from siac.organizations.public import Access, unit_tree
from siac.people.public import PeopleRight, names_and_marks, same_people
from siac.ui.public import long_date
from siac.ui.searching import Match, SearchGroup, SearchSource

_EXACT, _OF_PEOPLE, _MEANT = 0, 1, 2
_ENTRIES = 60
"""Requests of the people found that are read to tell who they are; one person may have several."""
_ROW = (
    "pk", "year", "number", "kind_id", "topic_id", "unit_id", "state", "ending", "filed_at", "due_on",
    "person_id", "text__subject",
)  # fmt: skip


def _straight(access: Access, text: str) -> str:
    """Return the case of a folio typed whole: whoever knows it wants the case, not a list of one (1 SQL, none
    where it is no folio).
    """
    number = parse_folio(text)
    if number is None or not may_read_cases(access):
        return ""
    case = visible_to(access).filter(year=number[0], number=number[1]).first()
    return reverse("workspace:cases:case", args=[access.institution.slug, case.folio]) if case else ""


def _find(access: Access, text: str, now: datetime, most: int) -> list[SearchGroup]:
    """Return what is found, with each request in the first group that has it (3 SQL at most, and 3 more where
    people are found, whose reading is noted).
    """
    if not may_read_cases(access):
        return []
    meant = meant_by(access, text)
    seen = visible_to(access)
    parts = []
    if meant.exact is not None:
        parts.append(_part(seen.filter(meant.exact), _EXACT, most + 1))
    if meant.people:
        parts.append(_part(seen.filter(person__in=meant.people), _OF_PEOPLE, _ENTRIES))
    if meant.cases is not None and meant.cases != meant.exact:
        parts.append(_part(seen.filter(meant.cases), _MEANT, most + 1 + most))
    rows = list(parts[0].union(*parts[1:], all=True)) if parts else []
    by_part = {part: [row for row in rows if row.part == part] for part in (_EXACT, _OF_PEOPLE, _MEANT)}
    exact = by_part[_EXACT]
    rest = [row for row in by_part[_MEANT] if row.pk not in {each.pk for each in exact}]
    every = {"vista": "todas", "q": text}
    url = f"{reverse('workspace:cases:list', args=[access.institution.slug])}?{urlencode(every)}"
    return [
        SearchGroup("folio", "Ese folio o código", 10, _requests(access, exact, every), url),
        SearchGroup("personas", "Personas", 40, _people(access, by_part[_OF_PEOPLE], now, most)),
        SearchGroup("solicitudes", "Solicitudes", 50, _requests(access, rest[: most + 1], every), url),
    ]


def _part(cases: QuerySet[Case], part: int, most: int) -> QuerySet[Case, Any]:
    rows = cases.annotate(part=Value(part)).order_by("-year", "-number", "-pk")
    return rows.values_list(*_ROW, "part", named=True)[:most]


def _requests(access: Access, rows: Iterable[Any], every: dict[str, str]) -> list[Match]:
    institution, suffix = access.institution, OpenedFrom(every).suffix
    by_kind, by_topic, by_unit = kinds(institution), topics(institution), unit_tree(institution).nodes
    base = reverse("workspace:cases:list", args=[institution.slug])
    found = []
    for row in rows:
        own = folio(row.year, row.number)
        told = (
            own, by_kind[row.kind_id].name, by_topic[row.topic_id].name if row.topic_id else "",
            by_unit[row.unit_id].name if row.unit_id else "Sin unidad",
            f"vence el {long_date(row.due_on)}" if row.due_on and row.state in OPEN else "",
        )  # fmt: skip
        state, colour = STATE_TAGS[row.state]
        ended = row.state == State.CLOSED and row.ending
        found.append(
            Match(
                row.text__subject or "Datos borrados",
                f"{base}{own}/{suffix}",
                [" · ".join(filter(None, told))],
                str(EndingLabel(row.ending).label) if ended else state,
                colour,
            )
        )
    return found


def _people(access: Access, rows: Sequence[Any], now: datetime, most: int) -> list[Match]:
    """Return the people of these requests, each once however often they wrote, with their last one (1 SQL,
    and 2 to note who was shown).
    """
    last = {row.person_id: row for row in reversed(rows)}
    if not last or not access.has(PeopleRight.IDENTITY):
        return []
    institution = access.institution
    names, marks = names_and_marks(institution.pk, last)
    told: list[tuple[int, Any]] = []
    known: set[int] = set()
    for person in dict.fromkeys(row.person_id for row in rows):
        own = marks.get(person, frozenset())
        if names.get(person) and not own & known:
            told.append((person, last[person]))
        known |= own
    told = told[: most + 1]
    subjects = [f"person:{person}" for person, _ in told]
    if subjects:
        record_access(institution.pk, access.user.pk, subjects, now, "search")
    base = reverse("workspace:cases:list", args=[institution.slug])
    return [
        Match(
            names[person],
            f"{base}?{urlencode({'vista': 'todas', 'persona': person})}",
            [f"La última: {folio(row.year, row.number)}, {kinds(institution)[row.kind_id].name}, "
             f"del {long_date(institution.local_date(row.filed_at))}"],
        )
        for person, row in told
    ]  # fmt: skip


def of_person(access: Access, value: str) -> tuple[str, Q] | None:
    """Return the filter of the requests of a person who was found, under whichever entry they wrote (2 SQL);
    None for whoever may not read who wrote what.
    """
    if not (value.isascii() and value.isdigit() and len(value) < 19 and access.has(PeopleRight.IDENTITY)):
        return None
    entries = same_people(access.institution.pk, int(value))
    return "De la persona encontrada", Q(person__in=[int(value), *entries])


REQUESTS = SearchSource("requests", _find, _straight)
