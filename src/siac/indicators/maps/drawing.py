# SPDX-License-Identifier: EUPL-1.2
"""A figure by territory as a map: classes with a pattern as well as a colour, what is hidden hatched."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from siac.indicators.figures.profiles import Profile, ToldGroup
from siac.indicators.models import TerritoryShapes

CLASSES = 4
HIDDEN, EMPTY = "oculto", "vacio"


@dataclass(frozen=True, slots=True)
class Area:
    """An area of a map: its path, how it is filled, and what it says."""

    path: str
    fill: str
    title: str


@dataclass(frozen=True, slots=True)
class Map:
    """A map: what it shows in words, its areas, and the legend as (fill, words)."""

    title: str
    width: int
    height: int
    areas: Sequence[Area]
    legend: Sequence[tuple[str, str]]
    source: str


FEW, NO_CASES = "Pocos casos: no se muestra", "Sin casos"


def map_of(profile: Profile, shapes: TerritoryShapes) -> Map | None:
    """Return the map of a profile by territory; None where no area of it has anything to tell. No SQL."""
    return drawn({line.member: line for line in profile.lines}, profile.names, shapes)


def drawn(
    lines: Mapping[str, ToldGroup],
    names: Mapping[str, str],
    shapes: TerritoryShapes,
    *,
    hidden: str = FEW,
    empty: str = NO_CASES,
) -> Map | None:
    """Return a map of what is told of areas, by code, `names` in words; None where none of them has anything
    to tell. `hidden` and `empty`: what the legend calls areas that are hidden, or of which nothing is told.
    No SQL.
    """
    shown = {code: lines.get(code) for code in shapes.areas}
    told = [line for line in shown.values() if line is not None]
    if not told:
        return None
    said = {Decimal(line.number): line.value for line in told if line.number is not None}
    steps = _steps(sorted(said))
    areas = [
        Area(path, _fill(line, steps), f"{names.get(code, code)}: {_words(line, empty)}")
        for code, path in shapes.areas.items()
        for line in [shown[code]]
    ]
    legend = [(f"clase-{place}", _range(said[low], said[high])) for place, (low, high) in enumerate(steps)]
    fills = {area.fill for area in areas}
    legend += [(HIDDEN, hidden)] if HIDDEN in fills else []
    legend += [(EMPTY, empty)] if EMPTY in fills else []
    return Map(_title(told), shapes.width, shapes.height, areas, legend, shapes.source)


def _title(told: Sequence[ToldGroup]) -> str:
    """Return which area has most, of those whose figure is shown."""
    most = max(
        (line for line in told if line.number is not None),
        key=lambda line: (Decimal(line.number or 0), line.name),
        default=None,
    )
    if most is None:
        return "Ninguna de las áreas tiene bastantes casos para mostrar los suyos."
    return f"Lo más alto: {most.value}, «{most.name}»."


def _steps(values: Sequence[Decimal]) -> list[tuple[Decimal, Decimal]]:
    """Return at most four classes with about as many different values in each, from the least to the
    greatest.
    """
    if not values:
        return []
    count = min(CLASSES, len(values))
    cuts = [round(place * len(values) / count) for place in range(count + 1)]
    return [(values[low], values[high - 1]) for low, high in pairwise(cuts) if high > low]


def _fill(line: ToldGroup | None, steps: Sequence[tuple[Decimal, Decimal]]) -> str:
    if line is None:
        return EMPTY
    if line.number is None:
        return HIDDEN if line.is_hidden else EMPTY
    place = next(at for at, (_, high) in enumerate(steps) if Decimal(line.number) <= high)
    return f"clase-{place}"


def _words(line: ToldGroup | None, empty: str) -> str:
    if line is None:
        return empty.lower()
    if line.is_hidden:
        return "pocos casos"
    return f"{line.value} {line.of}".strip()


def _range(low: str, high: str) -> str:
    return low if low == high else f"{low} a {high}"
