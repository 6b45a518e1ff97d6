# SPDX-License-Identifier: EUPL-1.2
"""The periods that people ask figures of, and the one that each is compared with."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from siac.kernel.whole_periods import of_months

_ONE = timedelta(days=1)
EARLIEST = date(1990, 1, 1)
"""No figures are asked of days before."""


class Length(StrEnum):
    """How long a period is."""

    MONTH = "mes"
    QUARTER = "trimestre"
    YEAR = "anio"
    DAYS = "dias"


class Against(StrEnum):
    """What a period is compared with."""

    BEFORE = "anterior"
    YEAR_AGO = "anio-anterior"


_MONTHS = {Length.MONTH: 1, Length.QUARTER: 3, Length.YEAR: 12}


def months_later(day: date, months: int) -> date:
    """Return the same day so many months later; the last of its month where that has no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Window:
    """A period of local days: `first` to `end`, of which those up to `last` are here (or are today)."""

    length: Length
    first: date
    end: date
    last: date

    @property
    def days(self) -> tuple[date, date]:
        """The days that can be counted."""
        return self.first, self.last

    @property
    def is_running(self) -> bool:
        """Whether it goes on after the last day that can be counted."""
        return self.last < self.end

    def moved(self, times: int, *, today: date) -> "Window":
        """Return the period of the same length so many times later, or earlier."""
        if self.length is Length.DAYS:
            step = times * ((self.end - self.first).days + 1) * _ONE
            return between(self.first + step, self.end + step, today=today)
        return containing(self.length, months_later(self.first, times * _MONTHS[self.length]), today=today)

    def against(self, how: Against) -> tuple[date, date]:
        """Return the first and last day of what it is compared with: of one that is running, as many days
        from its beginning as have passed of this.
        """
        if how is Against.YEAR_AGO:
            first, end = months_later(self.first, -12), months_later(self.end, -12)
            if self.length is not Length.DAYS:
                end = months_later(self.first, _MONTHS[self.length] - 12) - _ONE
        else:
            earlier = self.moved(-1, today=self.end)
            first, end = earlier.first, earlier.end
        return (first, min(first + (self.last - self.first), end)) if self.is_running else (first, end)


def containing(length: Length, day: date, *, today: date) -> Window:
    """Return the month, quarter or year that has a day."""
    first, end = of_months(day, _MONTHS[length])
    return Window(length, first, end, min(end, max(today, first)))


def between(first: date, last: date, *, today: date) -> Window:
    """Return the days from one to another."""
    return Window(Length.DAYS, first, last, min(last, max(today, first)))


def months_up_to(day: date, count: int, *, today: date) -> list[Window]:
    """Return so many months, the last the one that has `day`, oldest first."""
    return windows_up_to(day, count, Length.MONTH, today=today)


def windows_up_to(day: date, count: int, length: Length, *, today: date) -> list[Window]:
    """Return so many windows of a length, the last the one that has `day`, oldest first."""
    last = containing(length, day, today=today)
    return [last.moved(place - count + 1, today=today) for place in range(count)]


def bins(values: dict[int, int], *, most: int = 12) -> list[tuple[int, int, int]]:
    """Return how many values lie in each of at most `most` steps of equal width, as (least, greatest, how
    many); the width is 1, 2, 5, or one of these times a power of ten.
    """
    if not values:
        return []
    low, high = min(values), max(values)
    width = next(
        unit * 10**power
        for power in range(12)
        for unit in (1, 2, 5)
        if high // (unit * 10**power) - low // (unit * 10**power) < most
    )
    counted: dict[int, int] = {}
    for value, n in values.items():
        counted[value // width] = counted.get(value // width, 0) + n
    steps = range(low // width, high // width + 1)
    return [(step * width, step * width + width - 1, counted.get(step, 0)) for step in steps]
