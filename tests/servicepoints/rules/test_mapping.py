# SPDX-License-Identifier: EUPL-1.2
"""The map of places: what is shown, where pins and names stand. No database."""

from decimal import Decimal
from itertools import combinations
from math import hypot

import pytest

from siac.servicepoints.domain.geography import Coordinates
from siac.servicepoints.domain.mapping import Mark, Outline, plain, point_map

# A square degree of 1000 units, its north-west corner at 29 south, 72 west; and one far to the east.
SQUARE = Outline(
    {"04102": "M0 0L1000 0L1000 1000L0 1000Z", "99999": "M9000 0L9900 0L9900 900Z"},
    -72.0, -29.0, 1000.0, 1000.0, "INE",
)  # fmt: skip


def at(latitude: str, longitude: str) -> Coordinates:
    return Coordinates(Decimal(latitude), Decimal(longitude))


def test_a_place_lies_where_it_is_and_a_territory_knows_its_middle():
    assert SQUARE.at(at("-29.5", "-71.25")) == (750.0, 500.0)
    assert SQUARE.middle_of("04102") == at("-29.5", "-71.5") and SQUARE.middle_of("00000") is None


def test_a_map_shows_all_places_and_only_the_territories_near_them():
    marks = [Mark(1, "Norte", at("-29.2", "-71.5"), True), Mark(2, "Sur", at("-29.8", "-71.5"), None)]
    drawn = point_map(marks, SQUARE, {"04102": "Coquimbo", "99999": "Lejos"})
    assert drawn is not None and len(drawn.areas) == 1 and drawn.source == "INE"
    left, top, width, height = (float(each) for each in drawn.box.split())
    assert all(left < float(pin.x) < left + width and top < float(pin.y) < top + height for pin in drawn.pins)
    assert [(pin.number, pin.look) for pin in drawn.pins] == [(1, "open"), (2, "unknown")]
    assert [name.text for name in drawn.names] == ["Coquimbo"]
    assert drawn.scale[3] == "20 km"  # 30 % of 1,088 units of 0.111 km each is 36 km


def test_numbers_do_not_stand_on_each_other():
    marks = [Mark(number, "x", at("-29.5", "-71.5"), False) for number in range(1, 31)]
    drawn = point_map(marks, SQUARE, {})
    assert drawn is not None
    spots = [(float(pin.label_x), float(pin.label_y)) for pin in drawn.pins]
    near = min(hypot(one[0] - two[0], one[1] - two[1]) for one, two in combinations(spots, 2))
    assert near >= 2 * float(drawn.radius)
    assert sum(pin.is_beside for pin in drawn.pins) == 29, "one stands on its place, the others beside"


@pytest.mark.parametrize("places", [[at("-12.05", "-77.04")], [at("40", "-3"), at("40", "-3")]])
def test_without_outlines_there_is_a_plain_sheet_with_a_scale(places):
    drawn = point_map([Mark(1, "x", each, True) for each in places], None, {})
    assert drawn is not None and not drawn.areas and not drawn.source and drawn.scale[3] == "2 km"
    assert plain(places).at(places[0]) == (0.0, 0.0)


def test_there_is_no_map_of_no_places():
    assert point_map([], SQUARE, {}) is None
