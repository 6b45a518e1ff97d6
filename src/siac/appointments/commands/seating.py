# SPDX-License-Identifier: EUPL-1.2
"""Writing an appointment into a seat: the constraint of the database says who was first."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, connection, transaction

from siac.appointments.domain.slots import Slot
from siac.appointments.domain.states import State
from siac.appointments.models import Agenda, Appointment
from siac.appointments.queries import Free, agendas, free_slots, point_of
from siac.kernel.errors import Refused
from siac.organizations.public import Institution

IN_A_SEAT = "appointments_one_in_a_seat"


def violates(error: IntegrityError, name: str) -> bool:
    """Return whether it was a constraint of that name that forbade a change."""
    diagnosis = getattr(error.__cause__, "diag", None)
    return getattr(diagnosis, "constraint_name", None) == name


def lock_contact(keys: Iterable[str]) -> None:
    """Let one at a time book with a mail address or telephone, until the transaction ends (1 SQL each)."""
    for key in keys:
        _lock(f"appointment {key}")


def _lock(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def agenda_open(institution: Institution, agenda_id: int, *, for_staff: bool) -> Agenda:
    """Return an agenda of a body; no SQL when warm.

    Raises:
        Refused: there is none (agenda_closed), or the public cannot book there.
    """
    agenda = agendas(institution).get(agenda_id)
    if agenda is None or not (for_staff or agenda.is_online):
        raise Refused("agenda_closed")
    return agenda


def wanted_slot(
    institution: Institution,
    agenda: Agenda,
    begins_at: datetime,
    *,
    now: datetime,
    for_staff: bool,
    without: int | None = None,
) -> tuple[date, Free]:
    """Return the day of an hour and its free seats (3 SQL).

    Raises:
        Refused: the agenda has no such hour (slot_unknown), there is no time left to book it (slot_late), or
            all its seats are taken (slot_taken).
    """
    zone = point_of(institution, agenda).zone
    day = begins_at.astimezone(zone).date()
    found = free_slots(institution, agenda, day, day, now=now, for_staff=for_staff, without=without)
    free = next((each for each in found.get(day, ()) if each.slot.begins_at == begins_at), None)
    if free is not None:
        return day, free
    notice = timedelta() if for_staff else agenda.notice
    if begins_at < now + notice:
        raise Refused("slot_late")
    raise Refused("slot_taken" if _stands(institution, agenda, day, begins_at, now) else "slot_unknown")


def _stands(institution: Institution, agenda: Agenda, day: date, begins_at: datetime, now: datetime) -> bool:
    rows = Appointment.objects.filter(institution=institution, agenda=agenda, on=day, begins_at=begins_at)
    return rows.exists()


def seated(row: Appointment, day: date, slot: Slot, seats: Iterable[int], fields: Iterable[str] = ()) -> None:
    """Write an appointment into the first of some seats that nobody took meanwhile (1 SQL, and 2 for each
    tried). Only the constraint of the database knows: whoever comes second waits for the first, and is
    refused. They come one by one to a day of an agenda: those who meet in the constraint itself may each wait
    for the other, and PostgreSQL breaks one of them off after a second.

    Raises:
        Refused: all are taken (slot_taken); the row in the database stays as it was.
        IntegrityError: another constraint forbids it.
    """
    _lock(f"agenda {row.agenda_id} {day}")
    row.begins_at, row.ends_at, row.on = slot.begins_at, slot.ends_at, day
    changed: dict[str, Any] = {}
    if row.pk is not None:
        changed["update_fields"] = ["begins_at", "ends_at", "on", "seat", "state", *fields]
    for seat in seats:
        row.seat = seat
        try:
            with transaction.atomic():
                row.save(**changed)
        except IntegrityError as error:
            if not violates(error, IN_A_SEAT):
                raise
            continue
        return
    raise Refused("slot_taken")


def locked(institution: Institution, pk: int) -> Appointment:
    """Return an appointment, locked for change (1 SQL).

    Raises:
        Refused: the body has none (appointment_moved_on).
    """
    held = Appointment.objects.select_for_update(of=("self",), no_key=True)
    row = held.select_related("agenda", "point__institution").filter(institution=institution, pk=pk).first()
    if row is None:
        raise Refused("appointment_moved_on")
    return row


def settled(row: Appointment, state: State) -> None:
    """Go to a state that takes no seat (1 SQL)."""
    row.state = state
    row.save(update_fields=["state"])
