# SPDX-License-Identifier: EUPL-1.2
"""What a guide is made of: phases in order, each with its tasks, and what closes it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class SignOff(StrEnum):
    """Who says that a phase is done, beside whoever keeps the process."""

    NONE = "none"
    ROLE = "role"
    """Somebody who holds a role of the house."""
    BODY = "body"
    """A body that decides by an act, named in words; votes can stand behind it."""


@dataclass(frozen=True, slots=True)
class TaskPlan:
    """Something to do in a phase. With a `check` nobody ticks it: it is done when the check finds nothing."""

    code: str
    text: str
    who: str = ""
    document: str = ""
    is_required: bool = True
    check: str = ""
    proofs: tuple[str, ...] = ()
    """Codes of what the system already holds about it; what they are is known where the process is about."""


@dataclass(frozen=True, slots=True)
class PhasePlan:
    """A phase of a guide."""

    code: str
    short: str
    """As the line of phases calls it, in one word or two."""
    name: str
    purpose: str = ""
    days: int = 0
    """How many business days it usually takes."""
    leads: str = ""
    sign_off: SignOff = SignOff.NONE
    signed_by: str = ""
    """The role of the house, or the body in words."""
    is_open_ended: bool = False
    """It goes on beside those that follow: nothing waits for its end."""
    tasks: tuple[TaskPlan, ...] = ()


def read_phases(kept: Iterable[Mapping[str, Any]]) -> tuple[PhasePlan, ...]:
    """Return the phases of a guide as they are kept.

    Raises:
        ValueError: two phases, or two tasks of one, have the same code; or there is no phase.
    """
    found = tuple(_phase(each) for each in kept)
    codes = [phase.code for phase in found]
    if not found or len(set(codes)) < len(codes):
        raise ValueError("phases without codes of their own")
    for phase in found:
        if len({task.code for task in phase.tasks}) < len(phase.tasks):
            raise ValueError(f"tasks of {phase.code} without codes of their own")
    return found


def _phase(kept: Mapping[str, Any]) -> PhasePlan:
    plain = {name: value for name, value in kept.items() if name not in ("tasks", "sign_off")}
    tasks = tuple(
        TaskPlan(**{**task, "proofs": tuple(task.get("proofs", ()))}) for task in kept.get("tasks", ())
    )
    return PhasePlan(**plain, sign_off=SignOff(kept.get("sign_off", "none")), tasks=tasks)


def keep_phases(phases: Sequence[PhasePlan]) -> list[dict[str, Any]]:
    """Return phases as they are kept: JSON."""
    return [
        {
            "code": phase.code, "short": phase.short, "name": phase.name, "purpose": phase.purpose,
            "days": phase.days, "leads": phase.leads, "sign_off": phase.sign_off.value,
            "signed_by": phase.signed_by, "is_open_ended": phase.is_open_ended,
            "tasks": [
                {
                    "code": task.code, "text": task.text, "who": task.who, "document": task.document,
                    "is_required": task.is_required, "check": task.check,
                    **({"proofs": list(task.proofs)} if task.proofs else {}),
                }
                for task in phase.tasks
            ],
        }
        for phase in phases
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Differences:
    """How one version of a guide differs from another, as its tasks say it."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


def differences(old: Sequence[PhasePlan], new: Sequence[PhasePlan]) -> Differences:
    """Return which tasks came, went or say something else, by phase and code."""
    before = {(phase.code, task.code): task for phase in old for task in phase.tasks}
    after = {(phase.code, task.code): task for phase in new for task in phase.tasks}
    return Differences(
        tuple(task.text for key, task in after.items() if key not in before),
        tuple(task.text for key, task in before.items() if key not in after),
        tuple(task.text for key, task in after.items() if key in before and before[key] != task),
    )


def taken_over(
    old: Sequence[PhasePlan], new: Sequence[PhasePlan], over: Collection[str]
) -> tuple[PhasePlan, ...]:
    """Return the phases of a process that goes on by a newer version of its guide: those that are over stay
    as they were signed, the others are as the newer one says; one that is over and no longer there stays
    before them.
    """
    kept = {phase.code: phase for phase in old if phase.code in over}
    named = {phase.code for phase in new}
    gone = tuple(phase for code, phase in kept.items() if code not in named)
    return gone + tuple(kept.get(phase.code, phase) for phase in new)
