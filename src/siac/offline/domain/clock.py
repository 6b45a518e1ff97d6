# SPDX-License-Identifier: EUPL-1.2
"""When something was handed in that a clock tells which nobody can trust: that of a laptop in the field.

The page tells three things: when the record was made and when it is sent, both by the clock of the device,
and
how far that clock was from the server's when the two last spoke before the record was made. As long as the
clock was only wrong, and nobody moved it, the distance is the same at both times and takes the error out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TOLERANCE = timedelta(minutes=10)
"""What a clock may drift, and an answer may take; more than that and somebody moved the clock."""
OLDEST = timedelta(days=10)
"""What was made earlier than that begins no term before somebody has looked at it."""


class Doubt(StrEnum):
    """Why a moment is not believed without somebody who looks at it."""

    MOVED = "clock_moved"
    """The clock of the device was moved between making and sending."""
    BEFORE = "before_device"
    """It would have been made before the device was prepared."""
    OLD = "too_old"
    """It was made longer ago than `OLDEST`."""


@dataclass(frozen=True, slots=True)
class Reception:
    """When the body received something, never later than now; `offset`: how far the server's clock is ahead
    of the device's at the sending. With a `doubt` the moment is only what is likeliest.
    """

    received_at: datetime
    offset: timedelta
    doubt: Doubt | None = None


def reception(
    *, made_at: datetime, sent_at: datetime, known: timedelta | None, prepared_at: datetime, now: datetime
) -> Reception:
    """Return when something was received that was made at `made_at` and sent at `sent_at` by the clock of a
    device which the server prepared at `prepared_at`; `known`: how far the server was ahead of that clock
    when the two last spoke before, None where that is not told.
    """
    offset = now - sent_at
    was_moved = known is not None and abs(offset - known) > TOLERANCE
    likeliest = made_at + (known if was_moved and known is not None else offset)
    if was_moved or likeliest > now + TOLERANCE:
        return Reception(_between(prepared_at, likeliest, now), offset, Doubt.MOVED)
    if likeliest < prepared_at - TOLERANCE:
        return Reception(_between(prepared_at, likeliest, now), offset, Doubt.BEFORE)
    doubt = Doubt.OLD if now - likeliest > OLDEST else None
    return Reception(min(likeliest, now), offset, doubt)


def _between(first: datetime, moment: datetime, last: datetime) -> datetime:
    return min(max(first, moment), last)
