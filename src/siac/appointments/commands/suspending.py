# SPDX-License-Identifier: EUPL-1.2
"""Cancelling whole days: no bookings from that moment on, and a job that cancels and tells one by one."""

from collections.abc import Generator
from datetime import date, datetime
from typing import Any

from django.db import transaction

from siac.accounts.public import User
from siac.appointments.commands.booking import cancel
from siac.appointments.commands.offering import decline_offer
from siac.appointments.domain.states import State
from siac.appointments.models import Appointment, Suspension
from siac.appointments.queries import agendas
from siac.infra.jobs import LONG
from siac.infra.longwork import Line, Step, TimeSource, begin, finish, tell
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.servicepoints.public import service_points

LINE = Line(
    Suspension, "appointments.suspend", "suspension_id", queue=LONG, related=("institution", "created_by")
)
MOST_DAYS, BATCH, MOST_TOLD = 366, 20, 200


@transaction.atomic
def suspend(
    *,
    institution: Institution,
    point_id: int,
    agenda_id: int | None,
    first_on: date,
    last_on: date,
    reason: str,
    actor: User,
    now: datetime,
) -> Suspension:
    """Suspend the appointments of a point, or of one agenda of it, on some days (4 SQL): from now on nothing
    is booked there, and a job cancels those there are, tells each person why, and that they may choose
    another hour by the same link.

    Raises:
        Refused: the point or the agenda is not the body's (suspension_place), the days are over, turned round
            or too many (suspension_days), or there is no reason (suspension_reason).
    """
    point, agenda = service_points(institution).get(point_id), agendas(institution).get(agenda_id or 0)
    if point is None or (agenda_id is not None and (agenda is None or agenda.point_id != point_id)):
        raise Refused("suspension_place")
    today = now.astimezone(point.zone).date()
    if last_on < max(first_on, today) or (last_on - first_on).days >= MOST_DAYS:
        raise Refused("suspension_days", most=MOST_DAYS)
    if not reason.strip():
        raise Refused("suspension_reason")
    row = Suspension(
        institution=institution, point=point, agenda=agenda, first_on=first_on, last_on=last_on,
        reason=reason.strip()[:200], created_at=now, created_by=actor,
    )  # fmt: skip
    row.total = _left(row, now).count()
    begin(LINE, row, now=now, refusal="suspension_begun")
    data = {
        "point": point_id, "agenda": agenda_id, "first_on": first_on.isoformat(),
        "last_on": last_on.isoformat(),
    }  # fmt: skip
    record(institution.pk, row.stream, "appointments.suspended", now, actor.pk, data, new_stream=True)
    return row


def _left(row: Suspension, now: datetime) -> Any:
    """Return the appointments that are still to be cancelled, none once it was lifted (lazy: 1 SQL)."""
    if row.lifted_at is not None:
        return Appointment.objects.none()
    rows = Appointment.objects.filter(
        institution_id=row.institution_id, point_id=row.point_id, on__range=(row.first_on, row.last_on),
        begins_at__gt=now, state__in=(State.BOOKED, State.HELD),
    )  # fmt: skip
    return rows.filter(agenda_id=row.agenda_id) if row.agenda_id else rows


def suspending(row: Suspension, clock: TimeSource) -> Generator[Step[Suspension], Any, None]:
    """Cancel what is booked on suspended days; begun again by the next worker if this one dies."""
    done = row.done
    while True:
        cancelled = yield _cancel_some
        if not cancelled:
            break
        done += cancelled
        tell(row, clock(), done=done, total=max(row.total, done))
    yield finish


def _cancel_some(row: Suspension, now: datetime) -> int:
    """Cancel the next few; whoever was cancelled before this step died is not told twice."""
    found = list(_left(row, now).order_by("begins_at", "pk").values_list("pk", "state")[:BATCH])
    for pk, state in found:
        try:
            if state == State.HELD:
                decline_offer(institution=row.institution, pk=pk, now=now, tells=True)
            else:
                cancel(
                    institution=row.institution, pk=pk, actor=row.created_by, reason=row.reason, offers=False,
                    now=now,
                )  # fmt: skip
        except Refused:
            continue  # they came, or cancelled, in between
    return len(found)


@transaction.atomic
def lift(*, institution: Institution, pk: int, actor: User, now: datetime) -> None:
    """Let suspended days be booked again (3 SQL); what was cancelled stays so.

    Raises:
        Refused: it was lifted before (suspension_lifted).
    """
    row = Suspension.objects.select_for_update(of=("self",)).get(institution=institution, pk=pk)
    if row.lifted_at is not None:
        raise Refused("suspension_lifted")
    row.lifted_at = now
    row.save(update_fields=["lifted_at"])
    record(institution.pk, row.stream, "appointments.lifted", now, actor.pk)


@transaction.atomic
def tell_unfit(*, institution: Institution, pks: list[int], actor: User, reason: str, now: datetime) -> int:
    """Cancel appointments that cannot be kept as things stand and tell each person why; they choose another
    hour by the same link. Return how many (as `cancel`, each).

    Raises:
        Refused: none is named (unfit_none), or there is no reason (suspension_reason).
    """
    if not pks:
        raise Refused("unfit_none")
    if not reason.strip():
        raise Refused("suspension_reason")
    held = Appointment.objects.select_for_update(of=("self",), no_key=True)  # who comes meanwhile waits
    rows = held.filter(institution=institution, pk__in=pks, state=State.BOOKED, begins_at__gt=now)
    found = list(rows.exclude(unfit="").order_by("pk").values_list("pk", flat=True)[:MOST_TOLD])
    for pk in found:
        cancel(institution=institution, pk=pk, actor=actor, reason=reason, offers=False, now=now)
    return len(found)
