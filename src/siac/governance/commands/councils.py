# SPDX-License-Identifier: EUPL-1.2
"""Setting up bodies and who sits in them."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from siac.accounts.public import User
from siac.governance.domain.deciding import Quorum
from siac.governance.models import VOTERS, Council, Seat, SeatRole
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import (
    Institution,
    lock_institution,
    memberships,
    note_configuration,
    save_version,
)


@transaction.atomic
def save_council(
    *,
    institution: Institution,
    council: Council | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
    **fields: Any,
) -> Council:
    """Set up a body, or change `council` as its next version; `fields` are those of the model.

    Raises:
        Refused: another one has its name (council_name_taken), a quorum that is a number without one
            (council_quorum), or somebody saved it meanwhile (saved_meanwhile).
    """
    values = {**fields, "name": squeeze(fields["name"])}
    if values.get("quorum") == Quorum.NUMBER and not values.get("quorum_number"):
        raise Refused("council_quorum")
    row = council or Council(institution=institution)
    try:
        with transaction.atomic():
            saved = save_version(row, values, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("council_name_taken") from error
    if saved.is_changed:
        data = {"council": saved.row.pk, "version": saved.row.version}
        note_configuration(institution.pk, "governance.council_saved", actor=actor, now=now, data=data)
    return saved.row


@transaction.atomic
def save_seat(
    *,
    institution: Institution,
    council: Council,
    name: str,
    role: str,
    since: date,
    until: date | None = None,
    represents: str = "",
    stands_for_id: int | None = None,
    user_id: int | None = None,
    seat: Seat | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> Seat:
    """Give somebody a place in a body from one local day to another, or change `seat` as its next version.

    Raises:
        Refused: the mandate ends before it begins (seat_days); an alternate of nobody who votes there, or
            somebody else who stands in for another (seat_alternate); another one presides on some of these
            days (seat_chair); an account that is not of the body, or that has a place there on some of these
            days (seat_user); or somebody saved it meanwhile (saved_meanwhile).
    """
    if until is not None and until < since:
        raise Refused("seat_days")
    lock_institution(institution.pk)
    others = _during(council, since, until).exclude(pk=seat.pk if seat else None)
    _check_alternate(council, role, stands_for_id, seat)
    if role == SeatRole.CHAIR and others.filter(role=SeatRole.CHAIR).exists():
        raise Refused("seat_chair")
    if user_id is not None and (
        not memberships(institution).filter(user=user_id).exists() or others.filter(user=user_id).exists()
    ):
        raise Refused("seat_user")
    fields = {
        "name": squeeze(name), "role": role, "since": since, "until": until,
        "represents": squeeze(represents), "stands_for_id": stands_for_id, "user_id": user_id,
    }  # fmt: skip
    row = seat or Seat(institution=institution, council=council)
    saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        data = {"council": council.pk, "seat": saved.row.pk, "version": saved.row.version}
        note_configuration(institution.pk, "governance.seat_saved", actor=actor, now=now, data=data)
    return saved.row


def _during(council: Council, since: date, until: date | None) -> Any:
    rows = Seat.objects.filter(council=council).filter(Q(until=None) | Q(until__gte=since))
    return rows if until is None else rows.filter(since__lte=until)


def _check_alternate(council: Council, role: str, stands_for_id: int | None, seat: Seat | None) -> None:
    if (role == SeatRole.ALTERNATE) != (stands_for_id is not None):
        raise Refused("seat_alternate")
    if stands_for_id is None:
        return
    titular = Seat.objects.filter(council=council, pk=stands_for_id, role__in=VOTERS).first()
    if titular is None or (seat is not None and titular.pk == seat.pk):
        raise Refused("seat_alternate")
