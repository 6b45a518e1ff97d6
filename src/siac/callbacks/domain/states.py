# SPDX-License-Identifier: EUPL-1.2
"""The life of a call to return."""

from collections.abc import Mapping
from enum import StrEnum


class State(StrEnum):
    """How a call to return stands."""

    OPEN = "open"
    DONE = "done"
    """Somebody spoke with the person."""
    UNREACHED = "unreached"
    """Nobody answers, or it is not their number."""
    WITHDRAWN = "withdrawn"
    """It need not be made any more; why is noted."""


class Result(StrEnum):
    """What became of one call."""

    SPOKE = "spoke"
    NO_ANSWER = "no_answer"
    WRONG_NUMBER = "wrong_number"


AFTER: Mapping[Result, State] = {
    Result.SPOKE: State.DONE,
    Result.NO_ANSWER: State.OPEN,
    Result.WRONG_NUMBER: State.UNREACHED,
}
"""How it stands after a call. That nobody answers ends it only when somebody says that it is enough."""
OFFERED = ("1h", "2h", "4h", "1bd", "2bd", "3bd", "5bd")
"""Within what a call may be promised: hours as the clock on the wall counts them, or business days."""
