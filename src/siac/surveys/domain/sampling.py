# SPDX-License-Identifier: EUPL-1.2
"""Drawing a random sample that can be drawn again, whole or by quotas, and how many must be asked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from random import Random

from siac.surveys.domain.satisfaction import Z95


def sample(people: Iterable[int], size: int, seed: int) -> list[int]:
    """Return `size` of some people, all of them where there are no more, in the order of drawing. The same
    people and seed give the same sample, in whatever order they come.
    """
    return _drawn(people, size, seed)


def _drawn(people: Iterable[int], size: int, seed: int | str) -> list[int]:
    everybody = sorted(set(people))
    return Random(seed).sample(everybody, min(size, len(everybody)))  # noqa: S311 - to be drawn again


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of a list with a quota: how many are on the list, how many were wanted, and who was drawn."""

    name: str
    listed: int
    wanted: int
    drawn: tuple[int, ...]

    @property
    def is_short(self) -> bool:
        """Whether the list had fewer than were wanted."""
        return len(self.drawn) < self.wanted


def stratified(part_of: Mapping[int, str], quotas: Mapping[str, int], seed: int) -> list[Stratum]:
    """Return the parts that have a quota, by name, each with as many drawn as its quota says, or all where
    there are no more. `part_of`: the part of each person. Each part is drawn as `sample` does, by a seed of
    its own that follows from `seed`: the same list and seed give the same people.
    """
    parts: dict[str, list[int]] = {name: [] for name in quotas}
    for person, name in part_of.items():
        if name in parts:
            parts[name].append(person)
    return [
        Stratum(name, len(people), quotas[name], tuple(_drawn(people, quotas[name], f"{seed} {name}")))
        for name, people in sorted(parts.items())
    ]


def in_turn(strata: Iterable[Stratum], seed: int) -> list[int]:
    """Return all who were drawn in one order that tells nothing of the parts."""
    everybody = sorted({person for each in strata for person in each.drawn})
    Random(seed).shuffle(everybody)  # noqa: S311 - to be drawn again
    return everybody


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
