# SPDX-License-Identifier: EUPL-1.2
"""Answers weighted by the known shares of groups: who is too few among the answers counts more."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from siac.kernel.errors import Refused
from siac.surveys.domain.satisfaction import Grades, Tally


@dataclass(frozen=True, slots=True)
class Cell:
    """Those who gave one answer to the question that is weighted by, with their marks, counted by mark."""

    name: str
    marks: Mapping[int, int]

    @property
    def n(self) -> int:
        """How many they are."""
        return sum(self.marks.values())


@dataclass(frozen=True, slots=True)
class Weighed:
    """What weighting comes to: what one answer of each cell counts, the weighted tally, and how many plain
    answers it is worth (Kish).
    """

    weights: Mapping[str, Fraction]
    tally: Tally
    effective: Fraction


def may_be_weighed(cells: Sequence[Cell], left_over: int, *, least: int) -> bool:
    """Return whether weights may be tried: with all the weight on one cell its index is told, so each must be
    large enough, and so must those who gave a mark and no answer to the other question, if there are any.
    """
    there = [cell.n for cell in cells if cell.n]
    return len(there) > 1 and min(there) >= least and (left_over == 0 or left_over >= least)


def weigh(cells: Sequence[Cell], shares: Mapping[str, Fraction], grades: Grades) -> Weighed:
    """Return what cells come to when each has its share of the whole; shares sum to 1, and the weights keep
    the number of answers.

    Raises:
        Refused: a cell that nobody is in has a share (weights_empty), or the shares do not sum to 1
            (weights_sum).
    """
    n = sum(cell.n for cell in cells)
    if sum(shares.values(), Fraction(0)) != 1 or n == 0:
        raise Refused("weights_sum")
    weights: dict[str, Fraction] = {}
    for cell in cells:
        share = shares.get(cell.name, Fraction(0))
        if share and not cell.n:
            raise Refused("weights_empty", name=cell.name)
        weights[cell.name] = share * n / cell.n if cell.n else Fraction(0)
    tallies = [(weights[cell.name], grades.tally(cell.marks)) for cell in cells if cell.n]
    summed = Tally(
        sum((weight * each.good for weight, each in tallies), Fraction(0)),
        sum((weight * each.neutral for weight, each in tallies), Fraction(0)),
        sum((weight * each.bad for weight, each in tallies), Fraction(0)),
    )
    squares = sum((weights[cell.name] ** 2 * cell.n for cell in cells), Fraction(0))
    return Weighed(weights, summed, summed.n**2 / squares)
