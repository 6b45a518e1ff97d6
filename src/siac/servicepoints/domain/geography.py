# SPDX-License-Identifier: EUPL-1.2
"""Where a place lies: coordinates as people paste them, and how far two of them are apart."""

import re
from collections.abc import Sequence
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import NamedTuple

from siac.kernel.text import plain_dashes, squeeze

EARTH = 6371.0
"""Kilometres of its mean radius."""
DECIMALS = 6
"""Of a degree: a step of eleven centimetres."""
_NUMBER = r"(-?[0-9]{1,3}(?:[.,][0-9]{1,15})?)"
_PAIR = re.compile(rf"\(?\s*{_NUMBER}\s*°?\s*[,;/ ]\s*{_NUMBER}\s*°?\s*\)?")


class Coordinates(NamedTuple):
    """Degrees of WGS 84, south and west of zero negative."""

    latitude: Decimal
    longitude: Decimal

    def __str__(self) -> str:
        return f"{self.latitude:.{DECIMALS}f}, {self.longitude:.{DECIMALS}f}"


def read_coordinates(text: str) -> Coordinates | None:
    """Return what «-29.9533, -71.3395» says, with points or commas as decimals; None where it says none."""
    found = _PAIR.fullmatch(plain_dashes(squeeze(text)))
    if found is None:
        return None
    step = Decimal(1).scaleb(-DECIMALS)
    latitude, longitude = (Decimal(each.replace(",", ".")).quantize(step) for each in found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return Coordinates(latitude, longitude)


def kilometres(one: Coordinates, other: Coordinates) -> Decimal:
    """Return how far apart two places are, as the crow flies, to the tenth of a kilometre."""
    south, west, north, east = (radians(float(each)) for each in (*one, *other))
    chord = sin((north - south) / 2) ** 2 + cos(south) * cos(north) * sin((east - west) / 2) ** 2
    return Decimal(2 * EARTH * asin(sqrt(min(1.0, chord)))).quantize(Decimal("0.1"))


def centre(places: Sequence[Coordinates]) -> Coordinates | None:
    """Return the middle of some places, degree by degree; None of none."""
    if not places:
        return None
    count, step = len(places), Decimal(1).scaleb(-DECIMALS)
    return Coordinates(
        (sum((each.latitude for each in places), Decimal(0)) / count).quantize(step),
        (sum((each.longitude for each in places), Decimal(0)) / count).quantize(step),
    )
