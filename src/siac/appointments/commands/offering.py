# SPDX-License-Identifier: EUPL-1.2
"""The waiting list: who joins it, to whom a place is offered, and what becomes of an offer."""

from datetime import date, datetime

from django.db import IntegrityError, transaction

from siac.appointments.commands import telling
from siac.appointments.commands.seating import IN_A_SEAT, agenda_open, lock_contact, locked, settled, violates
from siac.appointments.contact import (
    Contact,
    cleaned,
    contact_keys,
    new_code,
    new_token,
    opened,
    sealed,
)
from siac.appointments.domain.arrival import offered_until
from siac.appointments.domain.states import Move, State, WaitState, check_move
from siac.appointments.models import Agenda, Appointment, Waiter
from siac.appointments.models.appointment import Way
from siac.appointments.queries import free_slots, is_offered, last_day, point_of, why_closed
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution

MOST_OFFERED = 200
"""Offers of one turn of a body; the next one goes on."""


@transaction.atomic
def join_list(
    *,
    institution: Institution,
    agenda_id: int,
    first_on: date,
    last_on: date,
    contact: Contact,
    request_key: str | None = None,
    now: datetime,
) -> tuple[Waiter, str]:
    """Let somebody wait for a place on one of some days, and tell them (6 SQL); return their secret too.

    Raises:
        Refused: the agenda has no list (wait_none), the days cannot be booked (wait_days), as `cleaned`,
            they wait for such days already (wait_twice), or the key was sent before with something else, or
            by somebody who left the list since (appointment_key).
    """
    agenda = agenda_open(institution, agenda_id, for_staff=False)
    if not agenda.has_waiting_list or why_closed(institution, agenda):
        raise Refused("wait_none")
    today = now.astimezone(point_of(institution, agenda).zone).date()
    if not today <= first_on <= last_on <= last_day(agenda, today):
        raise Refused("wait_days")
    told = cleaned(contact, institution, asks_document=agenda.asks_document)
    keys = contact_keys(told, institution)
    lock_contact(keys)
    token, digest = new_token()
    waits = Waiter.objects.filter(
        agenda=agenda, state__in=(WaitState.WAITING, WaitState.OFFERED), contact_keys__overlap=keys,
        first_on__lte=last_on, last_on__gte=first_on,
    )  # fmt: skip
    before = waits.first()
    if before is not None:
        found = opened(before)
        if request_key and before.request_key == request_key and found is not None:
            return before, found[1]  # sent twice
        raise Refused("wait_twice")
    row = Waiter(
        institution=institution, agenda=agenda, first_on=first_on, last_on=last_on, state=WaitState.WAITING,
        token_digest=digest, sealed=sealed(told, token), contact_keys=keys, request_key=request_key,
        joined_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if violates(error, "appointments_waits_once"):
            raise Refused("appointment_key") from error
        raise
    data = {"agenda": agenda.pk, "first_on": first_on.isoformat(), "last_on": last_on.isoformat()}
    record(institution.pk, row.stream, "appointments.joined", now, data=data, new_stream=True)
    telling.tell_waiter(institution, row, telling.JOINED, now=now)
    return row, token


@transaction.atomic
def leave_list(*, institution: Institution, pk: int, now: datetime) -> None:
    """Let somebody leave the list (3 SQL); twice is once.

    Raises:
        Refused: they have an offer, took one, or the days passed (wait_over).
    """
    row = Waiter.objects.select_for_update().get(institution=institution, pk=pk)
    if row.state == WaitState.LEFT:
        return
    if row.state != WaitState.WAITING:
        raise Refused("wait_over")
    row.state = WaitState.LEFT
    row.save(update_fields=["state"])
    record(institution.pk, row.stream, "appointments.left", now)


def offer_freed(
    institution: Institution,
    agenda: Agenda,
    day: date,
    begins_at: datetime,
    ends_at: datetime,
    seat: int,
    *,
    now: datetime,
) -> Appointment | None:
    """Offer a place that fell free to the first who waits for it, in the transaction that freed it: nobody
    gets in between (1 SQL where nobody waits, else 8).
    """
    until = offered_until(begins_at, now, hours=agenda.offer_hours, notice=agenda.notice)
    if until is None or not agenda.has_waiting_list:
        return None
    waiter = _first_waiting(agenda, day)
    if waiter is None or not is_offered(institution, agenda, day, begins_at, seat):
        return None
    return _offer(institution, agenda, waiter, day, (begins_at, ends_at, seat), until, now)


def _first_waiting(agenda: Agenda, day: date) -> Waiter | None:
    """Return the first who waits for a day, locked (1 SQL); whom somebody else is offering to is passed."""
    rows = Waiter.objects.select_for_update(of=("self",), skip_locked=True, no_key=True)
    rows = rows.filter(agenda=agenda, state=WaitState.WAITING, first_on__lte=day, last_on__gte=day)
    return rows.exclude(sealed=None).order_by("joined_at", "pk").first()


def _offer(
    institution: Institution,
    agenda: Agenda,
    waiter: Waiter,
    day: date,
    place: tuple[datetime, datetime, int],
    until: datetime,
    now: datetime,
) -> Appointment | None:
    found = opened(waiter)
    if found is None:
        return None
    token, digest = new_token()
    row = Appointment(
        institution=institution, point_id=agenda.point_id, agenda=agenda, begins_at=place[0],
        ends_at=place[1], seat=place[2], on=day, state=State.HELD, held_until=until, waiter=waiter,
        code=new_code(), token_digest=digest, sealed=sealed(found[0], token),
        contact_keys=waiter.contact_keys, way=Way.LIST, created_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if violates(error, IN_A_SEAT):  # somebody booked it a moment before: they go on waiting
            return None
        raise
    waiter.state = WaitState.OFFERED
    waiter.save(update_fields=["state"])
    data = {"agenda": agenda.pk, "begins_at": row.begins_at.isoformat(), "until": until.isoformat()}
    record(institution.pk, row.stream, "appointments.offered", now, data=data, new_stream=True)
    telling.tell(institution, row, telling.OFFER, now=now)
    return row


@transaction.atomic
def decline_offer(*, institution: Institution, pk: int, now: datetime, tells: bool = False) -> None:
    """Decline a place that was offered: the next who waits is offered it (as `offer_freed`, and 4 SQL).
    Whoever it was offered to is told where it is not they who decline (`tells`).

    Raises:
        Refused: it was taken, or lapsed (appointment_moved_on).
    """
    row = locked(institution, pk)
    if row.state == State.LAPSED:
        return
    check_move(Move.DECLINE, row.state)
    _lapse(institution, row, now, tells=tells)


def _lapse(institution: Institution, row: Appointment, now: datetime, *, tells: bool) -> None:
    """End an offer; whoever did not take it waits no more, and the next one is offered it."""
    settled(row, State.LAPSED)
    Waiter.objects.filter(pk=row.waiter_id or 0).update(state=WaitState.ENDED)
    record(institution.pk, row.stream, "appointments.lapsed", now)
    if tells:
        telling.tell(institution, row, telling.LAPSED, now=now)
    offer_freed(institution, row.agenda, row.on, row.begins_at, row.ends_at, row.seat, now=now)


def lapse_offers(institution: Institution, *, now: datetime) -> int:
    """End the offers that nobody took in time, each in a transaction of its own; return how many (1 SQL where
    none is, else 8 each).
    """
    rows = Appointment.objects.filter(institution=institution, state=State.HELD, held_until__lte=now)
    ended = 0
    for pk in list(rows.order_by("held_until", "pk").values_list("pk", flat=True)[:MOST_OFFERED]):
        with transaction.atomic():
            row = locked(institution, pk)
            if row.state != State.HELD or row.held_until is None or row.held_until > now:
                continue
            _lapse(institution, row, now, tells=True)
            ended += 1
    return ended


def offer_free(institution: Institution, *, now: datetime) -> int:
    """Offer what is free, for whatever reason, to those who wait; return how many offers (1 SQL where nobody
    waits; for each agenda 3, and 7 each offer). What a worker that died did not offer, the next turn does.
    """
    waiting = Waiter.objects.filter(institution=institution, state=WaitState.WAITING)
    offered = 0
    for agenda_id in sorted(set(waiting.values_list("agenda_id", flat=True))):
        agenda = agenda_open(institution, agenda_id, for_staff=True)
        today = now.astimezone(point_of(institution, agenda).zone).date()
        waiting.filter(agenda=agenda, last_on__lt=today).update(state=WaitState.ENDED)
        if why_closed(institution, agenda):
            continue
        offered += _offer_days(institution, agenda, today, now)
    return offered


def _offer_days(institution: Institution, agenda: Agenda, today: date, now: datetime) -> int:
    rows = Waiter.objects.filter(agenda=agenda, state=WaitState.WAITING)
    spans = list(rows.values_list("first_on", "last_on"))
    if not spans:
        return 0
    first, last = min(each[0] for each in spans), max(each[1] for each in spans)
    offered = 0
    for day, found in free_slots(institution, agenda, first, last, now=now).items():
        left = sum(begin <= day <= end for begin, end in spans)
        for free in found:
            until = offered_until(free.slot.begins_at, now, hours=agenda.offer_hours, notice=agenda.notice)
            for seat in free.seats if until is not None else ():
                if left <= 0 or offered >= MOST_OFFERED:
                    break
                left -= 1
                with transaction.atomic():
                    waiter = _first_waiting(agenda, day)
                    place = (free.slot.begins_at, free.slot.ends_at, seat)
                    if waiter is not None and until is not None:
                        offered += _offer(institution, agenda, waiter, day, place, until, now) is not None
    return offered
