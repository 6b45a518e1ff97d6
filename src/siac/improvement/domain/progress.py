# SPDX-License-Identifier: EUPL-1.2
"""How far a plan is: exact, from whole numbers."""

from collections.abc import Iterable
from fractions import Fraction

MOST_WEIGHT = 100


def weighted(parts: Iterable[tuple[int, int]]) -> Fraction | None:
    """Return how many hundredths are done of all, each part as (weight, hundredths done); None where nothing
    has any weight.
    """
    found = list(parts)
    total = sum(weight for weight, _ in found)
    return Fraction(sum(weight * done for weight, done in found), total) if total else None


def whole(percent: Fraction | None) -> int:
    """Return hundredths as people read them: rounded half up, but 100 only of what is done whole, and 0 only
    of what nobody began.
    """
    if percent is None or not percent:
        return 0
    if percent >= 100:
        return 100
    return min(99, max(1, int(percent + Fraction(1, 2))))
