# SPDX-License-Identifier: EUPL-1.2
"""A sample is drawn by chance, and again the same from the same list and number."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siac.surveys.domain.sampling import needed, sample


@settings(deadline=None)  # two cores may be busy with others
@given(st.lists(st.integers(1, 10_000), max_size=60), st.integers(0, 80), st.integers(0, 2**31))
def test_the_same_people_and_number_draw_the_same(people, size, seed):
    drawn = sample(people, size, seed)
    assert drawn == sample(reversed(people), size, seed)
    assert len(drawn) == len(set(drawn)) == min(size, len(set(people)))
    assert set(drawn) <= set(people)


def test_everybody_is_drawn_about_as_often():
    counts = dict.fromkeys(range(10), 0)
    for seed in range(2000):
        for each in sample(range(10), 3, seed):
            counts[each] += 1
    assert all(520 < n < 680 for n in counts.values())


@pytest.mark.parametrize(
    ("margin", "population", "answers"),
    [("5", 1_000_000, 384), ("5", 10**9, 385), ("5", 1000, 278), ("3", 5000, 880), ("5", 1, 1)],
)
def test_as_many_must_answer_as_the_margin_asks(margin, population, answers):
    assert needed(Decimal(margin), population) == answers


def test_without_a_margin_there_is_no_size():
    with pytest.raises(ValueError):
        needed(Decimal(0), 100)
