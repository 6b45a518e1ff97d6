# SPDX-License-Identifier: EUPL-1.2
"""Small groups are hidden, and nobody finds them by subtracting what is shown from a total."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siac.kernel.hiding import hidden

LEAST = 5


@pytest.mark.parametrize(
    ("sizes", "taken"),
    [
        ({}, set()),
        ({"a": 9, "b": 5}, set()),
        ({"a": 0, "b": 5}, set()),
        ({"a": 3, "b": 7, "c": 20}, {"a", "b"}),  # one alone follows from the total: the next goes with it
        ({"a": 1, "b": 1, "c": 20}, {"a", "b", "c"}),  # two whose sum is 2 are 1 and 1
        ({"a": 3, "b": 2, "c": 20}, {"a", "b"}),
        ({"a": 4}, {"a"}),
        (
            {**dict.fromkeys("abcde", 1), "f": 9, "g": 10},
            set("abcdef"),
        ),  # five in five groups are one in each
        ({"a": 3, "b": 4}, {"a", "b"}),
    ],
)
def test_small_groups_go_and_as_many_others_as_are_needed(sizes, taken):
    assert hidden(sizes, {}, least=LEAST) == taken


def test_one_that_is_small_for_another_reason_is_hidden_too():
    assert hidden({"a": 30, "b": 40, "c": 50}, {}, least=LEAST, also=lambda each: each == "c") == {"a", "c"}


ABOVE = {"n1": "north", "n2": "north", "s1": "south", "s2": "south"}


def test_below_each_group_of_a_tree_the_same_holds():
    sizes = {"north": 23, "south": 40, "n1": 3, "n2": 20, "s1": 15, "s2": 25}
    assert hidden(sizes, ABOVE, least=LEAST) == {"n1", "n2"}


def test_who_said_only_the_group_above_is_a_group_like_the_others():
    """North has 22, of which 20 are told below: the two that are left are hidden by hiding those below."""
    sizes = {"north": 22, "south": 40, "n2": 20, "s1": 40}
    assert hidden(sizes, ABOVE, least=LEAST) == {"n2"}


def test_below_a_hidden_group_nothing_is_shown():
    sizes = {"north": 4, "south": 40, "n1": 4, "s1": 20, "s2": 20}
    assert hidden(sizes, ABOVE, least=LEAST) == {"north", "south", "n1", "s1", "s2"}


def test_a_group_whose_parent_has_nobody_hangs_on_the_next_above():
    above = {"commune": "province", "province": "region"}
    assert hidden({"commune": 3, "region": 0}, above, least=LEAST) == {"commune"}


FLAT = st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=1)


@settings(max_examples=300, deadline=None)
@given(FLAT)
def test_of_no_hidden_group_whoever_subtracts_knows_how_few_it_has(sizes):
    """Over everything that fits the total and what is shown, each hidden group may be of at least two sizes,
    unless the whole table is withheld.
    """
    taken = hidden(sizes, {}, least=LEAST)
    living = {group for group, size in sizes.items() if size}
    assert {group for group in living if sizes[group] < LEAST} <= taken <= living
    if not taken or taken == living:
        return
    rest = sum(sizes[group] for group in taken)
    assert len(taken) >= 2 and rest >= LEAST
    fits = [ways for ways in product(range(1, rest + 1), repeat=len(taken)) if sum(ways) == rest]
    for place in range(len(taken)):
        assert len({ways[place] for ways in fits}) >= 2
