# SPDX-License-Identifier: EUPL-1.2
"""The one rule of what somebody prepares and somebody approves: its states, which step leads from which
to which, and that nobody approves what is no longer what they looked at.

An answer, an erasure, an import and a change of many requests each declare an `Approval` beside their
commands; the page sends back the digest of what it showed (`seen`), and the command holds it against
what stands under its lock.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from siac.kernel.errors import Refused

OVERTAKEN = "approval_overtaken"
"""Refusal: what would be approved is not what was looked at."""


class ApprovalStep(StrEnum):
    """What is done with a thing on its way to be approved."""

    WRITE = "write"
    SUBMIT = "submit"
    APPROVE = "approve"
    RETURN = "return"
    CALL_BACK = "call_back"
    DISCARD = "discard"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Approval:
    """How one kind of thing is approved.

    `after` gives the state that a step leads to; a step that is not there is refused with its code in
    `closed`.
    """

    after: Mapping[tuple[str, ApprovalStep], str]
    closed: Mapping[ApprovalStep, str]

    def move(self, state: str, step: ApprovalStep, /, **context: Any) -> str:
        """Return the state that `step` leads to from `state`.

        Raises:
            Refused: it is not the moment for it (the code of `closed`, with `context` for its sentence).
        """
        if (state, step) not in self.after:
            raise Refused(self.closed[step], **context)
        return self.after[state, step]

    def approve(self, state: str, /, *, stands: str, seen: str | None, **context: Any) -> str:
        """Return the state of what is approved: `stands` is the digest of what it is now, `seen` that of
        what was looked at; None does not ask.

        Raises:
            Refused: it is not the moment, or it is not what they looked at any more (approval_overtaken).
        """
        moved = self.move(state, ApprovalStep.APPROVE, **context)
        if seen is not None and seen != stands:
            raise Refused(OVERTAKEN)
        return moved


def digest_of(*parts: Any) -> str:
    """Return the SHA-256 of values that JSON knows, whatever the order of their keys; others as text.

    It is not salted: what holds words of people stays out of the journal, where it could be guessed.
    """
    told = json.dumps(parts, sort_keys=True, ensure_ascii=False, default=str, separators=(",", ":"))
    return hashlib.sha256(told.encode()).hexdigest()
