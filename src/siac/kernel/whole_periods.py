# SPDX-License-Identifier: EUPL-1.2
"""Whole months, quarters and years, and of which of them nothing is told where few answered: none of the few
is to follow by subtracting one period from another.
"""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
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
