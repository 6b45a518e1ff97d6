# SPDX-License-Identifier: EUPL-1.2
"""Keeping the living links of the system, and what the body itself was given."""

from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction

from siac.accounts.public import User
from siac.charters.public import months_after
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import (
    Institution,
    VersionedRecord,
    colleagues,
    note_configuration,
    save_version,
    unit_tree,
)
from siac.policy.models import Achievement, Reference

R = TypeVar("R", bound=VersionedRecord)


@transaction.atomic
def save_reference(
    *,
    institution: Institution,
    area: str,
    name: str,
    unit_id: int,
    bearing: str = "",
    url: str = "",
    document: str = "",
    responsible_id: int | None = None,
    every_months: int = 12,
    is_active: bool = True,
    reference: Reference | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> Reference:
    """Keep a living link, or change it: what it is, who answers for it and how often somebody looks; a new
    one was looked at today (8 SQL).

    Raises:
        Refused: it has no name (reference_name), leads nowhere (reference_nowhere), its unit is not in use
            (unit_unknown), its person is not of the body (reference_person), or somebody saved it meanwhile
            (saved_meanwhile).
    """
    if not squeeze(name):
        raise Refused("reference_name")
    if not (url or squeeze(document)):
        raise Refused("reference_nowhere")
    if unit_tree(institution).current(unit_id) != unit_id:
        raise Refused("unit_unknown")
    kept = reference.responsible_id if reference else None
    if responsible_id not in (None, kept) and responsible_id not in dict(colleagues(institution)):
        raise Refused("reference_person")
    checked = reference.checked_on if reference else institution.local_date(now)
    fields = {
        "area": area, "name": squeeze(name)[:200], "bearing": squeeze(bearing)[:1000], "url": url,
        "document": squeeze(document)[:200], "unit_id": unit_id, "responsible_id": responsible_id,
        "every_months": every_months, "is_active": is_active, "checked_on": checked,
        "next_check_on": months_after(checked or institution.local_date(now), every_months),
    }  # fmt: skip
    row = reference or Reference(institution=institution)
    return _saved(institution, row, fields, "reference", based_on, actor, now)


@transaction.atomic
def check_reference(
    *,
    institution: Institution,
    reference: Reference,
    based_on: int | None = None,
    actor: User,
    now: datetime,
) -> Reference:
    """Say that somebody looked at a living link today and that it holds; the next time is as many months
    later as it says (7 SQL).

    Raises:
        Refused: somebody saved it meanwhile (saved_meanwhile).
    """
    today = institution.local_date(now)
    fields = {"checked_on": today, "next_check_on": months_after(today, reference.every_months)}
    return _saved(institution, reference, fields, "reference", based_on, actor, now)


@transaction.atomic
def save_achievement(
    *,
    institution: Institution,
    level: str,
    name: str,
    giver: str,
    since: date,
    until: date | None = None,
    url: str = "",
    achievement: Achievement | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> Achievement:
    """Write down what somebody outside certified of the body itself, or gave it (7 SQL). Days are local.

    Raises:
        Refused: it says not what or by whom (achievement_empty), ends before it begins (achievement_days), or
            somebody saved it meanwhile (saved_meanwhile).
    """
    if not (squeeze(name) and squeeze(giver)):
        raise Refused("achievement_empty")
    if until is not None and until < since:
        raise Refused("achievement_days")
    fields = {
        "level": level, "name": squeeze(name)[:200], "giver": squeeze(giver)[:150], "since": since,
        "until": until, "url": url,
    }  # fmt: skip
    row = achievement or Achievement(institution=institution)
    return _saved(institution, row, fields, "achievement", based_on, actor, now)


def _saved(
    institution: Institution,
    row: R,
    fields: dict[str, Any],
    what: str,
    based_on: int | None,
    actor: User | None,
    now: datetime,
) -> R:
    saved = save_version(row, fields, based_on=based_on, actor=actor, now=now)
    if saved.is_changed:
        data = {what: saved.row.pk, "version": saved.row.version}
        note_configuration(institution.pk, f"policy.{what}_saved", actor=actor, now=now, data=data)
    return saved.row
