# SPDX-License-Identifier: EUPL-1.2
"""The states of a signature beside those of every long work, and what stands in its way."""

from datetime import date, timedelta
from enum import StrEnum


class SignState(StrEnum):
    """States of its own: nobody works on it until somebody outside, or a new certificate, does their part."""

    HELD = "held"
    """Asked for; the body has no certificate that may sign. It goes on by itself once it has one."""
    OUTSIDE = "outside"
    """Taken out, to be signed elsewhere and brought back."""
    ANNULLED = "annulled"
    """It was signed, and the body says that this signature does not count any more; its file stays."""


OVER = ("stopped", SignState.ANNULLED.value)
"""The states in which a document may be signed anew."""


class Trouble(StrEnum):
    """What stands in the way of a signature."""

    NO_CERTIFICATE = "certificate_missing"
    EXPIRED = "certificate_expired"
    EARLY = "certificate_early"
    KEY = "certificate_key"
    STAMP_AWAY = "stamp_away"
    STAMP_REFUSED = "stamp_refused"
    GONE = "document_gone"
    PAPER = "document_unmade"
    MOVED = "document_moved"
    ROOM = "signature_large"
    EXTRA = "extra_missing"
    PORT_CANCELLED = "port_cancelled"
    PORT_FAILED = "port_failed"
    PORT_GARBAGE = "port_garbage"
    PORT_CLOSED = "port_closed"
    PORT_KEY = "port_key"
    SERVICE_AWAY = "service_away"
    SERVICE_REFUSED = "service_refused"
    OTHER = "other"


MOST_TRIES = 20
"""How often an authority of time stamps, or a service that signs, is asked that does not answer: somewhat
over an hour altogether.
"""
REMINDERS = (60, 30, 7, 0)
"""Days before a certificate ends on which whoever administers is told; 0: it has ended."""


def reminder_due(ends_on: date, today: date, told: int | None) -> int | None:
    """Return which reminder is due: its days; None where none is, or it was told (`told`: the last one).

    >>> reminder_due(date(2027, 3, 1), date(2027, 2, 1), None)
    30
    >>> reminder_due(date(2027, 3, 1), date(2027, 2, 1), 30) is None
    True
    """
    left = (ends_on - today) // timedelta(days=1)
    reached = [days for days in REMINDERS if left <= days]
    if not reached:
        return None
    due = min(reached)
    return due if told is None or due < told else None
