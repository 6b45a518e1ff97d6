# SPDX-License-Identifier: EUPL-1.2
"""When a delivery is tried again, what an answer means, and when a target counts as dead."""

from datetime import datetime, timedelta
from enum import StrEnum

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720, 720, 720))
"""After each failed try; after the last there is none: two days in all."""
BROKEN_OFF_AFTER = timedelta(minutes=5)
"""A try of which nothing was heard for so long died with its worker."""
GONE = 410


class State(StrEnum):
    """`sending`: a try is under way. `failed`: given up; it can be sent again by hand."""

    PENDING = "pending"
    SENDING = "sending"
    DONE = "done"
    FAILED = "failed"


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


def outcome_of(status: int) -> Outcome:
    """Return what a status of HTTP means: only 2xx is taken; nobody follows a redirection."""
    if 200 <= status < 300:
        return Outcome.TAKEN
    if 300 <= status < 400:
        return Outcome.REDIRECTED
    return Outcome.GONE if status == GONE else Outcome.REFUSED


def next_try(tries: int, now: datetime) -> datetime | None:
    """Return when to try again after `tries` failed ones (from 1); None: given up."""
    return now + WAITS[tries - 1] if tries <= len(WAITS) else None
