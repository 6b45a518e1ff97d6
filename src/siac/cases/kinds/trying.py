# SPDX-License-Identifier: EUPL-1.2
"""What a kind of request would do on a given day, before anything is saved:
each term explained, each alert dated.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from siac.cases.commands.planning import calendar_of, place_for
from siac.clocks.public import (
    Amount,
    Audience,
    Explanation,
    Unit,
    WorkingCalendar,
    book_for,
    explained_term,
    parse_ladder,
)
from siac.organizations.public import Institution

_AUDIENCES = {
    Audience.ASSIGNEE: "responsable", Audience.UNIT_OFFICER: "unidad", Audience.HEAD_OF_UNIT: "jefatura",
    Audience.QUALITY_MANAGER: "calidad", Audience.AUTHORITY: "autoridad",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TriedKind:
    """What is tried: the rule and days of a kind as the form has them, saved or not."""

    rule_id: str
    standard_days: int | None
    standard_rule: str
    unit_days: int | None
    unit_id: int | None
    ladder: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Tried:
    """The legal term explained, the other terms as (name, last day), and the alerts as (day, to whom)."""

    legal: Explanation
    terms: list[tuple[str, date]]
    alerts: list[tuple[date, str]]


def try_kind(institution: Institution, kind: TriedKind, *, on: date, at: time | None, channel: str) -> Tried:
    """Return what a request that arrived on the local day `on`, at `at`, by
    `channel` (web, desk) would start.

    Raises:
        Refused: the rule is not in force on that day, or the calendar does not cover it.
    """

    book = book_for(institution)

    def term(what: str | Amount, by: str | None) -> Explanation:
        return explained_term(
            what,
            place=place_for(institution, kind.unit_id),
            zone=institution.zone,
            on=on,
            at=at,
            channel=by,
            closes_at=institution.office_closes_at,
            institution_id=institution.pk,
            book=book,
        )

    legal = term(kind.rule_id, channel)
    related = book.in_force(kind.rule_id, on).related
    terms = [
        (name, term(related[role], channel).term.due_on)
        for role, name in (("acknowledgement", "Acuse de recibo"), ("evaluation", "Evaluación inicial"))
        if role in related
    ]
    standard = f"Plazo que se da {institution.short_name}"
    if kind.standard_rule:
        terms.append((standard, term(kind.standard_rule, channel).term.due_on))
    for name, days in (
        (standard, kind.standard_days),
        ("Plazo interno de la unidad, si la recibe ese día", kind.unit_days),
    ):
        if days:
            terms.append((name, term(Amount(days, Unit.BUSINESS_DAYS), None).term.due_on))
    calendar = calendar_of(institution, kind.unit_id)
    alerts = [
        (reached_on(calendar, legal.term.due_on, step.offset), _AUDIENCES[step.to])
        for step in parse_ladder(kind.ladder)
    ]
    return Tried(legal, terms, alerts)


def reached_on(calendar: WorkingCalendar, due_on: date, offset: int) -> date:
    """Return the first day on which an alert `offset` business days after a
    last day goes out (before it, if negative).

    Raises:
        Refused: the calendar does not cover it.
    """
    if offset > 0:
        return calendar.add_business(due_on, offset)
    day = due_on
    while calendar.business_between(due_on, day - timedelta(days=1)) >= offset:
        day -= timedelta(days=1)
    return day
