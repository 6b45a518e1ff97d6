# SPDX-License-Identifier: EUPL-1.2
"""Where a process stands: which phase runs, which are over, what keeps one from being closed, until when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from siac.processes.domain.guides import PhasePlan


class State(StrEnum):
    """How a phase stands on the line."""

    DONE = "done"
    SKIPPED = "skipped"
    CURRENT = "current"
    BLOCKED = "blocked"
    """It runs, and something keeps it from being closed."""
    OPEN = "open"
    """It goes on beside those that follow."""
    PENDING = "pending"


class Ending(StrEnum):
    """How a phase ended."""

    DONE = "done"
    SKIPPED = "skipped"


def states(phases: Sequence[PhasePlan], ended: Mapping[str, Ending], blocked: set[str]) -> list[State]:
    """Return how each phase stands: those that ended as they ended; the first other one that others wait for
    runs, and so do the open-ended ones before it; the rest is to come. `blocked`: phases that something keeps
    from being closed.
    """
    found: list[State] = []
    is_reached = True
    for phase in phases:
        if phase.code in ended:
            found.append(State(ended[phase.code].value))
        elif not is_reached:
            found.append(State.PENDING)
        elif phase.is_open_ended:
            found.append(State.OPEN)
        else:
            found.append(State.BLOCKED if phase.code in blocked else State.CURRENT)
            is_reached = False
    return found


def running(found: Sequence[State]) -> list[int]:
    """Return the places of the phases that run."""
    return [at for at, state in enumerate(found) if state in (State.CURRENT, State.BLOCKED, State.OPEN)]


@dataclass(frozen=True, slots=True)
class Days:
    """From when to when a phase is planned, local days; or took, where it is over."""

    first: date
    last: date


AddDays = Callable[[date, int], date]
"""Returns the day that lies so many business days after another."""


def planned(
    phases: Sequence[PhasePlan],
    *,
    opened_on: date,
    ended_on: Mapping[str, date],
    said: Mapping[str, date],
    add: AddDays,
) -> list[Days]:
    """Return the days of each phase: one after another from the day the process was opened, each as long as
    it usually takes, unless somebody said until when (`said`) or it is over (`ended_on`). An open-ended one
    holds nobody up.
    """
    found: list[Days] = []
    starts = opened_on
    for phase in phases:
        last = ended_on.get(phase.code) or said.get(phase.code) or add(starts, phase.days)
        last = max(last, starts)
        found.append(Days(starts, last))
        if not phase.is_open_ended:
            starts = last
    return found
