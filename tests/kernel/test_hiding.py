# SPDX-License-Identifier: EUPL-1.2
"""Small groups are hidden, and nobody finds them by subtracting what is shown from a total."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siac.kernel.hiding import hidden, hidden_of_whole

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


# A whole beside its parts


def of_whole(parts):
    """Return what each part hides, what the whole hides of itself, and what beside its parts: as months and
    their year.
    """
    then = [hidden(part, {}, least=LEAST) for part in parts]
    whole = {group: sum(part[group] for part in parts) for group in parts[0]}

    def gives_away(group):
        lost = [part[group] for part, taken in zip(parts, then, strict=True) if group in taken]
        return len(lost) == 1 or 0 < sum(lost) < LEAST

    alone = hidden(whole, {}, least=LEAST, also=gives_away)
    return then, alone, hidden_of_whole(whole, parts, then, {}, least=LEAST, also=gives_away)


def known(wanted, equations):
    """Return whether a sum of unknowns follows from others: whether it lies in the space of these."""
    rows = [[Fraction(each) for each in row] for row in equations]
    rest = [Fraction(each) for each in wanted]
    for column in range(len(rest)):
        pivot = next((row for row in rows if row[column]), None)
        if pivot is None:
            continue
        rows = [row for row in rows if row is not pivot]
        for row in (*rows, rest):
            times = row[column] / pivot[column]
            row[:] = [one - times * other for one, other in zip(row, pivot, strict=True)]
    return not any(rest)


def found_out(parts, then, taken):
    """Return the small groups whose size follows from the parts and the whole, by subtraction alone."""
    # Of a part that hides all, and of such a whole, no group is named: whoever is in it may be of any.
    named = [sorted(hides) if {g for g in part if part[g]} - hides else sorted(part)
             for part, hides in zip(parts, then, strict=True)]  # fmt: skip
    cells = [(group, at) for at, hides in enumerate(named) for group in hides]
    groups = {group for group, _ in cells}
    equations = [[int(at == part) for _, at in cells] for part in range(len(parts))]
    equations += [[int(group == each) for each, _ in cells] for group in groups - set(taken)]
    whole = {group: sum(part[group] for part in parts) for group in groups}
    if not {group for group in parts[0] if any(part[group] for part in parts)} - set(taken):
        return set()
    return {
        group
        for group in groups
        if 0 < whole[group] < LEAST and known([int(group == each) for each, _ in cells], equations)
    }


TWO_MONTHS_OF_ONE = [{"z": 1, "p": 6, "q": 9}, {"z": 2, "p": 6, "q": 7}, {"z": 0, "p": 30, "q": 6}]


def test_a_small_group_of_a_year_does_not_follow_from_its_months():
    then, alone, taken = of_whole(TWO_MONTHS_OF_ONE)
    assert (then, alone) == ([{"z", "p"}, {"z", "p"}, set()], {"z", "q"})
    assert found_out(TWO_MONTHS_OF_ONE, then, alone) == {"z"}, "the year of p less its month that is shown"
    assert taken == {"z", "p"} and not found_out(TWO_MONTHS_OF_ONE, then, taken)


def test_what_no_part_hides_stays_and_below_what_goes_all_goes():
    assert hidden_of_whole({"a": 27, "b": 27}, [{"a": 9, "b": 9}] * 3, [set()] * 3, {}, least=LEAST) == set()
    parts = [{"north": 9, "n1": 4, "n2": 5, "south": 9}] * 2
    whole = {"north": 18, "n1": 8, "n2": 10, "south": 18}
    then = [{"n1", "n2"}] * 2
    for small, taken in ("n1", {"n1", "n2"}), ("north", {"north", "n1", "n2", "south"}):
        also = small.__eq__
        assert hidden_of_whole(whole, parts, then, ABOVE, least=LEAST, also=also) == taken


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.fixed_dictionaries({group: st.integers(0, 12) for group in "abcd"}), min_size=2, max_size=5)
)
def test_no_small_group_of_a_whole_follows_by_subtraction(parts):
    then, _, taken = of_whole(parts)
    assert found_out(parts, then, taken) == set()
    whole = {group: sum(part[group] for part in parts) for group in parts[0]}
    few = {group for group, size in whole.items() if 0 < size < LEAST}
    assert taken >= few and (not few or len(taken) >= 2 or taken == {g for g in whole if whole[g]})
