# SPDX-License-Identifier: EUPL-1.2
"""Who is told, so many business days before or after the last day of a case,
kept as data per kind of request.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from siac.kernel.errors import Refused


class Audience(StrEnum):
    """To whom an alert speaks; everyone but the assignee is a role over the unit of the case."""

    ASSIGNEE = "assignee"
    UNIT_OFFICER = "unit_officer"
    HEAD_OF_UNIT = "head_of_unit"
    QUALITY_MANAGER = "quality_manager"
    AUTHORITY = "authority"


FARTHEST = 60
"""Business days; a step lies at most so far from the last day."""
STEPS = 6


@dataclass(frozen=True, slots=True, order=True)
class Step:
    """One rung: `offset` business days after the last day (negative: before it, 0: on it), to whom."""

    offset: int
    to: Audience


DEFAULT = (
    Step(-3, Audience.ASSIGNEE),
    Step(0, Audience.HEAD_OF_UNIT),
    Step(1, Audience.HEAD_OF_UNIT),
    Step(5, Audience.QUALITY_MANAGER),
)


def default_ladder() -> list[dict[str, Any]]:
    """Return the ladder that a kind begins with, as it is stored."""
    return dump_ladder(DEFAULT)


def dump_ladder(steps: Sequence[Step]) -> list[dict[str, Any]]:
    """Return steps as they are stored: {offset, to}, the earliest first."""
    return [{"offset": step.offset, "to": step.to.value} for step in sorted(steps)]


def parse_ladder(rows: Sequence[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Read the stored ladder of a kind.

    Raises:
        Refused: a step is no whole number of days within `FARTHEST`, speaks to nobody known, stands twice, or
            there are more than `STEPS` (bad_ladder).
    """
    steps: list[Step] = []
    for row in rows:
        offset, to = row.get("offset"), row.get("to")
        known = isinstance(offset, int) and not isinstance(offset, bool) and abs(offset) <= FARTHEST
        if not known or to not in set(Audience) or set(row) != {"offset", "to"}:
            raise Refused("bad_ladder")
        steps.append(Step(int(offset or 0), Audience(str(to))))
    if len(set(steps)) < len(steps) or len(steps) > STEPS:
        raise Refused("bad_ladder")
    return tuple(sorted(steps))
