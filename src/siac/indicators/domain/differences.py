# SPDX-License-Identifier: EUPL-1.2
"""Whether one group is treated otherwise than the others, or whether that may be chance.

A share is compared with that of the others by the interval of Newcombe (1998, method 10, from Wilson's) and
by Fisher's exact test, or where at least ten are expected in each of the four cells by the normal one. Values
(days, marks) are compared by their ranks (Mann and Whitney, ties allowed for), because a few very late ones
would decide a mean. Who looks at many groups finds a difference somewhere by chance alone: all comparisons of
a page are corrected together (Holm 1979).

Probabilities are floats: they are told as one of three words, never as figures.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from math import exp, lgamma, sqrt
from statistics import NormalDist

Z95 = NormalDist().inv_cdf(0.975)
LEAST_EXPECTED = 10
"""Expected in each cell of two by two: from there on the normal test says what the exact one says."""
LEAST_VALUES = 8
"""Of fewer values on either side ranks say nothing that could be told apart from chance."""
ALPHA = 0.05
_TENTH = Decimal("0.1")


class Verdict(StrEnum):
    """What can be said of a difference."""

    BEYOND_CHANCE = "beyond_chance"
    MAY_BE_CHANCE = "may_be_chance"
    TOO_FEW = "too_few"


@dataclass(frozen=True, slots=True)
class Part:
    """How many of how many."""

    met: int
    n: int

    @property
    def share(self) -> float:
        """From 0 to 1; of nobody 0."""
        return self.met / self.n if self.n else 0.0


@dataclass(frozen=True, slots=True)
class Difference:
    """How far one group is from the others. Of shares: percentage points, with the interval that has it 95
    times in 100. Of values: in how many of 100 pairs of one of each the value of the group is the higher one
    (half of the ties with it), less 50; no interval. `chance`: how often a difference like it or a greater
    one comes about by chance; None where they are too few to say.
    """

    by: Decimal
    low: Decimal | None
    high: Decimal | None
    chance: float | None


def of_shares(group: Part, others: Part) -> Difference | None:
    """Return how far the share of a group is from that of the others; None where either is nobody."""
    if not group.n or not others.n:
        return None
    low, high = _newcombe(group, others)
    by = group.share - others.share
    return Difference(_points(by), _points(low), _points(high), _chance_of_shares(group, others))


def of_values(group: Mapping[int, int], others: Mapping[int, int]) -> Difference | None:
    """Return how far the values of a group are from those of the others, each as often as it occurred; None
    where either has none.
    """
    n, m = sum(group.values()), sum(others.values())
    if not n or not m:
        return None
    above = _pairs_above(group, others)
    chance = _chance_of_ranks(group, others, above) if min(n, m) >= LEAST_VALUES else None
    return Difference(_points(above / (n * m) - 0.5), None, None, chance)


def verdicts(differences: Sequence[Difference | None], *, alpha: float = ALPHA) -> list[Verdict]:
    """Return what can be said of each of the comparisons that somebody sees together (Holm): the smallest
    chance must be below `alpha` through how many there are, the next below `alpha` through one less, and so
    on until one is not.
    """
    found = [
        Verdict.TOO_FEW if each is None or each.chance is None else Verdict.MAY_BE_CHANCE
        for each in differences
    ]
    ranked = sorted(
        (each.chance, place)
        for place, each in enumerate(differences)
        if each is not None and each.chance is not None
    )
    for rank, (chance, place) in enumerate(ranked):
        if chance > alpha / (len(ranked) - rank):
            break
        found[place] = Verdict.BEYOND_CHANCE
    return found


def _points(share: float) -> Decimal:
    return Decimal(repr(share * 100)).quantize(_TENTH, ROUND_HALF_UP)


def wilson(part: Part) -> tuple[float, float]:
    """Return the interval of Wilson (1927) that has a share 95 times in 100, from 0 to 1; of somebody."""
    share, n, z = part.share, part.n, Z95
    middle = (share + z * z / (2 * n)) / (1 + z * z / n)
    half = z * sqrt(share * (1 - share) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return middle - half, middle + half


def _newcombe(group: Part, others: Part) -> tuple[float, float]:
    (low, high), (low_, high_) = wilson(group), wilson(others)
    by = group.share - others.share
    return (
        by - sqrt((group.share - low) ** 2 + (high_ - others.share) ** 2),
        by + sqrt((high - group.share) ** 2 + (others.share - low_) ** 2),
    )


def _chance_of_shares(group: Part, others: Part) -> float:
    n, met = group.n + others.n, group.met + others.met
    least = min(part.n * each / n for part in (group, others) for each in (met, n - met))
    if least < LEAST_EXPECTED:
        return _fisher(group, others)
    pooled = met / n
    spread = sqrt(pooled * (1 - pooled) * (1 / group.n + 1 / others.n))
    return _two_sided((group.share - others.share) / spread)


def _fisher(group: Part, others: Part) -> float:
    """Return the chance of a table as odd as this one or odder, with its margins held."""
    met = group.met + others.met
    first, last = max(0, met - others.n), min(met, group.n)
    logs = [
        _choose(group.n, each) + _choose(others.n, met - each) - _choose(group.n + others.n, met)
        for each in range(first, last + 1)
    ]
    seen = logs[group.met - first] + 1e-7
    return min(1.0, sum(exp(each) for each in logs if each <= seen))


def _choose(n: int, k: int) -> float:
    return lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1)


def _pairs_above(group: Mapping[int, int], others: Mapping[int, int]) -> float:
    """Return in how many pairs the value of the group is the higher one, ties as halves."""
    below, found = 0, 0.0
    for value in sorted({*group, *others}):
        same = others.get(value, 0)
        found += group.get(value, 0) * (below + same / 2)
        below += same
    return found


def _chance_of_ranks(group: Mapping[int, int], others: Mapping[int, int], above: float) -> float:
    n, m = sum(group.values()), sum(others.values())
    ties = [group.get(value, 0) + others.get(value, 0) for value in {*group, *others}]
    tied = sum(each**3 - each for each in ties) / ((n + m) * (n + m - 1))
    spread = sqrt(n * m / 12 * (n + m + 1 - tied))
    if not spread:
        return 1.0
    away = max(0.0, abs(above - n * m / 2) - 0.5)
    return _two_sided(away / spread)


def _two_sided(z: float) -> float:
    return 2 * (1 - NormalDist().cdf(abs(z)))
