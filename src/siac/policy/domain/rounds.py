# SPDX-License-Identifier: EUPL-1.2
"""What several councils that must all approve have said together: one that rejects is enough to return."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What one council has said, or all of them together."""

    WAITING = "waiting"
    APPROVED = "approved"
    REJECTED = "rejected"


class Ending(StrEnum):
    """How a round ended; empty while it runs."""

    APPROVED = "approved"
    REJECTED = "rejected"
    CALLED_BACK = "called_back"


@dataclass(frozen=True, slots=True)
class Voice:
    """A vote that closed: of which council, and whether it approved, rejected or decided nothing (None)."""

    council: int
    approves: bool | None


def verdicts(councils: Sequence[int], voices: Iterable[Voice]) -> dict[int, Verdict]:
    """Return what each council that must approve has said, its last vote that decided something counting.
    A tie, or a vote without quorum, decides nothing; councils that are not asked are not heard.
    """
    found = dict.fromkeys(councils, Verdict.WAITING)
    for voice in voices:
        if voice.council in found and voice.approves is not None:
            found[voice.council] = Verdict.APPROVED if voice.approves else Verdict.REJECTED
    return found


def together(said: Iterable[Verdict]) -> Verdict:
    """Return what councils have said together: rejected where one rejects, approved where all approve (and
    there is one).
    """
    heard = list(said)
    if Verdict.REJECTED in heard:
        return Verdict.REJECTED
    is_approved = bool(heard) and all(each is Verdict.APPROVED for each in heard)
    return Verdict.APPROVED if is_approved else Verdict.WAITING
