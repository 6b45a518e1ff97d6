# SPDX-License-Identifier: EUPL-1.2
"""New due days for many live clocks at once: a look-up in a table each, not a term built for each.

Gives what `reckoning.term_of` gives, one by one, and only what a change of calendar can change.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.domain.calendar import WorkingCalendar
from siac.clocks.domain.terms import due, end_of
from siac.clocks.models import Clock
from siac.clocks.queries.calendars import place_of
from siac.clocks.reckoning import rule_of, term_of
from siac.kernel.errors import Refused


class Live(NamedTuple):
    """The columns of a live clock that its due day hangs on, and whose it is; as
    `values_list(*Live._fields)` reads them.
    """

    id: int
    institution_id: int
    subject_type: str
    subject_id: int
    label: str
    place: str
    office_id: int | None
    decreed: bool
    time_zone: str
    rule_id: str
    rule_version: int
    unit: str
    amount: int
    extended_amount: int | None
    event_on: date
    start_reason: str
    day0: date
    started_at: datetime
    due_on: date
    due_at: datetime
    pauses: list[dict[str, Any]]
    missed_at: datetime | None = None

    @property
    def calendar_key(self) -> "CalendarKey":
        """What its calendar depends on."""
        return self.place, self.institution_id, self.office_id, self.decreed


CalendarKey = tuple[str, int, int | None, bool]
"""Place, body, unit whose closures count, whether decreed days off count."""


class NewDue(NamedTuple):
    """A clock with the day and instant it ends on a calendar, and the versions
    of that calendar; no day: not covered.
    """

    clock: Live
    due_on: date | None
    due_at: datetime
    stamp: str


def live_rows(rows: Iterable[tuple[Any, ...]]) -> list[Live]:
    """Return rows of `values_list(*Live._fields)` with their names."""
    return [Live._make(row) for row in rows]


def recomputed(rows: Sequence[Live], calendar_of: Callable[[CalendarKey], WorkingCalendar]) -> list[NewDue]:
    """Return when each clock ends on the calendar that `calendar_of` gives, in the order of `rows`.

    A clock that would leave the covered years has no day, and keeps the instant it had.
    """
    by_calendar: dict[CalendarKey, list[int]] = defaultdict(list)
    for index, row in enumerate(rows):
        by_calendar[row.calendar_key].append(index)
    found: list[NewDue | None] = [None] * len(rows)
    for key, indexes in by_calendar.items():
        calendar = calendar_of(key)
        for index, new in zip(indexes, _on_one([rows[index] for index in indexes], calendar), strict=True):
            found[index] = new
    return [new for new in found if new is not None]


def _on_one(rows: Sequence[Live], calendar: WorkingCalendar) -> list[NewDue]:
    plain = [index for index, row in enumerate(rows) if row.unit == Unit.BUSINESS_DAYS and not row.pauses]
    days: dict[int, date] = {}
    try:
        starts = [rows[index].day0 for index in plain]
        lengths = [rows[index].extended_amount or rows[index].amount for index in plain]
        days = dict(zip(plain, calendar.add_business_each(starts, lengths), strict=True))
    except Refused:
        pass  # one of them leaves the covered years: each is computed by itself below
    ends: dict[tuple[date, str], datetime] = {}
    known: dict[tuple[Any, ...], date | None] = {}
    return [_one(row, days.get(index), calendar, ends, known) for index, row in enumerate(rows)]


def _one(
    row: Live,
    day: date | None,
    calendar: WorkingCalendar,
    ends: dict[tuple[date, str], datetime],
    known: dict[tuple[Any, ...], date | None],
) -> NewDue:
    if day is None and (row.pauses or Unit(row.unit).is_exact):
        return _alone(row, calendar)
    if day is None:
        length = row.extended_amount or row.amount
        key = (row.day0, length, row.unit, row.rule_id, row.rule_version)
        day = known[key] if key in known else known.setdefault(key, _due_on(row, length, calendar))
    if day is None:
        return NewDue(row, None, row.due_at, calendar.stamp)
    end = ends.get((day, row.time_zone))
    if end is None:
        end = ends[(day, row.time_zone)] = end_of(day, ZoneInfo(row.time_zone))
    return NewDue(row, day, end, calendar.stamp)


def _clock(row: Live) -> Clock:
    return Clock(**row._asdict())


def _due_on(row: Live, length: int, calendar: WorkingCalendar) -> date | None:
    rule = rule_of(_clock(row))
    reckon = partial(due, calendar, day0=row.day0, amount=Amount(length, Unit(row.unit)))
    try:
        return reckon(country=place_of(row.place).country, roll=rule.roll if rule else None).on
    except Refused:
        return None


def _alone(row: Live, calendar: WorkingCalendar) -> NewDue:
    try:
        term = term_of(_clock(row), calendar)
    except Refused:
        return NewDue(row, None, row.due_at, calendar.stamp)
    return NewDue(row, term.due_on, term.due_at, calendar.stamp)
