# SPDX-License-Identifier: EUPL-1.2
"""A table whose cells are shaded by their number: drawing and table in one."""

from collections.abc import Sequence
from dataclasses import dataclass

STEPS = 6
"""Shades; the number stands in each cell, so nothing is said by the shade alone."""


@dataclass(frozen=True, slots=True)
class HeatCell:
    """A number with where it opens what it counts; `step` is its shade, 0 where it counts nothing."""

    count: int
    url: str
    step: int


@dataclass(frozen=True, slots=True)
class HeatRow:
    """A row: its name, its cells, and their sum."""

    label: str
    cells: Sequence[HeatCell]
    total: int


@dataclass(frozen=True, slots=True)
class Heat:
    """Rows with what they say: the finding as a sentence, measure and period, and the names of the columns;
    `head`: what a row is.
    """

    title: str
    note: str
    head: str
    columns: Sequence[str]
    rows: Sequence[HeatRow]


def step_of(count: int, greatest: int) -> int:
    """Return the shade of a number: 0 of none, else 1 to 5 by its part of the greatest."""
    return 0 if not count else 1 + (STEPS - 2) * (count - 1) // max(greatest - 1, 1)
