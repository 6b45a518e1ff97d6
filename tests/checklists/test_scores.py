# SPDX-License-Identifier: EUPL-1.2
"""What marks come to, worked out by hand."""

from decimal import Decimal
from fractions import Fraction

import pytest

from siac.surveys.checklists.domain import Item, Section, moved, parse, score
from siac.surveys.checklists.ready import READY

YES_NO, SCALE = Item("a", "A", weight=2), Item("b", "B", weight=1, top=3)
CRITICAL = Item("c", "C", weight=4, is_critical=True)
ALL = (Section("", (YES_NO, SCALE, CRITICAL)),)


@pytest.mark.parametrize(
    ("marks", "value", "whole"),
    [
        ({"a": "yes", "b": "3", "c": "yes"}, "100.0", 100),
        ({"a": "no", "b": "0", "c": "no"}, "0.0", 0),
        ({"a": "yes", "b": "1", "c": "yes"}, "90.5", 90),  # (2 + 1/3 + 4) / 7 = 0.904761...
        ({"a": "yes", "b": "2", "c": "na"}, "88.9", 89),  # (2 + 2/3) / 3
        ({"a": "na", "b": "na", "c": "no"}, "0.0", 0),
        ({"a": "na", "b": "na", "c": "na"}, None, None),
    ],
)
def test_a_score_is_the_weighted_part_of_what_applied(marks, value, whole):
    found = score(ALL, marks)
    assert (found.value, found.whole) == (Decimal(value) if value else None, whole)
    assert found.left_out == list(marks.values()).count("na")


def test_half_is_rounded_up_and_only_once():
    eighths = (Section("", (Item("a", "A", weight=1), Item("b", "B", weight=7))),)
    assert score(eighths, {"a": "yes", "b": "no"}).value == Decimal("12.5")
    assert score(eighths, {"a": "yes", "b": "no"}).whole == 13
    many = (Section("", (Item("a", "A", weight=89), Item("b", "B", weight=100), Item("c", "C", weight=11))),)
    found = score(many, {"a": "yes", "b": "no", "c": "no"})
    assert (found.points / found.weight, found.value, found.whole) == (Fraction(89, 200), Decimal("44.5"), 45)
    thin = (Section("", (Item("a", "A", weight=100), Item("b", "B", weight=100), Item("c", "C", weight=25))),)
    assert score(thin, {"a": "yes", "b": "no", "c": "no"}).value == Decimal("44.4")
    assert score(thin, {"a": "yes", "b": "no", "c": "no"}).whole == 44


def test_a_critical_failure_is_told_apart_and_takes_only_its_own_points():
    found = score(ALL, {"a": "yes", "b": "1", "c": "no"})
    assert found.value == Decimal("33.3")
    assert [item.code for item in found.failed] == ["b", "c"]
    assert [item.code for item in found.critical] == ["c"]


def test_what_is_not_marked_or_not_on_the_scale_counts_nowhere():
    found = score(ALL, {"a": "yes", "b": "4"})
    assert [item.code for item in found.unmarked] == ["b", "c"]
    assert found.value == Decimal("100.0")


def test_what_changed_is_better_worse_or_not_to_be_compared():
    found = moved(ALL, {"a": "yes", "b": "1", "c": "na"}, {"a": "no", "b": "2", "c": "yes"})
    assert [(each.item.code, each.is_better) for each in found] == [("a", False), ("b", True), ("c", None)]
    assert moved(ALL, {"a": "yes"}, {"a": "yes", "b": "2"}) == []


@pytest.mark.parametrize("code", READY)
def test_a_ready_protocol_can_be_visited_by_and_reaches_every_point(code):
    sections = parse(READY[code].items)
    best = {item.code: item.marks[-2] if item.top else "yes" for part in sections for item in part.items}
    assert score(sections, best).value == Decimal("100.0")
    assert any(item.is_critical for part in sections for item in part.items)
    assert len(best) == sum(len(part.items) for part in sections)
