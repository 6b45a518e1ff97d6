# SPDX-License-Identifier: EUPL-1.2
"""The states of a visit, and what may be done in each."""

from collections.abc import Mapping
from enum import StrEnum

from siac.kernel.errors import Refused


class State(StrEnum):
    """Where somebody with a ticket is."""

    WAITING = "waiting"
    TRANSFERRED = "transferred"
    """Waits again, for another line."""
    CALLED = "called"
    SERVING = "serving"
    HELD = "held"
    """Fills something in, fetches a paper: goes on at a desk without waiting again."""
    ENDED = "ended"
    NO_SHOW = "no_show"
    CLOSED = "closed"
    """The place closed before the visit had ended."""


WAITS = frozenset({State.WAITING, State.TRANSFERRED})
AT_DESK = frozenset({State.CALLED, State.SERVING})
LIVE = WAITS | AT_DESK | {State.HELD}


class Move(StrEnum):
    """What may be done with a visit."""

    CALL = "call"
    RECALL = "recall"
    UNCALL = "uncall"
    START = "start"
    HOLD = "hold"
    RESUME = "resume"
    TRANSFER = "transfer"
    MISS = "miss"
    END = "end"
    CLOSE = "close"


MOVES: Mapping[Move, frozenset[State]] = {
    Move.CALL: WAITS,
    Move.RECALL: frozenset({State.CALLED}),
    Move.UNCALL: frozenset({State.CALLED}),
    Move.START: frozenset({State.CALLED}),
    Move.HOLD: AT_DESK,
    Move.RESUME: frozenset({State.HELD, State.NO_SHOW}),
    Move.TRANSFER: AT_DESK,
    Move.MISS: frozenset({State.CALLED}),
    Move.END: frozenset({State.SERVING}),
    Move.CLOSE: LIVE,
}


def check_move(move: Move, state: str) -> None:
    """Check that a move may be made from a state.

    Raises:
        Refused: it may not (visit_moved): somebody else did something with the visit meanwhile.
    """
    if state not in MOVES[move]:
        raise Refused("visit_moved")
