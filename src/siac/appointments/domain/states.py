# SPDX-License-Identifier: EUPL-1.2
"""The states of an appointment and of whoever waits for one, and what may be done in each."""

from collections.abc import Mapping
from enum import StrEnum

from siac.kernel.errors import Refused


class State(StrEnum):
    """How an appointment stands."""

    HELD = "held"
    """Offered to whoever waited for it; nobody else can take it meanwhile."""
    BOOKED = "booked"
    PRESENT = "present"
    """The person came and has a ticket."""
    ATTENDED = "attended"
    UNSERVED = "unserved"
    """They came and were not attended: the place closed, or they were called and had gone."""
    MISSED = "missed"
    """They never came."""
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    """An offer that nobody took in time, or that was declined."""


LIVE = frozenset({State.HELD, State.BOOKED, State.PRESENT})
"""States in which a seat is taken: the constraint of the database holds them apart."""


class WaitState(StrEnum):
    """How somebody stands who waits for a place."""

    WAITING = "waiting"
    OFFERED = "offered"
    TAKEN = "taken"
    LEFT = "left"
    ENDED = "ended"
    """The days passed, or an offer was not taken."""


class Move(StrEnum):
    """What may be done with an appointment."""

    TAKE = "take"
    DECLINE = "decline"
    MOVE = "move"
    CANCEL = "cancel"
    ARRIVE = "arrive"


MOVES: Mapping[Move, frozenset[State]] = {
    Move.TAKE: frozenset({State.HELD}),
    Move.DECLINE: frozenset({State.HELD}),
    Move.MOVE: frozenset({State.BOOKED, State.CANCELLED}),
    Move.CANCEL: frozenset({State.BOOKED}),
    Move.ARRIVE: frozenset({State.BOOKED}),
}
"""A cancelled appointment is moved too: its person chooses an hour again, without telling all again."""


def check_move(move: Move, state: str) -> None:
    """Check that a move may be made from a state.

    Raises:
        Refused: it may not (appointment_moved_on): it was cancelled, was used, or is over.
    """
    if state not in MOVES[move]:
        raise Refused("appointment_moved_on")
