# SPDX-License-Identifier: EUPL-1.2
"""The ring of the five steps, drawn as arcs that end in a point."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

SIZE, OUTER, INNER = 200, 96, 62
"""Points: the side of the picture, and how far from its middle the ring begins and ends."""
GAP, POINT = 0.03, 0.12
"""Radians: between two arcs, and how far the point of one reaches into it."""


@dataclass(frozen=True, slots=True)
class Arc:
    """One step of the ring: its outline, where its number stands, and whether there is anything in it."""

    path: str
    x: str
    y: str
    number: int
    is_empty: bool


def ring(filled: Sequence[bool]) -> list[Arc]:
    """Return the arcs of a ring, clockwise from the top, one for each step."""
    turn = 2 * pi / len(filled)
    return [_arc(place, turn, is_filled) for place, is_filled in enumerate(filled)]


def _arc(place: int, turn: float, is_filled: bool) -> Arc:
    begins, ends = place * turn + GAP, (place + 1) * turn - GAP
    middle = (OUTER + INNER) / 2
    path = (
        f"M{_at(OUTER, begins)} A{OUTER} {OUTER} 0 0 1 {_at(OUTER, ends)} L{_at(middle, ends + POINT)} "
        f"L{_at(INNER, ends)} A{INNER} {INNER} 0 0 0 {_at(INNER, begins)} L{_at(middle, begins + POINT)} Z"
    )
    x, y = _at(middle, (begins + ends) / 2 + POINT / 2).split(" ")
    return Arc(path, x, y, place + 1, not is_filled)


def _at(radius: float, angle: float) -> str:
    """Return a point of the picture, by its distance from the middle and its angle from the top."""
    half = SIZE / 2
    return f"{half + radius * sin(angle):.1f} {half - radius * cos(angle):.1f}"
