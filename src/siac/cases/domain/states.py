# SPDX-License-Identifier: EUPL-1.2
"""The states of a case and which move leads where: the one table that every command asks.

Overdue is not a state: a body whose term has ended must still answer.
"""

from enum import StrEnum
from functools import cache

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
    SEND_BACK = "send_back"
    ASSIGN = "assign"
    NOTE = "note"
    SNOOZE = "snooze"
    LINK = "link"
    SPLIT = "split"
    WRITE = "write"
    ASK = "ask"
    INFORM = "inform"
    EXTEND = "extend"
    DRAFT = "draft"
    SUBMIT = "submit"
    APPROVE = "approve"
    GIVE_BACK = "give_back"
    ANSWER = "answer"
    UNDO = "undo"
    CONTEST = "contest"
    RATE = "rate"
    CLOSE = "close"
    WITHDRAW = "withdraw"
    LAPSE = "lapse"
    PROCEED = "proceed"
    TRANSFER = "transfer"
    DISMISS = "dismiss"
    MERGE = "merge"
    REOPEN = "reopen"
    HEAR = "hear"
    CERTIFY = "certify"
    REPORT_DELAY = "report_delay"
    CODE_CAUSE = "code_cause"
    APPEAL = "appeal"
    RESTRICT = "restrict"
    HOLD = "hold"
    INDEX = "index"
    PLATFORM = "platform"
    DUPLICATE = "duplicate"
    REPLY = "reply"
    READ_REPLY = "read_reply"


OPEN = frozenset({State.RECEIVED, State.WITH_UNIT, State.WAITING})
"""States in which the body still owes an answer."""

_WORKED = (State.RECEIVED, State.WITH_UNIT)
_FOR_ALL_OPEN: dict[Move, State | None] = {
    Move.CLASSIFY: None,
    Move.ASSIGN: None,
    Move.NOTE: None,
    Move.SNOOZE: None,
    Move.LINK: None,
    Move.SPLIT: None,
    Move.UNDO: None,
    Move.WRITE: None,
    Move.DRAFT: None,
    Move.SUBMIT: None,
    Move.APPROVE: None,
    Move.GIVE_BACK: None,
    Move.ANSWER: State.ANSWERED,
    Move.WITHDRAW: State.CLOSED,
    Move.LAPSE: State.CLOSED,
    Move.TRANSFER: State.CLOSED,
    Move.DISMISS: State.CLOSED,
    Move.MERGE: State.CLOSED,
    Move.DUPLICATE: State.CLOSED,
    Move.HEAR: None,
    Move.CERTIFY: None,
    Move.REPORT_DELAY: None,
    Move.APPEAL: None,
}
TRANSITIONS: dict[tuple[State, Move], State | None] = {
    **{(state, move): target for state in OPEN for move, target in _FOR_ALL_OPEN.items()},
    **{(state, Move.REFER): State.WITH_UNIT for state in _WORKED},
    **{(state, Move.ASK): State.WAITING for state in _WORKED},
    **{(state, Move.INFORM): None for state in _WORKED},
    **{(state, Move.EXTEND): None for state in _WORKED},
    **{(state, move): None for state in State for move in (Move.RESTRICT, Move.HOLD, Move.PLATFORM)},
    (State.WAITING, Move.REFER): State.WAITING,
    (State.WITH_UNIT, Move.SEND_BACK): State.RECEIVED,
    (State.WAITING, Move.SEND_BACK): State.WAITING,
    (State.WAITING, Move.INFORM): State.WITH_UNIT,
    (State.WAITING, Move.PROCEED): State.WITH_UNIT,
    (State.ANSWERED, Move.CODE_CAUSE): None,
    (State.CLOSED, Move.CODE_CAUSE): None,
    (State.ANSWERED, Move.APPEAL): None,
    (State.CLOSED, Move.APPEAL): None,
    (State.ANSWERED, Move.REPLY): None,
    **{(state, Move.READ_REPLY): None for state in State},
    **{(state, Move.INDEX): None for state in State},
    (State.ANSWERED, Move.NOTE): None,
    (State.ANSWERED, Move.LINK): None,
    (State.CLOSED, Move.LINK): None,
    (State.ANSWERED, Move.UNDO): None,
    (State.ANSWERED, Move.CONTEST): State.WITH_UNIT,
    (State.ANSWERED, Move.RATE): None,
    (State.ANSWERED, Move.CLOSE): State.CLOSED,
    (State.CLOSED, Move.NOTE): None,
    (State.CLOSED, Move.CONTEST): State.WITH_UNIT,
    (State.CLOSED, Move.RATE): None,
    (State.CLOSED, Move.REOPEN): State.WITH_UNIT,
}
"""Where a move leads from a state; None: it stays. What is absent is not admitted."""


@cache
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
