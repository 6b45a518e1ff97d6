# SPDX-License-Identifier: EUPL-1.2
"""Whole months, quarters and years, and of which of them nothing is told where few answered: none of the few
is to follow by subtracting one period from another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from siac.kernel.hiding import hidden


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


def _end(first: date, months: int) -> date:
    ahead = first.month - 1 + months
    return date(first.year + ahead // 12, ahead % 12 + 1, 1) - timedelta(days=1)


def month(day: date) -> Period:
    """Return the month of a day."""
    first = day.replace(day=1)
    return Period(f"{first.year:04}-{first.month:02}", first, _end(first, 1))


def quarter(day: date) -> Period:
    """Return the quarter of a day."""
    number = (day.month - 1) // 3
    first = date(day.year, number * 3 + 1, 1)
    return Period(f"{first.year:04}-T{number + 1}", first, _end(first, 3))


def year(day: date) -> Period:
    """Return the year of a day."""
    return Period(f"{day.year:04}", date(day.year, 1, 1), date(day.year, 12, 31))


def periods(months: Iterable[date], *, today: date) -> list[Period]:
    """Return the years, quarters and months of some days that are over, of each sort the newest first."""
    days = sorted(set(months), reverse=True)
    found = [each(day) for each in (year, quarter, month) for day in days]
    return [each for each in dict.fromkeys(found) if each.last < today]


def untold(sizes: Mapping[date, int], *, today: date, least: int) -> set[str]:
    """Return the codes of the periods of which nothing is told, by how many answered in each month (its first
    day): of a month that is over nothing else is known, of those in a quarter or year that is over their sum.
    """
    of: dict[str, int] = {}
    above: dict[str, str] = {}
    roots: dict[str, set[str]] = {}
    for first, size in sizes.items():
        chain = [each(first) for each in (month, quarter, year)]
        known = [each.code for each in chain if each.last < today]
        for code in known:
            of[code] = of.get(code, 0) + size
        above |= dict(pairwise(known))
        if known:
            roots.setdefault(known[-1], set()).update(known)
    found: set[str] = set()
    for codes in roots.values():
        found |= hidden({code: of[code] for code in codes}, above, least=least)
    return found


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
