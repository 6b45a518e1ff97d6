# SPDX-License-Identifier: EUPL-1.2
"""Shapes of territories: from GeoJSON to paths of whole numbers that a page draws as they are.

Runs in a process apart, as what comes in is somebody's file: plain Python, no Django.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from math import cos, isfinite, radians
from typing import Any

from siac.kernel.text import squeeze

MOST_AREAS = 2500
MOST_POINTS = 2_000_000
_MOST_DOTS = 300_000
"""Points of all rings once they lie on the squares of the drawing, where a finer one adds nothing."""
_MOST_STEPS = 6_000_000
"""Points that are looked at to simplify all rings: some seconds, however somebody twists them."""
_MOST_KEPT = 30_000
"""Points of all paths together: what is finer is drawn coarser."""
WIDTH, TALLEST = 1000, 1400
"""The square that shapes are drawn in: as wide as this, and never taller."""
_LEAST_AREA = 3
"""Islands smaller than this many square units are left out, where an area has a larger part."""
_LONGEST = 200
Point = tuple[float, float]
Dot = tuple[int, int]


class BadShapes(Exception):
    """The file as a whole cannot be drawn."""


class _Work:
    """How many points may still be looked at."""

    def __init__(self, left: int = _MOST_STEPS) -> None:
        self.left = left

    def spend(self, points: int) -> None:
        """Look at some more.

        Raises:
            BadShapes: that would be too many.
        """
        self.left -= points
        if self.left < 0:
            raise BadShapes


def read_shapes(payload: bytes, options: Mapping[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """Return the areas of a GeoJSON file with their properties and paths, the size of the drawing, and what
    is broken: each area ends alone.

    Raises:
        BadShapes: it is no collection of areas, has too many, or none that can be drawn.
    """
    features = _features(payload)
    read: list[tuple[dict[str, str], list[list[Point]]]] = []
    broken: list[str] = []
    points = 0
    for number, feature in enumerate(features, start=1):
        told = _told(feature)
        rings = list(_rings(feature))
        points += sum(len(ring) for ring in rings)
        if points > MOST_POINTS:
            raise BadShapes
        if rings:
            read.append((told, rings))
        else:
            broken.append(_name(told, number))
    if not read:
        raise BadShapes
    areas, width, height, where = _drawn(read)
    broken += [_name(told, 0) for (told, _), path in zip(read, areas, strict=True) if not path]
    kept = [{"told": told, "path": path} for (told, _), path in zip(read, areas, strict=True) if path]
    return {"areas": kept, "broken": broken[:100], "width": width, "height": height, **where}, []


def _features(payload: bytes) -> Sequence[Any]:
    try:
        found = json.loads(payload)
    except (ValueError, RecursionError) as error:
        raise BadShapes from error
    features = found.get("features") if isinstance(found, dict) else None
    if not isinstance(features, list) or not 0 < len(features) <= MOST_AREAS:
        raise BadShapes
    return features


def _told(feature: Any) -> dict[str, str]:
    """Return the properties of an area that are short words or whole numbers, as text."""
    told = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(told, dict):
        return {}
    return {
        squeeze(str(key))[:_LONGEST]: squeeze(str(value))[:_LONGEST]
        for key, value in [("id", feature.get("id")), *list(told.items())[:60]]
        if isinstance(value, (str, int)) and not isinstance(value, bool)
    }


def _name(told: Mapping[str, str], number: int) -> str:
    """Return what a broken area is called: its longest word, else its place in the file."""
    words = [each for each in told.values() if not each.isdigit()]
    return max(words, key=len, default=f"área {number}")


def _rings(feature: Any) -> Iterator[list[Point]]:
    """Yield the rings of an area that can be drawn; nothing of one that is no polygon."""
    shape = feature.get("geometry") if isinstance(feature, dict) else None
    if not isinstance(shape, dict):
        return
    parts = shape.get("coordinates")
    polygons = (
        [parts] if shape.get("type") == "Polygon" else parts if shape.get("type") == "MultiPolygon" else []
    )
    for polygon in polygons if isinstance(polygons, list) else []:
        for ring in polygon if isinstance(polygon, list) else []:
            points = _points(ring)
            if len(points) >= 3:
                yield points


def _points(ring: Any) -> list[Point]:
    """Return the points of a ring, its end left out where it is its beginning; nothing of one that has a
    point nowhere on earth.
    """
    found: list[Point] = []
    for each in ring if isinstance(ring, list) else []:
        if not isinstance(each, list) or len(each) < 2 or not all(_is_number(part) for part in each[:2]):
            return []
        x, y = float(each[0]), float(each[1])
        if not (isfinite(x) and isfinite(y) and -180 <= x <= 180 and -90 <= y <= 90):
            return []
        found.append((x, y))
    return found[:-1] if len(found) > 1 and found[0] == found[-1] else found


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 1000


def _drawn(
    read: Sequence[tuple[Any, list[list[Point]]]],
) -> tuple[list[str], int, int, dict[str, float]]:
    """Return the path of each area (empty: nothing of it is left), how wide and tall the drawing is, and
    where it lies: degrees of its north-west corner, units in a degree of longitude and of latitude.
    """
    every = [point for _, rings in read for ring in rings for point in ring]
    west, east = min(x for x, _ in every), max(x for x, _ in every)
    south, north = min(y for _, y in every), max(y for _, y in every)
    narrow = cos(radians((south + north) / 2)) or 1.0
    wide, tall = max((east - west) * narrow, 1e-6), max(north - south, 1e-6)
    scale = min(WIDTH / wide, TALLEST / tall)
    placed = [
        [
            _apart([(round((x - west) * narrow * scale), round((north - y) * scale)) for x, y in ring])
            for ring in rings
        ]
        for _, rings in read
    ]
    if sum(len(ring) for rings in placed for ring in rings) > _MOST_DOTS:
        raise BadShapes
    finest, work = 1, _Work()
    while True:
        simple = [_simple(rings, finest, work) for rings in placed]
        if sum(len(ring) for rings in simple for ring in rings) <= _MOST_KEPT or finest > 64:
            break
        finest *= 2
    where = {"west": west, "north": north, "across": narrow * scale, "down": scale}
    paths = [_path(rings) for rings in simple]
    return paths, max(1, round(wide * scale)), max(1, round(tall * scale)), where


def _apart(ring: Sequence[Dot]) -> list[Dot]:
    """Return a ring without the points that lie on the one before."""
    return [each for place, each in enumerate(ring) if each != ring[place - 1]]


def _simple(rings: Sequence[Sequence[Dot]], finest: int, work: _Work) -> list[list[Dot]]:
    """Return rings without the points that do not show; small islands only where there is nothing else."""
    kept = [ring for each in rings if len(ring := simplified(each, finest, work)) >= 3 and _doubled(ring)]
    large = [ring for ring in kept if _doubled(ring) >= 2 * _LEAST_AREA]
    return large or sorted(kept, key=_doubled)[-1:]


def _doubled(ring: Sequence[Dot]) -> int:
    """Return twice the area of a ring."""
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x * y2 - x2 * y for (x, y), (x2, y2) in pairs))


def simplified(ring: Sequence[Dot], finest: int, work: _Work | None = None) -> list[Dot]:
    """Return a ring without the points that lie within `finest` of the line between those that stay
    (Douglas and Peucker), from its first point to the one farthest from it and back.
    """
    points, work = _apart(ring), work or _Work()
    if len(points) < 4:
        return points
    begin = points[0]
    far = max(
        range(len(points)), key=lambda at: (points[at][0] - begin[0]) ** 2 + (points[at][1] - begin[1]) ** 2
    )
    closed = [*points, begin]
    stay = {0, far, len(points)}
    open_ = [(0, far), (far, len(points))]
    while open_:
        low, high = open_.pop()
        work.spend(high - low)
        at, most = low, float(finest * finest)
        for place in range(low + 1, high):
            away = _away(closed[place], closed[low], closed[high])
            if away > most:
                at, most = place, away
        if at > low:
            stay.add(at)
            open_ += [(low, at), (at, high)]
    return [closed[place] for place in sorted(stay - {len(points)})]


def _away(point: Dot, begin: Dot, end: Dot) -> float:
    """Return the square of how far a point is from a line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, begin, end
    dx, dy = x2 - x1, y2 - y1
    length = dx * dx + dy * dy
    along = min(1.0, max(0.0, ((x - x1) * dx + (y - y1) * dy) / length)) if length else 0.0
    return float((x - x1 - along * dx) ** 2 + (y - y1 - along * dy) ** 2)


def _path(rings: Sequence[Sequence[Dot]]) -> str:
    return "".join(f"M{'L'.join(f'{x} {y}' for x, y in ring)}Z" for ring in rings)
