# SPDX-License-Identifier: EUPL-1.2
"""Every due date explains itself: one entry per day after day 0, counted or not and why, and short ranges."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from siac.clocks.domain.amounts import Unit
from siac.clocks.domain.calendar import WorkingCalendar
from siac.clocks.domain.computing import Term
from siac.clocks.domain.terms import RESTART, Pause

COUNTED, SATURDAY, SUNDAY, DAY_OFF, PAUSED, RESTARTED, ROLLED = (
    "counted", "saturday", "sunday", "day_off", "paused", "restarted", "rolled",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Day:
    """One calendar day of a term. `number` is its place in the count (None when it does not count)."""

    date: date
    counted: bool
    number: int | None
    reason: str
    names: tuple[str, ...] = ()
    layers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Range:
    """Consecutive days that share a reason."""

    start: date
    end: date
    counted: bool
    reason: str
    names: tuple[str, ...] = ()


def explain(term: Term, calendar: WorkingCalendar) -> list[Day]:
    """Return every day from the one after day 0 to the due day, both included.

    As many days are counted as the term is long (business or calendar days); of a term in months
    every calendar day counts up to the day of the same number. A restarted term counts from its
    restart. Days after the last that can count are only there because the term ended on a day off,
    or waited for an answer with nothing left.
    """
    days = []
    number = 0
    last_restart = max((p.answered_on for p in term.pauses if p.mode == RESTART), default=None)
    for day in _each(term.start.day0 + timedelta(days=1), term.due_on):
        reason, names, layers = _reason(day, term, calendar, last_restart)
        counted = reason == COUNTED
        number += counted
        days.append(Day(day, counted, number if counted else None, reason, names, layers))
    return days


def _each(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


def _reason(
    day: date, term: Term, calendar: WorkingCalendar, restart: date | None
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    if restart is not None and day <= restart:
        return RESTARTED, (), ()
    off = calendar.reasons(day)
    names, layers = tuple(why.name for why in off), tuple(why.layer for why in off)
    if _waiting(day, term.pauses):
        return PAUSED, names, layers
    if term.total.unit is not Unit.BUSINESS_DAYS:
        return (COUNTED if day <= term.counted_to else ROLLED), names, layers
    if calendar.is_business(day) and day > term.counted_to:
        return ROLLED, names, layers
    if calendar.is_business(day):
        return COUNTED, (), ()
    weekend = {5: SATURDAY, 6: SUNDAY}.get(day.weekday())
    return weekend or DAY_OFF, names, layers


def _waiting(day: date, pauses: Sequence[Pause]) -> bool:
    return any(pause.asked_on < day <= pause.answered_on for pause in pauses)


def ranges(days: Sequence[Day]) -> list[Range]:
    """Fold consecutive days of one reason (and, for days off, one name) into ranges."""
    found = []
    for (counted, reason, names), group in groupby(
        days, key=lambda day: (day.counted, day.reason, day.names)
    ):
        run = list(group)
        found.append(Range(run[0].date, run[-1].date, counted, reason, names))
    return found
