# SPDX-License-Identifier: EUPL-1.2
"""Whether a difference is more than chance: published examples, and what chance itself does."""

from decimal import Decimal
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.indicators.domain.differences import (
    Part,
    Verdict,
    _chance_of_ranks,
    _pairs_above,
    of_shares,
    of_values,
    verdicts,
)


def test_the_interval_of_newcombe_says_what_his_paper_says():
    """56 of 70 against 48 of 80: 20 points, from 5.2 to 33.4 (Newcombe 1998, method 10)."""
    found = of_shares(Part(56, 70), Part(48, 80))
    assert (found.by, found.low, found.high) == (Decimal("20.0"), Decimal("5.2"), Decimal("33.4"))


@pytest.mark.parametrize(
    ("group", "others", "chance"),
    [
        (Part(3, 4), Part(1, 4), 0.4857),  # Fisher's tea
        (Part(8, 10), Part(1, 6), 0.0350),
        (Part(0, 5), Part(0, 7), 1.0),
        (Part(5, 5), Part(0, 5), 0.0079),
    ],
)
def test_few_are_compared_exactly(group, others, chance):
    assert of_shares(group, others).chance == pytest.approx(chance, abs=5e-5)


def test_ranks_say_what_is_published_of_them():
    """Ages of nine people: 17 of 20 pairs, 0.1113 with ties and the step between whole numbers."""
    men, women = dict.fromkeys((19, 22, 16, 29, 24), 1), dict.fromkeys((20, 11, 17, 12), 1)
    above = _pairs_above(men, women)
    assert above == 17
    assert _chance_of_ranks(men, women, above) == pytest.approx(0.11135, abs=5e-6)


def test_of_few_values_nothing_is_said_and_of_equal_ones_chance():
    assert of_values({1: 7}, {9: 100}).chance is None
    assert of_values({5: 20}, {5: 30}).chance == 1.0
    assert of_values({}, {5: 30}) is None and of_shares(Part(0, 0), Part(1, 2)) is None


def test_many_comparisons_are_corrected_together():
    one = of_shares(Part(60, 100), Part(45, 100))
    assert one.chance == pytest.approx(0.0338, abs=5e-4)
    assert verdicts([one]) == [Verdict.BEYOND_CHANCE]
    same = of_shares(Part(50, 100), Part(50, 100))
    few = of_values({1: 2}, {2: 90})
    assert verdicts([one, same, few, None]) == [
        Verdict.MAY_BE_CHANCE, Verdict.MAY_BE_CHANCE, Verdict.TOO_FEW, Verdict.TOO_FEW
    ]  # fmt: skip


def test_chance_alone_is_called_a_difference_in_about_five_of_a_hundred_pages():
    """Four groups treated alike, a thousand times: the corrected test errs in at most one page of fifteen."""
    random, wrong = Random(20342), 0
    for _ in range(1000):
        parts = [Part(sum(random.random() < 0.8 for _ in range(60)), 60) for _ in range(4)]
        met, n = sum(each.met for each in parts), sum(each.n for each in parts)
        found = verdicts([of_shares(each, Part(met - each.met, n - each.n)) for each in parts])
        wrong += Verdict.BEYOND_CHANCE in found
    assert 10 < wrong < 70


counts = st.integers(0, 400)


@given(met=counts, missed=counts, met_=counts, missed_=counts)
def test_a_difference_turns_round_with_its_sides(met, missed, met_, missed_):
    one, other = Part(met, met + missed), Part(met_, met_ + missed_)
    there, back = of_shares(one, other), of_shares(other, one)
    if there is None:
        assert back is None
        return
    assert there.chance == pytest.approx(back.chance, abs=1e-9) and 0 <= there.chance <= 1
    assert abs(there.by + back.by) <= Decimal("0.1") and there.low <= there.by <= there.high


histograms = st.dictionaries(st.integers(-5, 60), st.integers(1, 50), max_size=12)


@given(group=histograms, others=histograms)
def test_pairs_of_values_turn_round_with_their_sides(group, others):
    there, back = of_values(group, others), of_values(others, group)
    if there is None:
        assert back is None
        return
    assert abs(there.by + back.by) <= Decimal("0.1") and -50 <= there.by <= 50
    if there.chance is not None:
        assert there.chance == pytest.approx(back.chance) and 0 <= there.chance <= 1
