# SPDX-License-Identifier: EUPL-1.2
"""When a delivery is tried again, what an answer means, and when a target counts as dead."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 720, 720))
"""After each failed try; after the last there is none: two days in all."""
DEAD_AFTER = sum(WAITS, timedelta(0))
"""A target of which nothing was taken for so long is dead."""
BROKEN_OFF_AFTER = timedelta(minutes=5)
"""A try of which nothing was heard for so long died with its worker."""
GONE = 410


class State(StrEnum):
    """`sending`: a try is under way. `failed`: given up; it can be sent again by hand. `dropped`: it may not
    be told any more.
    """

    PENDING = "pending"
    SENDING = "sending"
    DONE = "done"
    FAILED = "failed"
    DROPPED = "dropped"


class Outcome(StrEnum):
    """How a try ended."""

    TAKEN = "taken"
    REFUSED = "refused"
    REDIRECTED = "redirected"
    GONE = "gone"
    SILENT = "silent"
    UNREACHED = "unreached"
    NOT_ALLOWED = "not_allowed"
    BAD_ADDRESS = "bad_address"
    KEY_MISSING = "key_missing"
    BROKEN_OFF = "broken_off"
    DROPPED = "dropped"


_OF_THE_TARGET = frozenset(
    {
        Outcome.REDIRECTED, Outcome.SILENT, Outcome.UNREACHED, Outcome.NOT_ALLOWED, Outcome.BAD_ADDRESS,
        Outcome.KEY_MISSING,
    }
)  # fmt: skip


def outcome_of(status: int) -> Outcome:
    """Return what a status of HTTP means: only 2xx is taken; nobody follows a redirection."""
    if 200 <= status < 300:
        return Outcome.TAKEN
    if 300 <= status < 400:
        return Outcome.REDIRECTED
    return Outcome.GONE if status == GONE else Outcome.REFUSED


def holds_up(outcome: Outcome, status: int | None) -> bool:
    """Return whether a failed try says something of the target, so that its other messages wait too: it is
    silent, not there, overloaded (429) or out of order (5xx). What it refuses otherwise (422, say) is the
    matter of that one message.
    """
    busy = status is not None and (status >= 500 or status == 429)
    return outcome in _OF_THE_TARGET or (outcome is Outcome.REFUSED and busy)


def next_try(tries: int, now: datetime) -> datetime | None:
    """Return when to try a message again after `tries` failed ones (from 1); None: given up."""
    return now + WAITS[tries - 1] if tries <= len(WAITS) else None


def wait_of(failing_for: timedelta) -> timedelta | None:
    """Return how long to leave a target alone that has failed for so long, whichever of its messages were
    tried; None: it is dead.
    """
    passed = timedelta(0)
    for wait in WAITS:
        passed += wait
        if failing_for < passed:
            return wait
    return None


@dataclass(frozen=True, slots=True)
class Failure:
    """What follows from a failed try."""

    is_dead: bool
    """Nothing was taken for two days, or the target says that it is gone."""
    again: datetime | None
    """When the message is tried again; None: given up."""
    held_until: datetime | None
    """Until when nothing else is tried either; None: the rest goes on."""
    failing_since: datetime | None


def after_failure(
    outcome: Outcome, status: int | None, tries: int, failing_since: datetime | None, now: datetime
) -> Failure:
    """Return what follows from the failed try of a message that now has `tries`, at a target of which nothing
    was taken since `failing_since` (None: this is the first that failed).
    """
    since = failing_since or now
    wait = wait_of(now - since)
    if outcome is Outcome.GONE or wait is None:
        return Failure(True, None, None, since)
    again = next_try(tries, now)
    held_until = now + wait if holds_up(outcome, status) else None
    if again is None:
        return Failure(False, None, held_until, None)
    return Failure(False, max(again, held_until or again), held_until, since)
