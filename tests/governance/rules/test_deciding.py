# SPDX-License-Identifier: EUPL-1.2
"""When a body can decide, and what a vote decided."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.governance.domain.deciding import (
    Choice,
    Majority,
    Quorum,
    Result,
    Tally,
    decide,
    needed,
    tally,
    voting,
)
from siac.governance.domain.states import Move, SessionState, may_move, moved
from siac.kernel.errors import Refused


@pytest.mark.parametrize(
    ("quorum", "seats", "number", "least"),
    [
        (Quorum.MAJORITY, 7, 0, 4), (Quorum.MAJORITY, 8, 0, 5), (Quorum.MAJORITY, 1, 0, 1),
        (Quorum.THIRD, 7, 0, 3), (Quorum.THIRD, 9, 0, 3), (Quorum.THIRD, 0, 0, 1),
        (Quorum.TWO_THIRDS, 7, 0, 5), (Quorum.TWO_THIRDS, 9, 0, 6),
        (Quorum.NUMBER, 9, 3, 3), (Quorum.NUMBER, 2, 3, 3),
    ],
)  # fmt: skip
def test_quorum_is_never_rounded_down(quorum, seats, number, least):
    assert needed(quorum, seats, number) == least


S, A, T = Majority.SIMPLE, Majority.ABSOLUTE, Majority.TWO_THIRDS


@pytest.mark.parametrize(
    ("votes", "majority", "seats", "present", "casting", "result"),
    [
        ((3, 2, 1), S, 9, 6, None, Result.APPROVED),
        ((2, 3, 1), S, 9, 6, None, Result.REJECTED),
        ((2, 2, 2), S, 9, 6, None, Result.TIED),
        ((2, 2, 2), S, 9, 6, Choice.FOR, Result.APPROVED),
        ((2, 2, 2), S, 9, 6, Choice.AGAINST, Result.REJECTED),
        ((2, 2, 2), S, 9, 6, Choice.ABSTAIN, Result.TIED),
        ((0, 0, 6), S, 9, 6, Choice.FOR, Result.TIED),  # nobody voted for or against
        ((5, 0, 1), A, 9, 6, None, Result.APPROVED),
        ((4, 0, 2), A, 9, 6, None, Result.REJECTED),
        ((4, 0, 0), A, 8, 4, None, Result.REJECTED),  # half is not more than half
        ((4, 2, 0), T, 9, 6, None, Result.APPROVED),
        ((3, 2, 1), T, 9, 6, None, Result.REJECTED),
        ((0, 0, 0), T, 9, 0, None, Result.REJECTED),
    ],
)
def test_what_approves(votes, majority, seats, present, casting, result):
    found = decide(Tally(*votes), majority=majority, seats=seats, present=present, casting=casting)
    assert found is result


def test_votes_are_counted():
    found = tally([Choice.FOR, Choice.AGAINST, Choice.FOR, Choice.ABSTAIN])
    assert (found.favour, found.against, found.abstained, found.cast) == (2, 1, 1, 4)


def test_an_alternate_votes_while_the_titular_is_away_and_only_one_for_each():
    titulars, stands_in = [1, 2, 3], {11: 1, 12: 1, 13: 2}
    assert voting(titulars, stands_in, [1, 2, 11, 13]) == {1, 2}
    assert voting(titulars, stands_in, [2, 11, 12]) == {2, 11}
    assert voting(titulars, stands_in, [3, 12, 13]) == {3, 12, 13}
    assert voting(titulars, stands_in, [99]) == set()


def test_a_session_moves_one_way():
    assert moved("planned", Move.CALL) is SessionState.CALLED
    assert moved("called", Move.OPEN) is SessionState.OPEN
    assert not may_move("minuted", Move.CLOSE)
    for state, move in (("planned", Move.OPEN), ("open", Move.CANCEL), ("minuted", Move.APPROVE)):
        with pytest.raises(Refused, match="council_moment"):
            moved(state, move)


counts = st.integers(0, 40)


@given(favour=counts, against=counts, abstained=counts, away=counts)
def test_no_majority_approves_what_more_reject_and_a_vote_more_never_hurts(favour, against, abstained, away):
    present = favour + against + abstained
    for majority in Majority:
        common = {"majority": majority, "seats": present + away, "present": present}
        found = decide(Tally(favour, against, abstained), **common)
        if found is Result.APPROVED and majority is not Majority.SIMPLE:
            assert 2 * favour > present or favour == 0 or 3 * favour >= 2 * present
        if against > favour and majority is Majority.SIMPLE:
            assert found is Result.REJECTED
        if abstained:
            more = decide(Tally(favour + 1, against, abstained - 1), **common)
            assert not (found is Result.APPROVED and more is not Result.APPROVED)
