# SPDX-License-Identifier: EUPL-1.2
"""Drawing a simple random sample that can be drawn again, and how many must be asked."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from random import Random

from siac.surveys.domain.satisfaction import Z95


def sample(people: Iterable[int], size: int, seed: int) -> list[int]:
    """Return `size` of some people, all of them where there are no more, in the order of drawing. The same
    people and seed give the same sample, in whatever order they come.
    """
    everybody = sorted(set(people))
    return Random(seed).sample(everybody, min(size, len(everybody)))  # noqa: S311 - to be drawn again


def needed(margin: Decimal, population: int) -> int:
    """Return how many answers give a share at most `margin` percentage points of error with 95 in 100, of a
    population, where half say yes.

    Raises:
        ValueError: there is no margin.
    """
    if margin <= 0:
        raise ValueError("no margin")
    unlimited = (Z95 * 50 / margin) ** 2
    found = unlimited / (1 + (unlimited - 1) / population) if population else Decimal(0)
    return int(found.to_integral_value(ROUND_CEILING))
