# SPDX-License-Identifier: EUPL-1.2
"""Where a plan and an action stand, and which step leads where."""

from enum import StrEnum


class PlanState(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED = "approved"
    RUNNING = "running"
    EVALUATED = "evaluated"
    CLOSED = "closed"


class PlanStep(StrEnum):
    """What is done with a plan."""

    PROPOSE = "propose"
    WITHDRAW = "withdraw"
    APPROVE = "approve"
    REJECT = "reject"
    RUN = "run"
    EVALUATE = "evaluate"
    CLOSE = "close"


_AFTER = {
    (PlanState.DRAFT, PlanStep.PROPOSE): PlanState.PROPOSED,
    (PlanState.PROPOSED, PlanStep.WITHDRAW): PlanState.DRAFT,
    (PlanState.PROPOSED, PlanStep.APPROVE): PlanState.APPROVED,
    (PlanState.PROPOSED, PlanStep.REJECT): PlanState.DRAFT,
    (PlanState.APPROVED, PlanStep.RUN): PlanState.RUNNING,
    (PlanState.RUNNING, PlanStep.EVALUATE): PlanState.EVALUATED,
    (PlanState.EVALUATED, PlanStep.CLOSE): PlanState.CLOSED,
}
CHANGEABLE = (PlanState.DRAFT, PlanState.APPROVED, PlanState.RUNNING)
"""A plan before its body is not changed: it would approve something else."""
APPROVED = (PlanState.APPROVED, PlanState.RUNNING, PlanState.EVALUATED, PlanState.CLOSED)
UNDER_WAY = (PlanState.APPROVED, PlanState.RUNNING)


def after(state: str, step: PlanStep) -> PlanState | None:
    """Return the state that a step of a plan leads to; None where it leads nowhere."""
    return _AFTER.get((PlanState(state), step))


class ActionState(StrEnum):
    """Where an action stands."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    DROPPED = "dropped"


OPEN = (ActionState.PLANNED, ActionState.RUNNING)
"""Somebody still has to do something about it."""


class Grant(StrEnum):
    """What became of what an action asks for: money, people, means."""

    NOT_NEEDED = "none"
    ASKED = "asked"
    GRANTED = "granted"
    REFUSED = "refused"
