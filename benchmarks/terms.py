# SPDX-License-Identifier: EUPL-1.2
"""How many terms a second: bare look-ups, computed terms, explained terms. No database."""

import random
from collections.abc import Callable
from datetime import date
from time import perf_counter
from zoneinfo import ZoneInfo

from siac.clocks.domain.computing import Event, compute
from siac.clocks.domain.packs import rule_book
from siac.clocks.explanations import explain_term
from siac.clocks.factory import shipped_calendar


def _rate(name: str, call: Callable[[date], object], days: list[date]) -> None:
    best = float("inf")
    for _ in range(5):
        start = perf_counter()
        for day in days:
            call(day)
        best = min(best, perf_counter() - start)
    print(f"{name:<32}{best / len(days) * 1e9:>10.0f} ns{len(days) / best:>14,.0f} por segundo")


def main() -> None:
    """Print nanoseconds and computations per second, best of five."""
    random.seed(7)
    first = date(2013, 1, 1).toordinal()
    days = [date.fromordinal(first + random.randrange(5500)) for _ in range(20000)]
    calendar, book, zone = shipped_calendar("CL-AP"), rule_book(), ZoneInfo("America/Santiago")

    def term(day: date) -> object:
        return compute(book, calendar, what="CL.SAIP", country="CL", event=Event(day, zone, None, "web"))

    def told(day: date) -> object:
        found = compute(book, calendar, what="CL.SAIP", country="CL", event=Event(day, zone, None, "web"))
        return explain_term(found, calendar)

    _rate("add_business (20 días)", lambda day: calendar.add_business(day, 20), days)
    _rate("is_business", calendar.is_business, days)
    _rate("regla CL.SAIP completa", term, days)
    _rate("regla con explicación", told, days[:2000])


if __name__ == "__main__":
    main()
