# SPDX-License-Identifier: EUPL-1.2
"""The states of a case and which move leads where: the one table that every command asks.

Overdue is not a state: a body whose term has ended must still answer.
"""

from enum import StrEnum

from siac.kernel.errors import Refused


class State(StrEnum):
    RECEIVED = "received"
    WITH_UNIT = "with_unit"
    WAITING = "waiting"
    ANSWERED = "answered"
    CLOSED = "closed"


class Move(StrEnum):
    CLASSIFY = "classify"
    REFER = "refer"
    ASSIGN = "assign"
    NOTE = "note"
    ASK = "ask"
    INFORM = "inform"
    EXTEND = "extend"
    ANSWER = "answer"
    CONTEST = "contest"
    RATE = "rate"
    CLOSE = "close"


OPEN = frozenset({State.RECEIVED, State.WITH_UNIT, State.WAITING})
"""States in which the body still owes an answer."""

_STAY = None
TRANSITIONS: dict[tuple[State, Move], State | None] = {
    (State.RECEIVED, Move.CLASSIFY): _STAY,
    (State.RECEIVED, Move.REFER): State.WITH_UNIT,
    (State.RECEIVED, Move.ASSIGN): _STAY,
    (State.RECEIVED, Move.NOTE): _STAY,
    (State.RECEIVED, Move.ASK): State.WAITING,
    (State.RECEIVED, Move.INFORM): _STAY,
    (State.RECEIVED, Move.EXTEND): _STAY,
    (State.RECEIVED, Move.ANSWER): State.ANSWERED,
    (State.WITH_UNIT, Move.CLASSIFY): _STAY,
    (State.WITH_UNIT, Move.REFER): State.WITH_UNIT,
    (State.WITH_UNIT, Move.ASSIGN): _STAY,
    (State.WITH_UNIT, Move.NOTE): _STAY,
    (State.WITH_UNIT, Move.ASK): State.WAITING,
    (State.WITH_UNIT, Move.INFORM): _STAY,
    (State.WITH_UNIT, Move.EXTEND): _STAY,
    (State.WITH_UNIT, Move.ANSWER): State.ANSWERED,
    (State.WAITING, Move.CLASSIFY): _STAY,
    (State.WAITING, Move.REFER): State.WAITING,
    (State.WAITING, Move.ASSIGN): _STAY,
    (State.WAITING, Move.NOTE): _STAY,
    (State.WAITING, Move.INFORM): State.WITH_UNIT,
    (State.WAITING, Move.ANSWER): State.ANSWERED,
    (State.ANSWERED, Move.NOTE): _STAY,
    (State.ANSWERED, Move.CONTEST): State.WITH_UNIT,
    (State.ANSWERED, Move.RATE): _STAY,
    (State.ANSWERED, Move.CLOSE): State.CLOSED,
    (State.CLOSED, Move.NOTE): _STAY,
    (State.CLOSED, Move.CONTEST): State.WITH_UNIT,
    (State.CLOSED, Move.RATE): _STAY,
}


def allowed(state: str) -> frozenset[Move]:
    """Return the moves that a case in `state` admits."""
    return frozenset(move for (start, move) in TRANSITIONS if start == state)


def after(state: str, move: Move) -> State:
    """Return the state that `move` leads to from `state`.

    Raises:
        Refused: the case is in no state for that (move_not_allowed).
    """
    try:
        target = TRANSITIONS[State(state), move]
    except KeyError:
        raise Refused("move_not_allowed", move=move.value, state=state) from None
    return State(state) if target is None else target
