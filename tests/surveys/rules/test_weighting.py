# SPDX-License-Identifier: EUPL-1.2
"""Weights by known shares, worked out by hand."""

from fractions import Fraction

import pytest

from siac.kernel.errors import Refused
from siac.surveys.domain.satisfaction import CONVENTIONS, effective_n
from siac.surveys.domain.weighting import Cell, may_be_weighed, weigh

GRADES = CONVENTIONS[7]
WOMEN, MEN = Cell("m", {7: 60, 5: 10, 2: 10}), Cell("h", {7: 5, 2: 15})
HALVES = {"m": Fraction(1, 2), "h": Fraction(1, 2)}


def test_the_weighted_net_is_that_of_the_groups_by_their_shares():
    found = weigh([WOMEN, MEN], HALVES, GRADES)
    assert found.weights == {"m": Fraction(5, 8), "h": Fraction(5, 2)}
    # Women 62.5, men -50: in halves 6.25; plainly 40 of 100.
    assert found.tally.net == Fraction(1, 16)
    assert found.tally.n == 100


def test_unequal_weights_are_worth_fewer_answers_by_the_same_rule_as_one_by_one():
    found = weigh([WOMEN, MEN], HALVES, GRADES)
    assert found.effective == effective_n([Fraction(5, 8)] * 80 + [Fraction(5, 2)] * 20) == 64


def test_shares_as_they_are_change_nothing():
    found = weigh([WOMEN, MEN], {"m": Fraction(4, 5), "h": Fraction(1, 5)}, GRADES)
    assert set(found.weights.values()) == {1}
    assert (found.tally.net, found.effective) == (Fraction(2, 5), 100)


@pytest.mark.parametrize(
    ("cells", "shares", "code"),
    [
        ([WOMEN, MEN], {"m": Fraction(1, 2), "h": Fraction(1, 3)}, "weights_sum"),
        ([WOMEN, Cell("x", {})], {"m": Fraction(1, 2), "x": Fraction(1, 2)}, "weights_empty"),
        ([], {}, "weights_sum"),
    ],
)
def test_what_cannot_be_weighed_is_refused(cells, shares, code):
    with pytest.raises(Refused, match=code):
        weigh(cells, shares, GRADES)


def test_no_group_is_weighed_that_all_the_weight_would_give_away():
    few = Cell("x", {7: 4})
    assert may_be_weighed([WOMEN, MEN], 0, least=5)
    assert may_be_weighed([WOMEN, MEN, Cell("y", {})], 9, least=5)
    assert not may_be_weighed([WOMEN, MEN, few], 0, least=5)
    assert not may_be_weighed([WOMEN, MEN], 3, least=5), "those who gave no answer follow from the rest"
    assert not may_be_weighed([WOMEN], 0, least=5)
    assert not may_be_weighed([], 0, least=5)
