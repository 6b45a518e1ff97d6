# SPDX-License-Identifier: EUPL-1.2
"""Opening and closing desks, and ending the day of a point."""

from collections.abc import Collection
from datetime import datetime

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.counter.domain.queueing import NIGHT
from siac.counter.domain.states import AT_DESK, LIVE, State
from siac.counter.models import Desk, DeskShift, Stage
from siac.counter.queries import desks
from siac.journal.public import NewEntry, record, record_many
from siac.kernel.errors import Refused
from siac.organizations.public import Institution


def open_desk(
    *, institution: Institution, desk_id: int, actor: User, now: datetime, officer: User | None = None
) -> DeskShift:
    """Open a desk for whoever sits down there (3 SQL): `actor`, or the `officer` for whom they open it.

    Raises:
        Refused: there is no such desk in use (desk_not_open), it is open, or that person is at another
            one (desk_open_already).
    """
    desk = desks(institution).get(desk_id)
    if desk is None or not desk.is_active:
        raise Refused("desk_not_open")
    try:
        with transaction.atomic():
            row = DeskShift.objects.create(
                institution=institution, point_id=desk.point_id, desk=desk, officer=officer or actor,
                opened_at=now,
            )  # fmt: skip
            record(institution.pk, f"desk:{desk.pk}", "counter.desk_opened", now, actor.pk,
                   {"shift": row.pk, "officer": row.officer_id})  # fmt: skip
    except IntegrityError as error:
        raise Refused("desk_open_already") from error
    return row


@transaction.atomic
def close_desk(*, institution: Institution, desk_id: int, actor: User | None, now: datetime) -> None:
    """Close a desk (5 SQL); those who wait go on waiting for others.

    Raises:
        Refused: it is closed already (desk_not_open), or somebody is at it (desk_busy).
    """
    shift = locked_shift(institution, desk_id)
    if Stage.objects.filter(desk_id=desk_id, ended_at=None, state__in=AT_DESK).exists():
        raise Refused("desk_busy")
    _close(shift, actor, now)


def _close(shift: DeskShift, actor: User | None, now: datetime) -> None:
    shift.closed_at = max(now, shift.opened_at)
    shift.save(update_fields=["closed_at"])
    record(
        shift.institution_id, f"desk:{shift.desk_id}", "counter.desk_closed", now,
        actor.pk if actor else None, {"shift": shift.pk},
    )  # fmt: skip


def locked_shift(institution: Institution, desk_id: int) -> DeskShift:
    """Return the open shift of a desk, locked: one thing is done at a desk at a time (1 SQL).

    Raises:
        Refused: the desk is not open (desk_not_open).
    """
    rows = DeskShift.objects.select_for_update(of=("self",), no_key=True)
    shift = rows.filter(institution=institution, desk_id=desk_id, closed_at=None).first()
    if shift is None:
        raise Refused("desk_not_open")
    return shift


@transaction.atomic
def end_day(*, institution: Institution, point_id: int, actor: User | None, now: datetime) -> int:
    """Close what is left at a point and say so: whoever waits, was called or is held; return how many (5 SQL
    and 3 for each open desk). Who is being attended is attended to the end, and their desk stays open.
    """
    closed = _close_visits(institution, LIVE - {State.SERVING}, actor, now, point_id=point_id)
    _close_shifts(institution, actor, now, busy=_busy(institution), point_id=point_id)
    return closed


@transaction.atomic
def close_former_days(institution: Institution, *, now: datetime) -> int:
    """Close what earlier local days left open, `NIGHT` after midnight; return how many visits (3 SQL where
    nothing is).
    """
    local = institution.local_date(now - NIGHT)
    closed = _close_visits(institution, LIVE, None, now, visit__taken_on__lt=local)
    midnight = datetime.combine(local, datetime.min.time(), tzinfo=institution.zone)
    _close_shifts(institution, None, now, busy=_busy(institution), opened_at__lt=midnight)
    return closed


def _busy(institution: Institution) -> set[int | None]:
    """Return the desks that somebody is at (1 SQL)."""
    rows = Stage.objects.filter(institution=institution, ended_at=None, state__in=AT_DESK)
    return {row.desk_id for row in rows.only("desk_id")}


def _close_visits(
    institution: Institution, states: Collection[State], actor: User | None, now: datetime, **which: object
) -> int:
    rows = Stage.objects.select_for_update(of=("self",), no_key=True).filter(
        institution=institution, ended_at=None, state__in=states, **which
    )
    left = list(rows.order_by("pk"))
    for row in left:
        row.ended_at = max(now, row.begun_at)
    Stage.objects.bulk_update(left, ["ended_at"], batch_size=500)
    Stage.objects.bulk_create(
        Stage(
            institution=institution, point_id=row.point_id, visit_id=row.visit_id, line_id=row.line_id,
            state=State.CLOSED, begun_at=max(now, row.begun_at),
        )
        for row in left
    )  # fmt: skip
    by = actor.pk if actor else None
    entries = [NewEntry(f"ticket:{row.visit_id}", "counter.closed", {"from": row.state}, by) for row in left]
    record_many(institution.pk, entries, now)
    return len(left)


def _close_shifts(
    institution: Institution, actor: User | None, now: datetime, *, busy: set[int | None], **which: object
) -> None:
    rows = DeskShift.objects.select_for_update(of=("self",), no_key=True).filter(
        institution=institution, closed_at=None, **which
    )
    for shift in rows.order_by("pk"):
        if shift.desk_id not in busy:
            _close(shift, actor, now)


def desk_in_use(institution: Institution, desk_id: int) -> Desk:
    """Return a desk in use of a body; no SQL when warm.

    Raises:
        Refused: there is none (desk_not_open).
    """
    desk = desks(institution).get(desk_id)
    if desk is None or not desk.is_active:
        raise Refused("desk_not_open")
    return desk
