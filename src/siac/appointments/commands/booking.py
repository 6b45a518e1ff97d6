# SPDX-License-Identifier: EUPL-1.2
"""Booking, moving and cancelling appointments."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.appointments.commands import telling
from siac.appointments.commands.offering import offer_freed
from siac.appointments.commands.seating import (
    agenda_open,
    lock_contact,
    locked,
    seated,
    settled,
    violates,
    wanted_slot,
)
from siac.appointments.contact import (
    Contact,
    cleaned,
    contact_keys,
    new_code,
    new_token,
    opened,
    sealed,
)
from siac.appointments.domain.states import LIVE, Move, State, WaitState, check_move
from siac.appointments.models import Agenda, Appointment, Waiter
from siac.appointments.models.appointment import Way
from siac.appointments.queries import why_closed
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


@dataclass(frozen=True, slots=True)
class Booked:
    """An appointment and the secret that opens its page."""

    appointment: Appointment
    token: str


@transaction.atomic
def book(
    *,
    institution: Institution,
    agenda_id: int,
    begins_at: datetime,
    contact: Contact,
    way: str = Way.WEB,
    actor: User | None = None,
    request_key: str | None = None,
    now: datetime,
) -> Booked:
    """Book an hour for somebody and tell them (14 SQL at most). Sent twice with one `request_key`, it is
    booked once and the same appointment is given back. With an `actor`, somebody of the house books: notice,
    days ahead and how many somebody may have do not hold them.

    Raises:
        Refused: the agenda takes no bookings (agenda_closed), as `cleaned` and `wanted_slot`, the contact has
            as many as the agenda allows (appointments_many), or the key was sent with other data
            (appointment_key).
    """
    agenda = agenda_open(institution, agenda_id, for_staff=actor is not None)
    told = cleaned(contact, institution, asks_document=agenda.asks_document)
    keys = contact_keys(told, institution)
    lock_contact(keys)
    known = _sent_before(institution, request_key, agenda, begins_at, told)
    if known is not None:
        return known
    if why_closed(institution, agenda):
        raise Refused("agenda_closed")
    if actor is None:
        _check_open(agenda, keys, now)
    day, free = wanted_slot(institution, agenda, begins_at, now=now, for_staff=actor is not None)
    token, digest = new_token()
    row = Appointment(
        institution=institution, point_id=agenda.point_id, agenda=agenda, state=State.BOOKED, code=new_code(),
        token_digest=digest, sealed=sealed(told, token), contact_keys=keys, way=way, request_key=request_key,
        created_at=now, created_by=actor,
    )  # fmt: skip
    try:
        seated(row, day, free.slot, free.seats)
    except IntegrityError as error:
        if violates(error, "appointments_sent_once"):  # sent at once with other contacts
            raise Refused("appointment_key") from error
        raise
    data = {"agenda": agenda.pk, "begins_at": row.begins_at.isoformat(), "seat": row.seat, "way": str(way)}
    by = actor.pk if actor else None
    record(institution.pk, row.stream, "appointments.booked", now, by, data, new_stream=True)
    telling.tell(institution, row, telling.BOOKED, now=now)
    return Booked(row, token)


def _sent_before(
    institution: Institution, key: str | None, agenda: Agenda, begins_at: datetime, told: Contact
) -> Booked | None:
    if not key:
        return None
    row = Appointment.objects.filter(institution=institution, request_key=key).first()
    found = opened(row) if row is not None else None
    if row is None:
        return None
    if found is None or (row.agenda_id, row.begins_at, found[0]) != (agenda.pk, begins_at, told):
        raise Refused("appointment_key")
    return Booked(row, found[1])


def _check_open(agenda: Agenda, keys: list[str], now: datetime) -> None:
    rows = Appointment.objects.filter(
        agenda=agenda, begins_at__gt=now, state__in=LIVE, contact_keys__overlap=keys
    )
    if rows.count() >= agenda.most_open:
        raise Refused("appointments_many", most=agenda.most_open)


@transaction.atomic
def move(
    *, institution: Institution, pk: int, begins_at: datetime, actor: User | None = None, now: datetime
) -> Appointment:
    """Give an appointment another hour of its agenda and tell its person (13 SQL and those of `offer_freed`).
    Refused, it keeps the hour it had. One that was cancelled comes back so, with the data it has.

    Raises:
        Refused: it is over (appointment_moved_on), or as `wanted_slot`; the agenda is closed (agenda_closed);
            it was cancelled, and its person has as many others as the agenda allows (appointments_many).
    """
    row = locked(institution, pk)
    check_move(Move.MOVE, row.state)
    found = opened(row)
    if found is None or (row.begins_at <= now and row.state == State.BOOKED):
        raise Refused("appointment_moved_on")
    agenda, was = (
        agenda_open(institution, row.agenda_id, for_staff=True),
        (row.begins_at, row.ends_at, row.seat),
    )
    if why_closed(institution, agenda):
        raise Refused("agenda_closed")
    was_booked, was_on = row.state == State.BOOKED, row.on
    if actor is None and not was_booked:
        lock_contact(row.contact_keys)
        _check_open(agenda, row.contact_keys, now)
    if was_booked and begins_at == row.begins_at:
        return row  # sent twice
    day, free = wanted_slot(
        institution,
        agenda,
        begins_at,
        now=now,
        for_staff=actor is not None,
        without=row.pk if was_booked else None,
    )
    row.state, row.sequence, row.unfit, row.reminded_at = State.BOOKED, row.sequence + 1, "", None
    row.cancelled_by_house, row.cancel_reason = False, ""
    more = ("sequence", "unfit", "reminded_at", "cancelled_by_house", "cancel_reason")
    seated(row, day, free.slot, free.seats, more)
    data = {"begins_at": row.begins_at.isoformat(), "seat": row.seat, "was": was[0].isoformat()}
    record(institution.pk, row.stream, "appointments.moved", now, actor.pk if actor else None, data)
    telling.tell(institution, row, telling.MOVED, now=now)
    if was_booked:
        offer_freed(institution, agenda, was_on, *was, now=now)
    return row


@transaction.atomic
def cancel(
    *,
    institution: Institution,
    pk: int,
    actor: User | None = None,
    reason: str = "",
    offers: bool = True,
    now: datetime,
) -> Appointment:
    """Cancel an appointment, tell its person, and offer its place to whoever waits for one (6 SQL and those
    of `offer_freed`). `reason` is of the house, and its person reads it. Twice is once.

    Raises:
        Refused: its hour began, or it was used (appointment_moved_on): whoever did not come did not cancel.
    """
    row = locked(institution, pk)
    if row.state == State.CANCELLED:
        return row
    check_move(Move.CANCEL, row.state)
    if row.begins_at <= now:
        raise Refused("appointment_moved_on")
    row.state, row.sequence, row.unfit = State.CANCELLED, row.sequence + 1, ""
    row.cancelled_by_house, row.cancel_reason = actor is not None, reason.strip()[:200]
    row.save(update_fields=["state", "sequence", "unfit", "cancelled_by_house", "cancel_reason"])
    data = {"by_house": actor is not None, "begins_at": row.begins_at.isoformat()}
    record(institution.pk, row.stream, "appointments.cancelled", now, actor.pk if actor else None, data)
    telling.tell(institution, row, telling.CANCELLED, now=now)
    if offers:
        offer_freed(institution, row.agenda, row.on, row.begins_at, row.ends_at, row.seat, now=now)
    return row


@transaction.atomic
def take_offer(*, institution: Institution, pk: int, now: datetime) -> Appointment:
    """Take a place that was offered (6 SQL): it is kept until the offer lapses, also a little later where
    nobody noted that it did. Taken twice, it is taken once.

    Raises:
        Refused: the offer lapsed, was declined, or its hour began (appointment_moved_on).
    """
    row = locked(institution, pk)
    if row.state == State.BOOKED:
        return row
    check_move(Move.TAKE, row.state)
    if row.begins_at <= now:
        raise Refused("appointment_moved_on")
    settled(row, State.BOOKED)
    Waiter.objects.filter(pk=row.waiter_id or 0).update(state=WaitState.TAKEN)
    data = {"agenda": row.agenda_id, "begins_at": row.begins_at.isoformat(), "seat": row.seat, "way": row.way}
    record(institution.pk, row.stream, "appointments.booked", now, None, data)
    telling.tell(institution, row, telling.BOOKED, now=now)
    return row
