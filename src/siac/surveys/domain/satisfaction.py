# SPDX-License-Identifier: EUPL-1.2
"""Figures of satisfaction, from counts of marks; exact fractions inside, decimals where they are told.

The net index is the share of good marks less that of bad ones. Which marks are good or bad is a setting:
no law read says that they are 6-7 and 1-4 (Ley 20.342 leaves it to a regulation). The index that is told is
the plain one; its interval is worked out from counts with half a person more of each sort, which covers what
it says also where few answered.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

Z95 = Decimal("1.959964")
"""Of a normal distribution, the point that leaves 2.5 % above it."""
_HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Grades:
    """Which marks are good (`good_from` and above) and which are bad (`bad_to` and below)."""

    good_from: int
    bad_to: int

    def tally(self, marks: Mapping[int, int]) -> "Tally":
        """Return how many of some marks, counted by mark, are good, neither and bad."""
        good = sum(count for mark, count in marks.items() if mark >= self.good_from)
        bad = sum(count for mark, count in marks.items() if mark <= self.bad_to)
        return Tally(Fraction(good), Fraction(sum(marks.values()) - good - bad), Fraction(bad))


CONVENTIONS: Mapping[int, Grades] = {7: Grades(6, 4), 5: Grades(4, 2), 10: Grades(9, 6)}
"""What is usual, by the highest mark: 1-7 (Chile's MESU), 1-5, and 0-10 (recommendation)."""


@dataclass(frozen=True, slots=True)
class Tally:
    """How many answers were good, neither and bad; of weighted answers the sums of their weights."""

    good: Fraction
    neutral: Fraction
    bad: Fraction

    @property
    def n(self) -> Fraction:
        """All of them."""
        return self.good + self.neutral + self.bad

    @property
    def net(self) -> Fraction | None:
        """The net index, from -1 to 1; None of no answers."""
        return (self.good - self.bad) / self.n if self.n else None

    @property
    def variance(self) -> Fraction:
        """The variance of one answer that counts 1, 0 or -1."""
        p, q = self.good / self.n, self.bad / self.n
        return p + q - (p - q) ** 2

    @property
    def smoothed(self) -> "Tally":
        """The same with half an answer more of each sort."""
        return Tally(self.good + _HALF, self.neutral + _HALF, self.bad + _HALF)


def percent(share: Fraction | None, places: int = 1) -> Decimal | None:
    """Return a share in percent, rounded half up; None of nothing."""
    if share is None:
        return None
    step = Decimal(1).scaleb(-places)
    return (Decimal(100 * share.numerator) / Decimal(share.denominator)).quantize(step, ROUND_HALF_UP)


def told_net(tally: Tally) -> Decimal | None:
    """Return the net index as Chile's survey tells it: each share rounded to whole percent first."""
    if not tally.n:
        return None
    return _hundredths(tally.good / tally.n) - _hundredths(tally.bad / tally.n)


def _hundredths(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(Decimal("0.01"), ROUND_HALF_EVEN)


def _root(value: Fraction) -> Decimal:
    with localcontext() as exact:
        exact.prec = 28
        return (Decimal(value.numerator) / Decimal(value.denominator)).sqrt()


def correction(n: Fraction, population: int | None) -> Fraction:
    """Return by what the variance of a sample shrinks where the population is known: 0 where all answered."""
    if population is None or population <= 1:
        return Fraction(1)
    return max(Fraction(0), (population - n) / (population - 1))


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the index lies with 95 in 100, in percent; `margin` is half its width."""

    low: Decimal
    high: Decimal
    margin: Decimal


def interval(tally: Tally, *, effective: Fraction | None = None, population: int | None = None) -> Interval:
    """Return the interval of a net index. `effective`: of weighted answers, how many they are worth;
    `population`: how many could have been asked, where that is known.

    Raises:
        ValueError: nobody answered.
    """
    if not tally.n:
        raise ValueError("nobody answered")
    n = effective if effective is not None else tally.n
    scaled = _scaled(tally, n).smoothed
    share = correction(n, population)
    half = Z95 * _root(scaled.variance / scaled.n * share) * 100
    middle = (scaled.good - scaled.bad) / scaled.n if share else tally.net
    assert middle is not None
    centre = Decimal(100 * middle.numerator) / Decimal(middle.denominator)
    low, high = max(Decimal(-100), centre - half), min(Decimal(100), centre + half)
    tenth = Decimal("0.1")
    return Interval(
        low.quantize(tenth, ROUND_HALF_UP), high.quantize(tenth, ROUND_HALF_UP),
        half.quantize(tenth, ROUND_HALF_UP),
    )  # fmt: skip


def _scaled(tally: Tally, n: Fraction) -> Tally:
    factor = n / tally.n
    return Tally(tally.good * factor, tally.neutral * factor, tally.bad * factor)


def wilson(met: int, n: int) -> tuple[Decimal, Decimal]:
    """Return the 95 % interval of a share, in percent to one decimal, by Wilson.

    Raises:
        ValueError: of nothing, or more than all met it.
    """
    if not 0 <= met <= n or n == 0:
        raise ValueError("no share")
    z2 = Fraction(Z95) ** 2
    p = Fraction(met, n)
    whole = 1 + z2 / n
    centre = (p + z2 / (2 * n)) / whole
    half = Z95 * _root(p * (1 - p) / n + z2 / (4 * n * n)) / _exact(whole)
    tenth = Decimal("0.1")
    low, high = (100 * (_exact(centre) + sign * half) for sign in (-1, 1))
    return (
        max(Decimal(0), low).quantize(tenth, ROUND_HALF_UP),
        min(Decimal(100), high).quantize(tenth, ROUND_HALF_UP),
    )


def _exact(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def effective_n(weights: Sequence[Fraction]) -> Fraction:
    """Return how many plain answers some weighted ones are worth (Kish).

    Raises:
        ValueError: no weight, or none above 0.
    """
    total = sum(weights, Fraction(0))
    if total <= 0 or any(weight < 0 for weight in weights):
        raise ValueError("no weights")
    return total**2 / sum((weight**2 for weight in weights), Fraction(0))


@dataclass(frozen=True, slots=True)
class Growth:
    """What changed from one measurement to the next, in percentage points, and how sure that is."""

    points: Decimal
    margin: Decimal
    is_significant: bool
    """Whether chance alone would bring it in fewer than 5 of 100 pairs of samples, by the exact numbers."""


def growth(
    before: Tally, after: Tally, *, populations: tuple[int | None, int | None] = (None, None)
) -> Growth:
    """Return the growth between two separate samples; of a panel, which asks the same people, it says
    nothing.

    Raises:
        ValueError: nobody answered in one of them.
    """
    if before.net is None or after.net is None:
        raise ValueError("nobody answered")
    variance = Fraction(0)
    for tally, population in zip((before, after), populations, strict=True):
        smooth = tally.smoothed
        variance += smooth.variance / smooth.n * correction(tally.n, population)
    points, margin = _exact(100 * (after.net - before.net)), 100 * Z95 * _root(variance)
    tenth = Decimal("0.1")
    told, apart = points.quantize(tenth, ROUND_HALF_UP), margin.quantize(tenth, ROUND_HALF_UP)
    return Growth(told, apart, abs(points) > margin)


def mean(marks: Mapping[int, int]) -> Decimal | None:
    """Return the mean of marks counted by mark, to one decimal; None of none."""
    n = sum(marks.values())
    if not n:
        return None
    total = sum(mark * count for mark, count in marks.items())
    return (Decimal(total) / Decimal(n)).quantize(Decimal("0.1"), ROUND_HALF_UP)


def top_two(marks: Mapping[int, int], highest: int) -> Decimal | None:
    """Return the share of the two highest marks in percent; None of none."""
    n = sum(marks.values())
    return percent(Fraction(marks.get(highest, 0) + marks.get(highest - 1, 0), n)) if n else None
