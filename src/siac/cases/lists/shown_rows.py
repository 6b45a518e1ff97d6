# SPDX-License-Identifier: EUPL-1.2
"""What a row of the work list tells, read along with its case in one statement."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.safestring import SafeString

from siac.cases.access import may
from siac.cases.domain.numbers import folio
from siac.cases.domain.rights import CaseRight
from siac.cases.domain.states import OPEN, State
from siac.cases.due_days import DueDays
from siac.cases.lists.others import others_of
from siac.cases.models import Case, CaseMessage, Channel, EndingLabel, MessageKind
from siac.cases.ordering import asks
from siac.cases.queries import kinds
from siac.cases.suggesting.queries import unit_to_route, with_words_to_route
from siac.cases.texts import ANONYMOUS, ASKED_FOR, IDENTIFIED, STATE_TAGS
from siac.catalogue.public import topics
from siac.organizations.public import Access, unit_tree
from siac.people.public import PeopleRight, names_and_marks
from siac.ui.public import day_in_list, draw_done_day, draw_due_day, draw_tag, draw_waiting

_OF_CASE = (
    "pk",
    "year",
    "number",
    "kind_id",
    "state",
    "channel",
    "topic_id",
    "unit_id",
    "assignee_id",
    "person_id",
    "due_on",
    "answered_at",
    "replied_at",
    "reviews",
    "ending",
    "is_restricted",
    "snoozed_until",
    "version",
    "text__subject",
    "assignee__name",
    "asks",
    "wrote_today",
)
_CHANNELS = dict(Channel.choices)
_TO_ROUTE = ("stems", "unit_model")
RowRead = Any
"""A case of the list as it was read: a tuple whose names are `row_names`."""
_BY_PERSON = (
    MessageKind.INFORMATION,
    MessageKind.CONTEST,
    MessageKind.REPLY,
    MessageKind.DELAY_REPORT,
    MessageKind.WITHDRAWAL,
)


def row_names(access: Access) -> tuple[str, ...]:
    """Return what is read of each case of a list that `with_rows` prepared."""
    return (*_OF_CASE, *(_TO_ROUTE if access.has(CaseRight.CLASSIFY) else ()))


def with_rows(cases: QuerySet[Case], access: Access, *, today: date) -> QuerySet[Case]:
    """Bring along, in the same SQL, what `drawn_rows` tells of each case."""
    began = datetime.combine(today, time.min, tzinfo=access.institution.zone)
    written = CaseMessage.objects.filter(case=OuterRef("pk"), author=None, kind__in=_BY_PERSON, at__gte=began)
    rows = cases.annotate(asks=asks(), wrote_today=Exists(written))
    return with_words_to_route(rows, access.institution) if access.has(CaseRight.CLASSIFY) else rows


def drawn_rows(
    access: Access,
    cases: Sequence[RowRead],
    view: str,
    days: DueDays,
    *,
    with_others: bool = True,
    suffix: str = "",
) -> list[dict[str, Any]]:
    """Return the rows of cases read through `with_rows`.

    2 SQL where people may be read: their names, and (`with_others`) how many more of their requests this
    reader sees. `suffix` is what the address of a case keeps of the list.
    """
    institution, may_read = access.institution, access.has(PeopleRight.IDENTITY)
    ids = [case.person_id for case in cases if case.person_id] if may_read else []
    people, marks = names_and_marks(institution.pk, ids)
    others = others_of(access, marks) if with_others else {}
    by_kind, by_topic, by_unit = kinds(institution), topics(institution), unit_tree(institution).nodes
    base = reverse("workspace:cases:list", args=[institution.slug])
    rows = []
    for case in cases:
        own = folio(case.year, case.number)
        rows.append(
            {
                "pk": str(case.pk),
                "folio": own,
                "url": f"{base}{own}/{suffix}",
                "channel": _CHANNELS[case.channel],
                "subject": case.text__subject or "Datos borrados",
                "wrote": "Escribió hoy"
                if case.wrote_today
                else "Comentario sin leer"
                if case.replied_at
                else "",
                "kind": by_kind[case.kind_id].name,
                "topic": by_topic[case.topic_id].name if case.topic_id else "",
                "restricted": case.is_restricted,
                "person": people.get(case.person_id, IDENTIFIED) if case.person_id else ANONYMOUS,
                "others": others.get(case.person_id, ""),
                "unit": by_unit[case.unit_id].name if case.unit_id else "",
                "assignee": case.assignee__name or "",
                "version": str(case.version),
                "to_unit": _to_unit(access, case),
                "is_open": case.state in OPEN,
                "is_plain": case.state == State.WITH_UNIT,
                "state": _state(case),
                "due": _due(case, view, days),
                "due_on": case.due_on,
            }
        )
    return rows


def _to_unit(access: Access, case: RowRead) -> dict[str, Any] | None:
    """Return the unit that is suggested for a case without any, and whether this
    user may refer it; None where one has it.
    """
    if case.unit_id is not None or case.state not in OPEN or not may(access, case, CaseRight.CLASSIFY):
        return None
    found = unit_to_route(access.institution, case)
    if found is None:
        return {"pk": None}
    return {"pk": found[0], "name": unit_tree(access.institution).nodes[found[0]].name, "why": found[1]}


def _state(case: RowRead) -> SafeString | str:
    """Return the state in plain words; drawn as a tag only where it asks somebody for something."""
    if case.state == State.CLOSED and case.ending:
        return str(EndingLabel(case.ending).label)
    if case.asks in ASKED_FOR:
        return draw_tag(*ASKED_FOR[case.asks])
    if case.reviews and case.state in OPEN:
        return draw_tag("En revisión", "orange")
    return STATE_TAGS[case.state][0]


def _due(case: RowRead, view: str, days: DueDays) -> SafeString | str:
    if case.state not in OPEN:
        answered = days.institution.local_date(case.answered_at) if case.answered_at else None
        return draw_done_day(answered, days.today) if answered else ""
    if case.due_on is None:
        return draw_waiting("de la persona" if case.state == State.WAITING else "de un tercero")
    left = days.left(case.unit_id, case.due_on)
    back = case.snoozed_until if view == "pospuestas" else None
    below = f"vuelve el {day_in_list(back, days.today)}" if back else ""
    return draw_due_day(case.due_on, days.today, left, is_near=days.is_near(case.due_on), below=below)
