# SPDX-License-Identifier: EUPL-1.2
"""Whole months, quarters and years, and of which of them nothing is told where few answered: none of the few
is to follow by subtracting one period from another.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter or year: `2026-08`, `2026-T3`, `2026`."""

    code: str
    first: date
    last: date

    @property
    def is_quarter(self) -> bool:
        """Whether it is one of the four of a year."""
        return "T" in self.code

    @property
    def is_year(self) -> bool:
        """Whether it is a whole year."""
        return "-" not in self.code

    def holds(self, other: "Period") -> bool:
        """Return whether another lies in it, or is it."""
        return self.first <= other.first and other.last <= self.last


def of_months(day: date, months: int) -> tuple[date, date]:
    """Return the first and last local day of so many months (1, 2, 3, 4, 6 or 12) from one that begins with
    January, in which a day lies.
    """
    first = day.replace(day=1, month=(day.month - 1) // months * months + 1)
    last = first.month + months - 1
    return first, first.replace(month=last, day=monthrange(first.year, last)[1])


def month(day: date) -> Period:
    """Return the month of a day."""
    return Period(f"{day.year:04}-{day.month:02}", *of_months(day, 1))


def quarter(day: date) -> Period:
    """Return the quarter of a day."""
    return Period(f"{day.year:04}-T{(day.month - 1) // 3 + 1}", *of_months(day, 3))


def year(day: date) -> Period:
    """Return the year of a day."""
    return Period(f"{day.year:04}", *of_months(day, 12))


def periods(months: Iterable[date], *, today: date) -> list[Period]:
    """Return the years, quarters and months of some days that are over, of each sort the newest first."""
    days = sorted(set(months), reverse=True)
    found = [each(day) for each in (year, quarter, month) for day in days]
    return [each for each in dict.fromkeys(found) if each.last < today]


def untold(sizes: Mapping[date, int], *, today: date, least: int) -> set[str]:
    """Return the codes of the periods that are over and of which nothing is told, by how many answered in
    each month (its first day).

    Each is decided once and for all when it ends, the longest first: who read a month while its quarter went
    on, or has it on paper, still knows it when the quarter is told. A period is told where neither it, nor
    what is left of it or of a longer one beside those that are told, are fewer than `least`.
    """
    by_year: dict[int, dict[date, int]] = {}
    for first, size in sizes.items():
        if size:
            by_year.setdefault(first.year, {})[first] = size
    found: set[str] = set()
    for of in by_year.values():
        chains = {first: [each(first) for each in (month, quarter, year)] for first in of}
        over = {each for chain in chains.values() for each in chain if each.last < today}
        told: set[str] = set()
        for period in sorted(over, key=lambda each: (each.last, each.first)):
            with_it = told | {period.code}
            around = [each for each in over if each.code in with_it and each.holds(period)]
            if all(not 0 < _left(each, of, chains, with_it) < least for each in around):
                told = with_it
        found |= {each.code for each in over} - told
    return found


def _left(
    period: Period, sizes: Mapping[date, int], chains: Mapping[date, list[Period]], told: set[str]
) -> int:
    """Return how many answered in a period outside the shorter ones in it that are told."""
    return sum(
        size
        for first, size in sizes.items()
        if period in chains[first]
        and not any(each.code in told for each in chains[first][: chains[first].index(period)])
    )


def whole(first: date, last: date, *, today: date) -> Period | None:
    """Return the month, quarter or year that two days are the first and last of; None where they are of none,
    or it is not over.
    """
    if last >= today:
        return None
    return next(
        (each for of in (month, quarter, year) if (each := of(first)).first == first and each.last == last),
        None,
    )
