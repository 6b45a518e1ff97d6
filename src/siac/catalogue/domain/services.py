# SPDX-License-Identifier: EUPL-1.2
"""What is known of a service beside its words: whom it is for, and how long its process takes."""

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any


class Offering(StrEnum):
    """What something is in the catalogue: a service, a procedure that people go through, or a product to
    which the body is strategically committed.
    """

    SERVICE = "service"
    PROCEDURE = "procedure"
    PRODUCT = "product"


class Audience(StrEnum):
    """Whom a service is for (Moore's two kinds of users): who gets something, and who must comply."""

    UNKNOWN = "unknown"
    BENEFIT = "benefit"
    COMPLY = "comply"
    BOTH = "both"


class StepClock(StrEnum):
    """The clock of a request that a step of a process is measured by."""

    ACKNOWLEDGEMENT = "acknowledgement"
    UNIT = "unit"
    STANDARD = "standard"
    LEGAL = "legal"


ROWS = 40
"""Rows that one list of a service may have: requirements, steps, laws."""
LONGEST = 3000
"""Characters of each text of a service."""
LONGEST_CELL = 1500
"""Characters of each cell of a row: the answer to a frequent question is the longest."""
REVIEWED_EVERY = 365
"""Days after which a sheet is to be reviewed, where nobody says otherwise."""
SOON = 30
"""Days before its day from which a sheet is said to be due for review."""


def usual_days(steps: Sequence[Mapping[str, Any]]) -> int | None:
    """Return how many business days the steps of a process usually take together, each one in hours or
    minutes within its day; None where no step says how long it takes.
    """
    known = [step for step in steps if step.get("amount")]
    if not known:
        return None
    return -(-sum(_minutes(step) for step in known) // _DAY)


_DAY = 8 * 60
"""Minutes of work in a business day."""


def _minutes(step: Mapping[str, Any]) -> int:
    """Return a step's usual time in minutes of work."""
    each = {"bd": _DAY, "cd": _DAY, "h": 60, "min": 1}
    return int(step["amount"]) * each[str(step["unit"])]
