# SPDX-License-Identifier: EUPL-1.2
"""When whoever has an appointment may come, and until when a place is kept for somebody."""

from datetime import datetime, timedelta
from enum import StrEnum

SHORTEST_OFFER = timedelta(minutes=30)
"""An offer that would last less is none: the place stays free for all."""


class Arrival(StrEnum):
    """How somebody comes to their hour."""

    EARLY = "early"
    """Too early for a ticket."""
    IN_TIME = "in_time"
    """Their ticket goes first from their hour on."""
    LATE = "late"
    """An ordinary ticket: the hour is not kept any more."""


def arrival(begins_at: datetime, now: datetime, *, early: int, late: int) -> Arrival:
    """Return how somebody comes who is there `now`: from `early` minutes before to `late` minutes after
    their hour they are in time.
    """
    if now < begins_at - timedelta(minutes=early):
        return Arrival.EARLY
    return Arrival.IN_TIME if now <= begins_at + timedelta(minutes=late) else Arrival.LATE


def offered_until(begins_at: datetime, now: datetime, *, hours: int, notice: timedelta) -> datetime | None:
    """Return until when a place is kept for whoever it is offered to: so many hours, but not beyond the
    notice that the agenda asks; None where too little is left.
    """
    until = min(now + timedelta(hours=hours), begins_at - notice)
    return until if until - now >= SHORTEST_OFFER else None


def reminder_due(begins_at: datetime, created_at: datetime, *, hours: int) -> datetime | None:
    """Return when somebody is reminded; None where they booked later than that, or nobody is."""
    at = begins_at - timedelta(hours=hours)
    return at if hours and created_at < at else None
