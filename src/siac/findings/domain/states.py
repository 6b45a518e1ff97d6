# SPDX-License-Identifier: EUPL-1.2
"""Where a finding stands, and which step leads where."""

from enum import StrEnum


class State(StrEnum):
    """Where a finding stands."""

    OPEN = "open"
    ACTING = "acting"
    SOLVED = "solved"
    DISMISSED = "dismissed"


class Step(StrEnum):
    """What is done with a finding."""

    NOTE = "note"
    ACT = "act"
    SOLVE = "solve"
    DISMISS = "dismiss"
    REOPEN = "reopen"


_AFTER = {
    (State.OPEN, Step.NOTE): State.OPEN,
    (State.OPEN, Step.ACT): State.ACTING,
    (State.OPEN, Step.SOLVE): State.SOLVED,
    (State.OPEN, Step.DISMISS): State.DISMISSED,
    (State.ACTING, Step.NOTE): State.ACTING,
    (State.ACTING, Step.SOLVE): State.SOLVED,
    (State.ACTING, Step.DISMISS): State.DISMISSED,
    (State.SOLVED, Step.NOTE): State.SOLVED,
    (State.SOLVED, Step.REOPEN): State.OPEN,
    (State.DISMISSED, Step.NOTE): State.DISMISSED,
    (State.DISMISSED, Step.REOPEN): State.OPEN,
}
UNSETTLED = (State.OPEN, State.ACTING)
"""The states of a finding that somebody still has to do something about."""
KEEPERS = (Step.DISMISS, Step.REOPEN)
"""The steps of whoever keeps findings; the others are of whoever follows them too."""


def after(state: str, step: Step) -> State | None:
    """Return the state that a step leads to; None where it leads nowhere."""
    return _AFTER.get((State(state), step))


def steps_of(state: str) -> list[Step]:
    """Return the steps that can be taken, in their order."""
    return [step for step in Step if after(state, step) is not None]
