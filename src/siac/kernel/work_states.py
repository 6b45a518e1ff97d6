# SPDX-License-Identifier: EUPL-1.2
"""The states of long work, and which act leads from which to which."""

from collections.abc import Mapping
from enum import StrEnum


class WorkState(StrEnum):
    """How far a long work is. A kind of work may have states of its own before (chosen, proposed) or
    after (expired): those are nobody's to run.
    """

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"


class Act(StrEnum):
    """What happens to a long work: people put it in line, stop it and take it up again; the worker does
    the rest.
    """

    BEGIN = "begin"
    CLAIM = "claim"
    FINISH = "finish"
    FAIL = "fail"
    STOP = "stop"
    TAKE_UP = "take_up"


_S = WorkState
STATES = frozenset(state.value for state in _S)
AFTER: Mapping[tuple[str, Act], WorkState] = {
    (_S.WAITING, Act.CLAIM): _S.RUNNING,
    (_S.RUNNING, Act.CLAIM): _S.RUNNING,  # of a worker that died
    (_S.RUNNING, Act.FINISH): _S.DONE,
    (_S.WAITING, Act.FAIL): _S.FAILED,
    (_S.RUNNING, Act.FAIL): _S.FAILED,
    (_S.WAITING, Act.STOP): _S.STOPPED,
    (_S.RUNNING, Act.STOP): _S.STOPPED,
    (_S.FAILED, Act.TAKE_UP): _S.WAITING,
    (_S.STOPPED, Act.TAKE_UP): _S.WAITING,
}
"""Beginning is not here: it leads from any state of its own that a kind of work has to waiting."""


def after(state: str, act: Act) -> WorkState | None:
    """Return the state that an act leads to from `state`; None where it is not its moment."""
    if act is Act.BEGIN:
        return None if state in STATES else _S.WAITING
    return AFTER.get((state, act))


def is_moving(state: str) -> bool:
    """Return whether a job works on it, or will."""
    return state in (_S.WAITING, _S.RUNNING)
