# SPDX-License-Identifier: EUPL-1.2
"""Somebody comes to their appointment: they get a ticket of the line."""

from datetime import datetime, timedelta

from django.db import transaction

from siac.accounts.public import User
from siac.appointments.commands.seating import locked
from siac.appointments.domain.arrival import Arrival, arrival
from siac.appointments.domain.states import Move, State, check_move
from siac.appointments.models import Appointment
from siac.appointments.texts import hour_words
from siac.counter.public import take_ticket
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


@transaction.atomic
def arrive(
    *, institution: Institution, pk: int, priority: str = "", actor: User | None = None, now: datetime
) -> tuple[Appointment, Arrival]:
    """Give whoever comes to their appointment a ticket (4 SQL and those of `take_ticket`). In time it goes
    first from their hour on; later it is an ordinary one. `priority`: the preference of the country that
    they ask for, as anybody does. Coming twice gives one ticket.

    Raises:
        Refused: they come too early (arrival_early), on another day (arrival_unknown), the appointment is
            over (appointment_moved_on) or was used (arrival_done), or as `take_ticket`.
    """
    row = locked(institution, pk)
    if row.visit_id is not None:
        raise Refused("arrival_done")
    check_move(Move.ARRIVE, row.state)
    agenda = row.agenda
    if row.on != now.astimezone(row.zone).date():
        raise Refused("arrival_unknown")
    came = arrival(row.begins_at, now, early=agenda.early_minutes, late=agenda.late_minutes)
    if came is Arrival.EARLY:
        since = row.begins_at - timedelta(minutes=agenda.early_minutes)
        raise Refused("arrival_early", since=hour_words(since, row.zone))
    hour = row.begins_at if came is Arrival.IN_TIME else None
    row.visit = take_ticket(
        institution=institution, line_id=agenda.line_id, priority=priority, hour=hour, now=now
    )
    row.state, row.came_at, row.unfit = State.PRESENT, now, ""
    row.save(update_fields=["state", "came_at", "visit", "unfit"])
    data = {"ticket": row.visit.pk, "how": str(came)}
    record(institution.pk, row.stream, "appointments.arrived", now, actor.pk if actor else None, data)
    return row, came


def arrive_by_code(
    *, institution: Institution, point_id: int, code: str, priority: str = "", now: datetime
) -> tuple[Appointment, Arrival]:
    """Give a ticket to whoever types their code at a screen of a point (1 SQL and those of `arrive`).

    Raises:
        Refused: no appointment of the point has that code today (arrival_unknown), or as `arrive`.
    """
    typed = "".join(sign for sign in code[:40].upper() if sign.isalnum())
    rows = Appointment.objects.filter(institution=institution, point_id=point_id, code=typed)
    pk = rows.values_list("pk", flat=True).first()
    if pk is None:
        raise Refused("arrival_unknown")
    return arrive(institution=institution, pk=pk, priority=priority, now=now)
