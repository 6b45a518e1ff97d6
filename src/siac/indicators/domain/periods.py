# SPDX-License-Identifier: EUPL-1.2
"""Days, months and years: how a range of local days is put together from the periods that are kept."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

DAY, MONTH, YEAR = "d", "m", "y"
_ONE = timedelta(days=1)
KEPT_MONTHS = 13
"""Days are kept for the month of today and so many before it; months and years for ever."""


class Period(NamedTuple):
    """A day, a month or a year, by its first local day."""

    grain: str
    first: date

    @property
    def last(self) -> date:
        """Its last local day."""
        if self.grain == DAY:
            return self.first
        return (
            next_month(self.first) if self.grain == MONTH else self.first.replace(year=self.first.year + 1)
        ) - _ONE


def next_month(first: date) -> date:
    """Return the first day of the month after the one that begins on `first`."""
    return (first.replace(day=28) + 4 * _ONE).replace(day=1)


def month_of(day: date) -> date:
    """Return the first day of its month."""
    return day.replace(day=1)


def year_of(day: date) -> date:
    """Return the first day of its year."""
    return day.replace(month=1, day=1)


def days_kept_from(today: date) -> date:
    """Return the first local day of which days are kept on `today`."""
    months = today.year * 12 + today.month - 1 - KEPT_MONTHS
    return date(months // 12, months % 12 + 1, 1)


def spans(first: date, last: date, *, today: date) -> list[Period] | None:
    """Return the fewest kept periods that are exactly the local days `first` to `last`, in order; None where
    the range begins or ends within a month of which no days are kept. An empty range has none.
    """
    found = list(_spans(first, last))
    kept = days_kept_from(today)
    return None if any(each.grain == DAY and each.first < kept for each in found) else found


def _spans(day: date, last: date) -> Iterator[Period]:
    while day <= last:
        for grain, starts in ((YEAR, year_of(day) == day), (MONTH, day.day == 1), (DAY, True)):
            period = Period(grain, day)
            if starts and period.last <= last:
                break
        yield period
        day = period.last + _ONE


def columns(first: date, last: date, by: str) -> list[tuple[date, date]]:
    """Return the periods of a grain that `first` to `last` touches, each as its first and last local day
    within the range.
    """
    found, day = [], first
    while day <= last:
        begun = {DAY: day, MONTH: month_of(day), YEAR: year_of(day)}[by]
        end = min(Period(by, begun).last, last)
        found.append((day, end))
        day = end + _ONE
    return found
