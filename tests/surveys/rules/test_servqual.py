# SPDX-License-Identifier: EUPL-1.2
"""Gaps between what was expected and what was received, worked out by hand."""

import json
from decimal import Decimal
from fractions import Fraction

import pytest

from siac.surveys.domain.interchange import parse
from siac.surveys.domain.servqual import (
    Place,
    decimal,
    dimensions,
    pairs,
    place_of,
    ranked_points,
    ranking_of,
    told_points,
    weighted_gap,
)
from siac.surveys.ready import MODELS

SERVQUAL = MODELS["servqual"].questionnaire
PAIRS = pairs(SERVQUAL)
NAMES = [pair.name for pair in PAIRS]
EQUAL = {name: Fraction(20) for name in NAMES}


def answers(pair, expected: list[int], perceived: list[int]) -> dict[str, dict[str, int]]:
    """Return counts: everybody gives both lines of a table the same mark."""
    found: dict[str, dict[str, int]] = {}
    for question, marks in ((pair.expected, expected), (pair.perceived, perceived)):
        told = found.setdefault(question.code, {})
        for mark in marks:
            text = json.dumps(dict.fromkeys(question.lines, str(mark)))
            told[text] = told.get(text, 0) + 1
    return found


def test_the_ready_model_asks_five_dimensions_twice_and_puts_them_in_order():
    assert [pair.code for pair in PAIRS] == ["tangibles", "fiabilidad", "respuesta", "seguridad", "empatia"]
    assert ranking_of(SERVQUAL, PAIRS).code == "orden"
    assert pairs(MODELS["short"].questionnaire) == []


def test_a_gap_is_what_was_received_less_what_was_expected():
    counts = answers(PAIRS[0], [7, 7, 6, 6, 6], [5, 4, 4, 6, 3])
    (told, *others) = dimensions(PAIRS, counts, EQUAL, least=5)
    assert (told.expected, told.perceived, told.gap) == (Fraction(32, 5), Fraction(22, 5), Fraction(-2))
    assert all(each.gap is None and each.n == 0 for each in others)


def test_a_line_of_a_table_counts_as_much_as_any_other():
    lines = PAIRS[0].perceived.lines
    counts = {
        PAIRS[0].expected.code: {json.dumps(dict.fromkeys(lines, "7")): 5},
        PAIRS[0].perceived.code: {json.dumps(dict(zip(lines, ("7", "4"), strict=True))): 5},
    }
    assert dimensions(PAIRS[:1], counts, EQUAL, least=5)[0].perceived == Fraction(11, 2)


@pytest.mark.parametrize(("expected", "perceived"), [([7] * 4, [5] * 9), ([7] * 9, [5] * 4)])
def test_of_few_answers_to_either_half_neither_is_told(expected, perceived):
    (told,) = dimensions(PAIRS[:1], answers(PAIRS[0], expected, perceived), EQUAL, least=5)
    assert (told.n, told.expected, told.perceived, told.gap) == (4, None, None, None)
    assert weighted_gap([told]) is None


def test_weights_come_from_the_order_people_gave():
    order, other = json.dumps(NAMES), json.dumps([NAMES[1], NAMES[0], *NAMES[2:]])
    points = ranked_points(NAMES, {order: 4, other: 1}, least=5)
    # The first: 4 times five points and once four, of 5 times fifteen.
    assert points[NAMES[0]] == Fraction(100 * 24, 75)
    assert points[NAMES[4]] == Fraction(100 * 5, 75)
    assert sum(points.values()) == 100
    assert ranked_points(NAMES, {order: 4}, least=5) == EQUAL


def test_points_are_told_in_tenths_that_sum_to_a_hundred():
    thirds = {name: Fraction(100, 3) for name in NAMES[:3]}
    told = dimensions(PAIRS[:3], {}, thirds, least=5)
    assert told_points(told) == [Decimal("33.4"), Decimal("33.3"), Decimal("33.3")]


def test_the_gap_of_the_whole_is_weighted_and_exact():
    counts = answers(PAIRS[0], [7] * 5, [6] * 5) | answers(PAIRS[1], [7] * 5, [4] * 5)
    points = {NAMES[0]: Fraction(25), NAMES[1]: Fraction(75)}
    told = dimensions(PAIRS[:2], counts, points, least=5)
    assert weighted_gap(told) == Fraction(-5, 2)  # (25 x -1 + 75 x -3) / 100
    assert decimal(weighted_gap(told)) == Decimal("-2.50")


def test_what_matters_and_is_done_badly_is_mended_first():
    counts: dict[str, dict[str, int]] = {}
    for pair, mark in zip(PAIRS, (3, 6, 3, 6, 5), strict=True):
        counts |= answers(pair, [7] * 5, [mark] * 5)
    points = dict(zip(NAMES, map(Fraction, (30, 30, 10, 10, 20)), strict=True))
    told = dimensions(PAIRS, counts, points, least=5)
    assert [place_of(each, told) for each in told] == [
        Place.MEND, Place.KEEP, Place.LATER, Place.ENOUGH, Place.KEEP,
    ]  # fmt: skip


def test_a_table_with_words_for_options_is_no_dimension():
    raw = {
        "format": "siac-questionnaire", "version": 1, "main": "",
        "sections": [{"code": "s", "title": "", "questions": [
            {"code": f"{half}_a", "label": "A", "kind": "matrix", "options": ["mal", "²"], "lines": ["x"]}
            for half in "ep"
        ]}],
    }  # fmt: skip
    assert pairs(parse(raw)) == []
