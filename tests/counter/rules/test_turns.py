# SPDX-License-Identifier: EUPL-1.2
"""Who is next, how long it may take, and what may be done when, as tables: no database."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.counter.domain.queueing import (
    Waiting,
    in_turn,
    minutes_of,
    range_words,
    ticket_code,
    wait_range,
)
from siac.counter.domain.states import MOVES, Move, State, check_move
from siac.kernel.errors import Refused

PASSES = timedelta(minutes=45)
NINE = datetime(2026, 9, 7, 12, 0, tzinfo=UTC)


def at(minute: int, second: int = 0) -> datetime:
    return NINE + timedelta(minutes=minute, seconds=second)


def one(pk: int, minute: int, priority: str = "") -> Waiting:
    return Waiting(pk, str(pk), 1, at(minute), priority)


@pytest.mark.parametrize(
    ("waiting", "order"),
    [
        ([], []),
        ([one(2, 5), one(1, 0)], [1, 2]),  # as they came
        ([one(1, 0), one(2, 30, "elderly")], [2, 1]),  # a preference goes before whom it finds waiting
        ([one(1, 0), one(2, 44, "elderly")], [2, 1]),
        ([one(1, 0), one(2, 46, "elderly")], [1, 2]),  # not before those who came so much earlier
        ([one(1, 0), one(2, 45, "elderly")], [1, 2]),  # at the limit who came first goes first
        ([one(2, 10, "disability"), one(1, 5, "elderly")], [1, 2]),  # among them as they came
        ([one(3, 0), one(2, 0), one(1, 0)], [1, 2, 3]),  # at the same moment, by number
    ],
)
def test_who_is_next(waiting, order):
    assert [each.visit_id for each in in_turn(waiting, 45)] == order


def test_where_the_law_frees_them_of_turns_whoever_has_a_preference_goes_before_all():
    waiting = [one(1, 0), one(2, 300, "elderly"), one(3, 10, "child")]
    assert [each.visit_id for each in in_turn(waiting, None)] == [3, 2, 1]


@given(st.lists(st.tuples(st.integers(0, 200), st.booleans()), max_size=40))
def test_nobody_is_passed_by_whoever_comes_later_than_the_limit(people):
    waiting = [one(pk, minute, "elderly" if first else "") for pk, (minute, first) in enumerate(people)]
    order = in_turn(waiting, 45)
    assert sorted(each.visit_id for each in order) == list(range(len(people)))
    for place, each in enumerate(order):
        assert all(later.taken_at - each.taken_at > -PASSES - timedelta(1) for later in order[place + 1 :])
        assert all(before.taken_at - each.taken_at <= PASSES for before in order[:place])


@pytest.mark.parametrize(
    ("spans", "minutes"),
    [
        ([], 0),
        ([(at(0), at(0))], 0),
        ([(at(0), at(0, 1))], 1),
        ([(at(0), at(20))], 20),
        ([(at(0), at(20, 1))], 21),
        ([(at(0), at(0, 40)), (at(5), at(5, 20))], 1),  # of the sum, not of each
    ],
)
def test_a_minute_that_began_counts(spans, minutes):
    assert minutes_of(spans) == minutes


@pytest.mark.parametrize(
    ("ahead", "took", "desks", "known", "words"),
    [
        (0, [], 1, None, "todavía no se sabe"),
        (0, [300, 300], 1, None, "todavía no se sabe"),
        (3, [300, 300, 300], 0, None, "todavía no se sabe"),
        (0, [60, 60, 60], 1, (0, 5), "menos de 5 minutos"),
        (2, [300, 300, 300, 300], 1, (10, 15), "entre 10 y 15 minutos"),
        (4, [300, 300, 300, 300], 2, (10, 15), "entre 10 y 15 minutos"),
        (2, [120, 300, 300, 900], 1, (10, 45), "entre 10 y 45 minutos"),
        (1, [240, 240, 240], 1, (0, 10), "menos de 10 minutos"),
    ],
)
def test_a_range_goes_by_what_services_took_today(ahead, took, desks, known, words):
    assert wait_range(ahead, took, desks) == known
    assert range_words(known) == words


@given(st.integers(0, 500), st.lists(st.integers(0, 7200), min_size=3, max_size=30), st.integers(1, 20))
def test_a_range_is_never_upside_down(ahead, took, desks):
    low, high = wait_range(ahead, took, desks)
    assert 0 <= low < high and low % 5 == high % 5 == 0


@pytest.mark.parametrize("move", Move)
@pytest.mark.parametrize("state", State)
def test_what_may_be_done_when(move, state):
    if state in MOVES[move]:
        check_move(move, state.value)
    else:
        with pytest.raises(Refused, match="visit_moved"):
            check_move(move, state.value)


def test_what_is_over_stays_over():
    assert not any({State.ENDED, State.CLOSED} & states for states in MOVES.values())


@pytest.mark.parametrize(("number", "code"), [(1, "B 001"), (47, "B 047"), (1000, "B 1000")])
def test_a_code_is_read_from_afar(number, code):
    assert ticket_code("B", number) == code
