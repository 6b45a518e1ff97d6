# SPDX-License-Identifier: EUPL-1.2
"""Shapes from outside become paths of whole numbers, and what is broken ends alone."""

import json

import pytest

from siac.indicators.domain.shapes import TALLEST, WIDTH, BadShapes, read_shapes, simplified

SQUARE = [[-71.0, -30.0], [-70.0, -30.0], [-70.0, -29.0], [-71.0, -29.0], [-71.0, -30.0]]


def area(ring=SQUARE, kind="Polygon", **told):
    rings = [ring] if kind == "Polygon" else [[ring]]
    return {"type": "Feature", "properties": told, "geometry": {"type": kind, "coordinates": rings}}


def found(*areas):
    return read_shapes(json.dumps({"features": list(areas)}).encode(), {})[0]


def test_north_is_above_and_the_drawing_has_the_proportions_of_its_latitude():
    told = found(area(cut="04102"))
    assert (told["width"], told["height"]) == (WIDTH, 1149)  # a degree east is shorter than one north
    assert told["areas"] == [{"told": {"cut": "04102"}, "path": "M0 1149L1000 1149L1000 0L0 0Z"}]
    assert found(area([[0, 0], [1, 0], [1, 50], [0, 50]]))["height"] == TALLEST


@pytest.mark.parametrize(
    "ring",
    [
        [[-71, -30], [-70, -30]],
        [[-71, -30], [-70, -30], [-71, -30]],
        [[-71, -30], [-70.5, -30], [-70, -30]],
        [[-71, -30], ["a", -30], [-70, -29]],
        [[-71, -30], [True, -30], [-70, -29]],
        [[-71, -30], [-70, 1e308], [-70, -29]],
        [[500000, 6600000], [500100, 6600000], [500100, 6600100]],
        [[-71], [-70], [-69]],
        "x",
        None,
        {"a": 1},
    ],
)
def test_an_area_that_cannot_be_drawn_ends_alone_and_is_named(ring):
    told = found(area(cut="1", nombre="La buena"), area(ring, cut="2", nombre="La rota"))
    assert [each["told"]["cut"] for each in told["areas"]] == ["1"] and told["broken"] == ["La rota"]


def test_an_area_of_no_known_form_is_broken_and_not_an_error():
    odd = [{"geometry": None}, 5, {"properties": [], "geometry": {"type": "Point", "coordinates": [1, 2]}}]
    told = found(area(cut="1"), *odd)
    assert len(told["areas"]) == 1 and told["broken"] == ["área 2", "área 3", "área 4"]


@pytest.mark.parametrize(
    "payload",
    [
        b"", b"\xff\xfe", b"[]", b'{"features": 5}', b'{"features": []}', b"[" * 100_000,
        b'{"features": [5]}', b'{"features": [1e999]}', json.dumps({"features": [{}] * 2501}).encode(),
    ],
)  # fmt: skip
def test_what_is_no_collection_of_areas_is_refused(payload):
    with pytest.raises(BadShapes):
        read_shapes(payload, {})


def test_points_on_a_line_are_left_out_and_corners_stay():
    side = [(x, 0) for x in range(100)] + [(100, y) for y in range(100)] + [(100, 100)]
    assert simplified(side, 1) == [(0, 0), (100, 0), (100, 100)]


def test_islands_too_small_to_be_seen_go_where_there_is_a_mainland():
    isle = [[-70.5, -28.9], [-70.4999, -28.9], [-70.4999, -28.8999]]
    both = area(SQUARE, "MultiPolygon", cut="1")
    both["geometry"]["coordinates"].append([isle])
    assert found(both)["areas"][0]["path"].count("M") == 1


@pytest.mark.parametrize("points", [20_000, 150_000])
def test_a_ring_that_is_twisted_to_take_long_is_refused_before_it_does(points):
    ring = [[-71 + (place % 2), -30 + place * 1e-6] for place in range(points)]
    ring += [[-71, -28], [-71 - (points % 3), -30]]
    payload = json.dumps(
        {"features": [{"properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}]}
    ).encode()
    with pytest.raises(BadShapes):
        read_shapes(payload, {})


def test_points_too_fine_to_be_seen_cost_nothing():
    ring = [[-71 + place * 1e-7, -30] for place in range(400_000)] + [[-70, -29], [-71, -29]]
    payload = json.dumps(
        {"features": [{"properties": {}, "geometry": {"type": "Polygon", "coordinates": [ring]}}]}
    ).encode()
    assert len(read_shapes(payload, {})[0]["areas"]) == 1
