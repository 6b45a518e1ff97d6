# SPDX-License-Identifier: EUPL-1.2
"""In which order services of a body need a charter: by what is asked of them, what is complained of, and whom
they reach. No respect weighs more than another, so no weight is set anywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Standing(StrEnum):
    """Whether a service has a charter; the earlier ones are proposed first."""

    NONE = "none"
    WRITING = "writing"
    IN_FORCE = "in_force"


class Respect(StrEnum):
    """In which respect services are compared."""

    DEMAND = "demand"
    COMPLAINTS = "complaints"
    REACH = "reach"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A service as it is compared. `demand`: requests and attentions; `complaints`: how many of a hundred
    requests are complaints; `reach`: people a year. None where it is not known, or of too few to tell.
    """

    pk: int
    name: str
    standing: Standing
    demand: int | None = None
    complaints: Decimal | None = None
    reach: int | None = None

    def value(self, respect: Respect) -> Decimal | int | None:
        """Return what it is compared by."""
        match respect:
            case Respect.DEMAND:
                return self.demand
            case Respect.COMPLAINTS:
                return self.complaints
            case Respect.REACH:
                return self.reach


@dataclass(frozen=True, slots=True)
class Reason:
    """In which place a service is in a respect, of how many that are compared in it; None: it is not."""

    respect: Respect
    place: int | None
    of: int


@dataclass(frozen=True, slots=True)
class Ranked:
    """A service in its order. `points`: how many others it comes before, over all respects."""

    candidate: Candidate
    points: int
    reasons: tuple[Reason, ...]


def ranked(candidates: Sequence[Candidate]) -> list[Ranked]:
    """Return services in the order in which they need a charter: those without one, then those whose charter
    is being written, then those that have one; within each by points, then by demand, then by name.

    In each respect a service gets a point for each other one that has less, or of which it is not known;
    nothing (0) comes before nobody.
    """
    found = [_ranked(each, candidates) for each in candidates]
    order = list(Standing)
    return sorted(
        found,
        key=lambda each: (
            order.index(each.candidate.standing), -each.points, -(each.candidate.demand or 0),
            each.candidate.name, each.candidate.pk,
        ),
    )  # fmt: skip


def _ranked(one: Candidate, candidates: Sequence[Candidate]) -> Ranked:
    points, reasons = 0, []
    for respect in Respect:
        own = one.value(respect)
        others = [each.value(respect) for each in candidates]
        known = [value for value in others if value]
        if not own:
            reasons.append(Reason(respect, None, len(known)))
            continue
        points += sum(1 for value in others if (value or 0) < own)
        reasons.append(Reason(respect, 1 + sum(1 for value in known if value > own), len(known)))
    return Ranked(one, points, tuple(reasons))
