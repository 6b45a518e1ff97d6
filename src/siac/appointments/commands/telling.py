# SPDX-License-Identifier: EUPL-1.2
"""Queueing what people are told about their appointment, in the transaction of what it tells."""

from datetime import datetime

from siac.appointments.contact import channel_of, opened
from siac.appointments.models import Appointment, Waiter
from siac.notices.public import NewNotice, queue_many
from siac.organizations.public import Institution

BOOKED, MOVED, CANCELLED = "appointments.booked", "appointments.moved", "appointments.cancelled"
REMINDER, OFFER, LAPSED = "appointments.reminder", "appointments.offer", "appointments.lapsed"
JOINED = "appointments.joined_list"
APPOINTMENT, WAITER = "appointment", "appointment_waiter"
"""What notices are about, and to whom they go: the row has the address."""
MUST_KNOW = frozenset({CANCELLED, OFFER})
"""Of these somebody calls whoever has neither mail nor text messages."""


def tell(institution: Institution, row: Appointment, kind: str, *, now: datetime) -> None:
    """Tell whoever booked an appointment (1 SQL, 2 where only a telephone is known); nobody once it was
    forgotten.
    """
    found = opened(row)
    if found is None:
        return
    channel = channel_of(found[0], institution, by_hand=kind in MUST_KNOW)
    new = NewNotice(kind, f"{APPOINTMENT}:{row.pk}", channel, APPOINTMENT, row.pk, {"sequence": row.sequence})
    queue_many(institution.pk, [new], now)


def tell_waiter(institution: Institution, row: Waiter, kind: str, *, now: datetime) -> None:
    """Tell whoever waits for a place (as `tell`)."""
    found = opened(row)
    if found is None:
        return
    channel = channel_of(found[0], institution)
    queue_many(institution.pk, [NewNotice(kind, f"{WAITER}:{row.pk}", channel, WAITER, row.pk)], now)
