# SPDX-License-Identifier: EUPL-1.2
"""Whether a figure moved between two windows of days by more than chance explains: never why.

Shares are compared by the interval of Newcombe and Fisher's or the normal test, values (days, marks) by their
ranks: `domain.differences`. How many things there were is compared by the exact test of two Poisson counts
(Przyborowski and Wilenski 1940): given all of both windows, how many fall into the later one. What is neither
(a stock, the greatest value, a quotient) is not compared. Of too few nothing is said.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import exp, lgamma, log

from siac.indicators.domain.differences import ALPHA, Difference, Part, of_shares, of_values, wilson
from siac.indicators.domain.results import Counted, Worth
from siac.infra.metrics import SHARES, Better, Statistic

LEAST = 10
"""Of fewer things on either side nothing is said."""
COMPARED_AS_VALUES = (Statistic.MEDIAN, Statistic.P90, Statistic.MEAN)
_TENTH = Decimal("0.1")


class Effect(StrEnum):
    """What can be said of two windows of the same figure."""

    BETTER = "better"
    WORSE = "worse"
    NONE_SEEN = "none_seen"
    """Chance may explain the difference; that there is none does not follow."""
    TOO_FEW = "too_few"


class Doubt(StrEnum):
    """What a reader of a comparison must know besides."""

    DEFINITION = "definition"
    """The indicator is defined otherwise today: both windows were counted as it was defined before."""
    ROWS = "rows"
    """The rows of the window before are others today: those kept then were compared."""
    HIDDEN = "hidden"
    """Of one window nothing may be told: too few answered, or it would tell of somebody."""
    NOT_COMPARED = "not_compared"
    """Nothing is told apart from chance of this sort of figure, or it is written down by hand."""
    SEASON = "season"
    """The windows are not the same months of a year: a season may explain what differs."""


@dataclass(frozen=True, slots=True)
class Compared:
    """Two windows of a figure and what can be said. `difference.by`: of shares percentage points, of values
    pairs in 100 beyond the half, of counts per cent more or fewer a day; None where nothing is said.
    """

    effect: Effect
    before: Worth
    after: Worth
    difference: Difference | None


def compare(
    before: Sequence[Counted],
    after: Sequence[Counted],
    worths: tuple[Worth, Worth],
    days: tuple[int, int],
    statistic: Statistic,
    *,
    better: Better,
) -> Compared:
    """Return what can be said of the rows of two windows, so many days long, told by one statistic; `worths`
    are what they say, the earlier one first.
    """
    told, told_after = worths
    difference = _difference(before, after, worths, days, statistic)
    if difference is None or difference.chance is None:
        return Compared(Effect.TOO_FEW, told, told_after, None)
    effect = Effect.NONE_SEEN
    if difference.chance <= ALPHA and difference.by and _is_borne_out(worths, difference, statistic):
        is_higher = difference.by > 0
        effect = Effect.BETTER if is_higher is (better is Better.HIGHER) else Effect.WORSE
    return Compared(effect, told, told_after, difference)


def _is_borne_out(worths: tuple[Worth, Worth], difference: Difference, statistic: Statistic) -> bool:
    """Return whether the figure that people read moved the way its ranks say: a mean may rise where most
    values fell, because of a few very great ones, and nobody is told that it fell.
    """
    was, now = worths[0].value, worths[1].value
    if statistic not in COMPARED_AS_VALUES or was is None or now is None:
        return True
    return now != was and (now > was) is (difference.by > 0)


def _difference(
    before: Sequence[Counted],
    after: Sequence[Counted],
    worths: tuple[Worth, Worth],
    days: tuple[int, int],
    statistic: Statistic,
) -> Difference | None:
    if statistic is Statistic.COUNT:
        return of_counts((len(before), days[0]), (len(after), days[1]))
    if min(len(before), len(after)) < LEAST or None in (worths[0].value, worths[1].value):
        return None
    if statistic in SHARES:
        was, now = (Part(worth.met, worth.total) for worth in worths)
        return of_shares(now, was)
    if statistic in COMPARED_AS_VALUES:
        told = [Counter(row.value for row in rows if row.value is not None) for rows in (before, after)]
        return of_values(told[1], told[0])
    return None


def of_counts(before: tuple[int, int], after: tuple[int, int]) -> Difference | None:
    """Return how much more often a day something happened, in per cent of before, with its interval; both are
    (how many, days). None where they are too few to say, or where nothing happened before.
    """
    (was, days), (now, days_after) = before, after
    total = was + now
    if total < LEAST or not days or not days_after:
        return None
    share = days_after / (days + days_after)
    low, high = wilson(Part(now, total))
    ratio = (now / days_after) / (was / days) if was else None
    if ratio is None:
        return None

    def as_ratio(part: float) -> float:
        part = min(max(part, 0.0), 1 - 1e-9)
        return part / (1 - part) * days / days_after

    return Difference(
        _percent(ratio), _percent(as_ratio(low)), _percent(as_ratio(high)), _chance(now, total, share)
    )


def _percent(ratio: float) -> Decimal:
    return Decimal(repr((ratio - 1) * 100)).quantize(_TENTH, ROUND_HALF_UP)


def _chance(met: int, n: int, share: float) -> float:
    """Return the chance of a number as odd as this one or odder, of `n` that each come up with `share`."""
    logs = [
        lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) + k * log(share) + (n - k) * log(1 - share)
        for k in range(n + 1)
    ]
    seen = logs[met] + 1e-7
    return min(1.0, sum(exp(each) for each in logs if each <= seen))
