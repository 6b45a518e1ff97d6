# SPDX-License-Identifier: EUPL-1.2
"""Keeping personnel records."""

from datetime import date, datetime
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, check_basis, is_colleague, lock_institution, unit_tree
from siac.servicepoints.public import service_points
from siac.staff.commands.gaps import follow_gaps
from siac.staff.models import Employee, Profile

FIELDS = (
    "name", "code", "user_id", "post", "profile_id", "unit_id", "point_id", "group", "studies", "sex",
    "age_band", "hired_on", "in_point_since", "left_on",
)  # fmt: skip


@transaction.atomic
def save_employee(
    *,
    institution: Institution,
    employee_id: int | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
    **fields: Any,
) -> Employee:
    """Make a personnel record, or change some of its fields (5 to 12 SQL). Who leaves keeps their courses and
    diagnoses, and their gaps close on their last day.

    Raises:
        Refused: days in the wrong order (employee_days); a unit, place or profile of elsewhere
            (employee_elsewhere); an account that is not of the body or has another record (employee_account);
            a code that another record has (employee_code); no such record (employee_unknown); or somebody
            saved it meanwhile (saved_meanwhile).
    """
    lock_institution(institution.pk)
    row = _locked(institution, employee_id) if employee_id is not None else Employee(institution=institution)
    check_basis(based_on, row.saves)
    before = {name: getattr(row, name) for name in FIELDS}
    for name, value in fields.items():
        setattr(row, name, squeeze(value) if name in ("name", "code", "post") else value)
    changed = sorted(name for name in FIELDS if getattr(row, name) != before[name])
    if row.pk and not changed:
        return row
    _check(institution, row)
    row.saves += 1 if row.pk else 0
    _write(row)
    is_new = employee_id is None
    kind = "staff.employee_created" if is_new else "staff.employee_changed"
    actor_id, data = actor.pk if actor else None, {"employee": row.pk, "fields": changed}
    record(institution.pk, row.stream, kind, now, actor_id, data, new_stream=is_new)
    if {"profile_id", "left_on"} & set(changed):
        today = institution.local_date(now)
        ended = row.left_on if row.left_on is not None and row.left_on <= today else today
        follow_gaps(institution, [row], today=ended, actor=actor, now=now)
    return row


def _locked(institution: Institution, employee_id: int) -> Employee:
    rows = Employee.objects.select_for_update(of=("self",)).filter(institution=institution, pk=employee_id)
    row = rows.first()
    if row is None:
        raise Refused("employee_unknown")
    return row


def locked_employee(institution: Institution, employee_id: int, *, today: date | None = None) -> Employee:
    """Return a record, locked (1 SQL); with `today`, of somebody who still works here then.

    Raises:
        Refused: there is none (employee_unknown), or they left (employee_left).
    """
    row = _locked(institution, employee_id)
    if today is not None and row.left_on is not None and row.left_on <= today:
        raise Refused("employee_left", name=row.name)
    return row


def _check(institution: Institution, row: Employee) -> None:
    later = (row.left_on, row.in_point_since)
    if any(day is not None and day < row.hired_on for day in later):
        raise Refused("employee_days")
    is_here = (
        (row.unit_id is None or row.unit_id in unit_tree(institution).nodes)
        and (row.point_id is None or row.point_id in service_points(institution))
        and (
            row.profile_id is None
            or Profile.objects.filter(institution=institution, pk=row.profile_id).exists()
        )
    )
    if not is_here:
        raise Refused("employee_elsewhere")
    others = Employee.objects.filter(institution=institution).exclude(pk=row.pk)
    if row.user_id is not None and (
        not is_colleague(institution, row.user_id) or others.filter(user=row.user_id).exists()
    ):
        raise Refused("employee_account")
    if row.code and others.filter(code=row.code).exists():
        raise Refused("employee_code")


def _write(row: Employee) -> None:
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:  # the checks above have words of their own; this one only races
        raise Refused("employee_days") from error
