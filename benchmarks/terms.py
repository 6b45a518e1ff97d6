# SPDX-License-Identifier: EUPL-1.2
"""How many terms a second: bare look-ups, computed terms, explained terms. No database."""

import random
from collections.abc import Callable
from datetime import date
from time import perf_counter
from zoneinfo import ZoneInfo

from siac.clocks.domain.computing import Event, Term, compute
from siac.clocks.domain.packs import rule_book
from siac.clocks.explanations import explain_term
from siac.clocks.factory import shipped_calendar


def _rate(name: str, call: Callable[[date], object], days: list[date]) -> str:
    best = float("inf")
    for _ in range(5):
        start = perf_counter()
        for day in days:
            call(day)
        best = min(best, perf_counter() - start)
    return f"{name}: {len(days) / best:,.0f} a second, {best / len(days) * 1e6:.1f} µs each"


def rates() -> list[str]:
    """Return how many terms a second, best of five, one line a kind."""
    random.seed(7)
    calendar, book, zone = shipped_calendar("CL-AP"), rule_book(), ZoneInfo("America/Santiago")
    first = calendar.claim.whole_from or date(2013, 1, 1)
    span = (date(2027, 1, 1) - first).days
    days = [date.fromordinal(first.toordinal() + random.randrange(span)) for _ in range(20000)]

    def term(day: date) -> Term:
        return compute(book, calendar, what="CL.SAIP", country="CL", event=Event(day, zone, None, "web"))

    def told(day: date) -> object:
        return explain_term(term(day), calendar)

    return [
        _rate("terms: 20 business days on a calendar", lambda day: calendar.add_business(day, 20), days),
        _rate("terms: rule CL.SAIP", term, days),
        _rate("terms: rule CL.SAIP with the reason of each day", told, days[:2000]),
    ]
