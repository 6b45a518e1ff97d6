# SPDX-License-Identifier: EUPL-1.2
"""Keeping competences, and the profiles that ask them."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, note_configuration, save_version
from siac.staff.commands.gaps import follow_gaps
from siac.staff.domain.levels import LEVELS
from siac.staff.models import Competence, Employee, Profile

MOST = 60
"""Competences of one profile."""


@transaction.atomic
def save_competence(
    *,
    institution: Institution,
    competence: Competence | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
    **fields: Any,
) -> Competence:
    """Write a competence, or its next version (6 SQL, and 1 where it goes out of use).

    Raises:
        Refused: another one has its name (competence_name); it would go out of use while a profile asks it
            (competence_used); or somebody saved it meanwhile (saved_meanwhile).
    """
    values = {**fields, "name": squeeze(fields["name"])}
    if competence is not None and not values.get("is_active", True):
        asking = Profile.objects.filter(institution=institution, is_active=True)
        used = next((row for row in asking if competence.pk in row.levels), None)
        if used is not None:
            raise Refused("competence_used", profile=used.name)
    row = competence or Competence(institution=institution)
    try:
        with transaction.atomic():
            saved = save_version(row, values, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("competence_name") from error
    if saved.is_changed:
        data = {"competence": saved.row.pk, "version": saved.row.version}
        note_configuration(institution.pk, "staff.competence_saved", actor=actor, now=now, data=data)
    return saved.row


@transaction.atomic
def save_profile(
    *,
    institution: Institution,
    name: str,
    functions: str = "",
    required: Sequence[tuple[int, int]] = (),
    is_active: bool = True,
    profile: Profile | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> Profile:
    """Write a profile, or its next version; what it asks anew opens and closes gaps today (8 to 14 SQL).

    Raises:
        Refused: another one has its name (profile_name); a competence of elsewhere or out of use, twice, or a
            level that is none (profile_levels); or somebody saved it meanwhile (saved_meanwhile).
    """
    known = set(
        Competence.objects.filter(institution=institution, is_active=True).values_list("pk", flat=True)
    )
    asked = [pk for pk, _ in required]
    good = len(set(asked)) == len(asked) <= MOST and set(asked) <= known
    if not good or any(level not in LEVELS for _, level in required):
        raise Refused("profile_levels")
    values = {
        "name": squeeze(name), "functions": functions.strip(), "is_active": is_active,
        "required": [[pk, level] for pk, level in required],
    }  # fmt: skip
    row = profile or Profile(institution=institution)
    try:
        with transaction.atomic():
            saved = save_version(row, values, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("profile_name") from error
    if not saved.is_changed:
        return saved.row
    data = {"profile": saved.row.pk, "version": saved.row.version}
    note_configuration(institution.pk, "staff.profile_saved", actor=actor, now=now, data=data)
    if saved.before is not None and saved.before["required"] != values["required"]:
        people = list(Employee.objects.filter(institution=institution, profile=saved.row).order_by("pk"))
        follow_gaps(institution, people, today=institution.local_date(now), actor=actor, now=now)
    return saved.row
