# SPDX-License-Identifier: EUPL-1.2
"""The figures of a demand plan: whole requests by month and by part, with ranges, that add up."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil, floor, isqrt

from siac.indicators.domain.forecasting import (
    BackTest,
    Calendar,
    Series,
    back_test,
    fitted,
    month_forecast,
    month_naive,
)


@dataclass(frozen=True, slots=True)
class Expected:
    """How many requests a month is to bring; `low` and `high` are None where no range is known."""

    count: int
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Foretold:
    """A year foretold: each month (its first day), and how the past spoke for it. `is_own`: by the model;
    else by the naive forecast, which was not further off.
    """

    months: Mapping[date, Expected]
    is_own: bool
    test: BackTest
    has_months: bool
    """Whether the model tells months apart, which takes two whole years."""


def foretell(series: Series, calendar: Calendar, year: int) -> Foretold | None:
    """Return what each month of a year is to bring, from all that is known; None with less than four weeks
    of days. The model is used only where it was nearer to the body's own past than the naive forecast.
    """
    months = [date(year, place, 1) for place in range(1, 13)]
    test = back_test(series, calendar)
    own = month_forecast(series, calendar, months) if test.is_own_better else None
    told = own if own is not None else month_naive(series, calendar, months)
    if told is None:
        return None
    found = {}
    for month, count in zip(months, told, strict=True):
        found[month] = ranged(round(count), spread_at(test, series.end, month))
    model = fitted(series, calendar) if own is not None else None
    return Foretold(found, own is not None, test, model is not None and model.months is not None)


def spread_at(test: BackTest, end: date, month: date) -> Fraction | None:
    """Return by what part of the forecast a month may be off, up or down, where days are known up to `end`;
    of one farther away than any that was tried, as of the farthest. None where no range is known.
    """
    ahead = min(_ahead(end, month), max(test.spreads, default=0))
    return test.spreads.get(max(ahead, min(test.spreads, default=0)))


def _ahead(end: date, month: date) -> int:
    """Return how many months after the last known day a month lies; 1 for the next or the same."""
    return max(1, (month.year - end.year) * 12 + month.month - end.month + 1)


def ranged(count: int, spread: Fraction | None) -> Expected:
    """Return a count with the range it is to lie in eight times of ten, if the spread is known: `spread` of
    it, and what small numbers do by chance (1.28 times the root of the count), up and down.
    """
    if spread is None:
        return Expected(count)
    # √((spread · count)² + 1.64 · count), in hundredths and rounded up
    off = Fraction(isqrt(ceil(((spread * count) ** 2 + Fraction(164, 100) * count) * 10_000)) + 1, 100)
    return Expected(count, max(0, floor(count - off)), ceil(count + off))


def shared(count: int, weights: Mapping[str, int]) -> dict[str, int]:
    """Return a whole number shared among parts by their weights so that the parts add up to it: the largest
    remainders round up, of equal ones the first by name. Without any weight nobody gets anything.
    """
    whole = sum(weights.values())
    if not whole:
        return {}
    exact = {part: Fraction(count * weight, whole) for part, weight in weights.items()}
    found = {part: floor(value) for part, value in exact.items()}
    left = count - sum(found.values())
    for part in sorted(exact, key=lambda each: (found[each] - exact[each], each))[:left]:
        found[part] += 1
    return found


def weights_of(recent: Mapping[str, Sequence[int]]) -> dict[str, int]:
    """Return how much each part weighs, from what it brought in each of the last months, oldest first: a
    month counts its place (the latest of twelve twelve times the first), so that what is new counts more.
    """
    found = {part: sum(place * n for place, n in enumerate(counts, 1)) for part, counts in recent.items()}
    return {part: weight for part, weight in found.items() if weight}
