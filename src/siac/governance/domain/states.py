# SPDX-License-Identifier: EUPL-1.2
"""The life of a session and of what was agreed."""

from collections.abc import Mapping
from enum import StrEnum

from siac.kernel.errors import Refused


class SessionState(StrEnum):
    PLANNED = "planned"
    CALLED = "called"
    """Its members were told of day, place and agenda."""
    OPEN = "open"
    CLOSED = "closed"
    """It is over; its minutes are written."""
    MINUTED = "minuted"
    """Its minutes were approved and change no more."""
    CANCELLED = "cancelled"


class Move(StrEnum):
    CALL = "call"
    OPEN = "open"
    CLOSE = "close"
    APPROVE = "approve"
    CANCEL = "cancel"


_AFTER: Mapping[tuple[SessionState, Move], SessionState] = {
    (SessionState.PLANNED, Move.CALL): SessionState.CALLED,
    (SessionState.CALLED, Move.CALL): SessionState.CALLED,
    (SessionState.CALLED, Move.OPEN): SessionState.OPEN,
    (SessionState.OPEN, Move.CLOSE): SessionState.CLOSED,
    (SessionState.CLOSED, Move.APPROVE): SessionState.MINUTED,
    (SessionState.PLANNED, Move.CANCEL): SessionState.CANCELLED,
    (SessionState.CALLED, Move.CANCEL): SessionState.CANCELLED,
}


def moved(state: str, move: Move) -> SessionState:
    """Return the state that a move leads to.

    Raises:
        Refused: it is not the moment for it (council_moment).
    """
    after = _AFTER.get((SessionState(state), move))
    if after is None:
        raise Refused("council_moment")
    return after


def may_move(state: str, move: Move) -> bool:
    """Return whether a session may make a move as it stands."""
    return (SessionState(state), move) in _AFTER


class AgreementState(StrEnum):
    OPEN = "open"
    DONE = "done"
    DROPPED = "dropped"
    """It is not done any more, for a reason that is noted."""
