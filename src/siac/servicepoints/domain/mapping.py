# SPDX-License-Identifier: EUPL-1.2
"""A map of places without anybody's tiles: the outlines of territories, and a numbered pin for each place.

All lengths are units of the outline, its origin at the north-west; without an outline, of a plain sheet.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import cos, hypot, pi, radians, sin

from siac.servicepoints.domain.geography import Coordinates

SHEET = 1000.0
"""Width of a plain sheet."""
DEGREE = 111.195
"""Kilometres of a degree of latitude."""
_SHAPE = 0.75
"""Height of the map by its width."""
_LEAST = 6.0
"""Kilometres that a map shows at least, so that a street is not a country."""
_PIN = 0.03
"""Radius of a pin by the width of the map."""
_NAMED, _ALONE = 0.034, 0.045
"""Size of letters by the width of the map; of one that names nothing, which is small on its page."""
_MARGIN = 0.18
_NUMBERS = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_LENGTHS = tuple(step * 10**power for power in range(4) for step in (1, 2, 5))


@dataclass(frozen=True, slots=True)
class Outline:
    """Territories as paths by their code, and where they lie: degrees of the north-west corner, and how many
    units a degree of longitude and of latitude has.
    """

    areas: Mapping[str, str]
    west: float
    north: float
    across: float
    down: float
    source: str = ""

    def at(self, place: Coordinates) -> tuple[float, float]:
        """Return where a place lies on it."""
        x, y = float(place.longitude) - self.west, self.north - float(place.latitude)
        return x * self.across, y * self.down

    def middle_of(self, code: str) -> Coordinates | None:
        """Return the middle of a territory; None of one without a shape."""
        box = _box(self.areas.get(code, ""))
        if box is None:
            return None
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        step = Decimal("0.000001")
        return Coordinates(
            Decimal(self.north - y / self.down).quantize(step),
            Decimal(self.west + x / self.across).quantize(step),
        )


def plain(places: Sequence[Coordinates]) -> Outline:
    """Return a sheet without territories that some places lie on."""
    west = min(float(each.longitude) for each in places)
    north = max(float(each.latitude) for each in places)
    narrow = max(cos(radians(north)), 0.01)
    return Outline({}, west, north, SHEET * narrow, SHEET)


@dataclass(frozen=True, slots=True)
class Mark:
    """A place to be shown: its number in the list, what it is called, whether it is open (None: unknown)."""

    number: int
    title: str
    place: Coordinates
    is_open: bool | None


@dataclass(frozen=True, slots=True)
class Pin:
    """A pin: where the place is, where its number stands, how it is filled and what it says."""

    number: int
    x: str
    y: str
    label_x: str
    label_y: str
    text_y: str
    look: str
    title: str

    @property
    def is_beside(self) -> bool:
        """Whether its number stands beside the place, where another one's stands on it."""
        return (self.x, self.y) != (self.label_x, self.label_y)


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a territory, where it stands."""

    text: str
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class PointMap:
    """A map, ready to be drawn; lengths as SVG writes them."""

    box: str
    left: str
    top: str
    width: str
    height: str
    areas: Sequence[str]
    names: Sequence[Name]
    pins: Sequence[Pin]
    radius: str
    dot: str
    line: str
    pin_font: str
    name_font: str
    scale: tuple[str, str, str, str]
    """The bar of the scale: from x, to x, y, and how long it is in words."""
    source: str


def point_map(marks: Sequence[Mark], outline: Outline | None, names: Mapping[str, str]) -> PointMap | None:
    """Return the map of some places over the outline, cut to where they are; None of no places.

    `names`: those of territories by code. Pins that would lie on each other stand beside their place, joined
    by a line.
    """
    if not marks:
        return None
    sheet = outline or plain([each.place for each in marks])
    placed = [(each, *sheet.at(each.place)) for each in marks]
    left, top, width = _cut(sheet, [(x, y) for _, x, y in placed])
    height, radius = width * _SHAPE, width * _PIN
    shown = {
        code: box
        for code, path in sheet.areas.items()
        for box in [_box(path)]
        if box and box[0] < left + width and box[2] > left and box[1] < top + height and box[3] > top
    }
    pins = [
        Pin(
            mark.number, _n(x), _n(y), _n(label_x), _n(label_y), _n(label_y + radius * 0.38),
            {True: "open", False: "closed", None: "unknown"}[mark.is_open], mark.title,
        )
        for (mark, x, y), (label_x, label_y) in zip(placed, _apart(placed, radius), strict=True)
    ]  # fmt: skip
    return PointMap(
        f"{_n(left)} {_n(top)} {_n(width)} {_n(height)}", _n(left), _n(top), _n(width), _n(height),
        [sheet.areas[code] for code in shown],
        list(_named(shown, names, (left, top, left + width, top + height))), pins, _n(radius),
        _n(radius * 0.3), _n(radius * 0.14), _n(radius * 1.1), _n(width * (_NAMED if names else _ALONE)),
        _bar(sheet, left, top + height, width), sheet.source,
    )  # fmt: skip


def _n(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _box(path: str) -> tuple[float, float, float, float] | None:
    """Return the corners of a path: west, north, east, south."""
    found = [float(each) for each in _NUMBERS.findall(path)]
    if len(found) < 4:
        return None
    return min(found[::2]), min(found[1::2]), max(found[::2]), max(found[1::2])


def _cut(sheet: Outline, dots: Sequence[tuple[float, float]]) -> tuple[float, float, float]:
    """Return the left, the top and the width of what is shown: all places with room around them."""
    west, east = min(x for x, _ in dots), max(x for x, _ in dots)
    north, south = min(y for _, y in dots), max(y for _, y in dots)
    least = _LEAST * sheet.down / DEGREE
    width = max((east - west), (south - north) / _SHAPE, least) * (1 + 2 * _MARGIN)
    return (west + east - width) / 2, (north + south - width * _SHAPE) / 2, width


def _apart(placed: Sequence[tuple[Mark, float, float]], radius: float) -> Iterator[tuple[float, float]]:
    """Yield where the number of each place stands: on it, or beside where another one is."""
    taken: list[tuple[float, float]] = []
    for _, x, y in placed:
        free = (at for at in _around(x, y, radius) if all(_far(at, other, radius) for other in taken))
        spot = next(free, (x, y))
        taken.append(spot)
        yield spot


def _around(x: float, y: float, radius: float) -> Iterator[tuple[float, float]]:
    yield x, y
    for ring in range(1, 8):
        for turn in range(8):
            angle = pi / 4 * turn
            yield x + cos(angle) * radius * 2.3 * ring, y - sin(angle) * radius * 2.3 * ring


def _far(one: tuple[float, float], other: tuple[float, float], radius: float) -> bool:
    return hypot(one[0] - other[0], one[1] - other[1]) >= radius * 2.1


def _named(
    boxes: Mapping[str, tuple[float, float, float, float]],
    names: Mapping[str, str],
    frame: tuple[float, float, float, float],
) -> Iterator[Name]:
    """Yield the names of territories in the middle of what is seen of each; slivers bear none."""
    least = (frame[2] - frame[0]) * 0.12
    for code, (west, north, east, south) in boxes.items():
        seen = (max(west, frame[0]), max(north, frame[1]), min(east, frame[2]), min(south, frame[3]))
        if code in names and seen[2] - seen[0] > least and seen[3] - seen[1] > least / 2:
            yield Name(names[code], _n((seen[0] + seen[2]) / 2), _n((seen[1] + seen[3]) / 2))


def _bar(sheet: Outline, left: float, bottom: float, width: float) -> tuple[str, str, str, str]:
    unit = sheet.down / DEGREE
    length = max((each for each in _LENGTHS if each * unit <= width * 0.3), default=_LENGTHS[0])
    begin = left + width * 0.03
    return _n(begin), _n(begin + length * unit), _n(bottom - width * 0.03), f"{length} km"
