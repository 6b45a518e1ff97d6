# SPDX-License-Identifier: EUPL-1.2
"""Diagnosing the competences of somebody: by themselves, by their head, by evidence."""

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction

from siac.accounts.public import User
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution
from siac.staff.commands.employees import locked_employee
from siac.staff.commands.gaps import follow_gaps
from siac.staff.domain.levels import LEVELS, Teller
from siac.staff.models import AssessedLevel, Assessment, Profile
from siac.staff.queries import latest_assessment


@transaction.atomic
def assess(
    *,
    institution: Institution,
    employee_id: int,
    teller: Teller,
    on: date,
    levels: Mapping[int, int],
    evidence: str = "",
    seen: int | None = None,
    actor: User,
    now: datetime,
) -> Assessment:
    """Keep what somebody says of the competences of a person on a local day: level by key of the competence,
    of those of their profile (9 to 14 SQL). `seen` is the key of the newest diagnosis that whoever answers
    had before them, 0 for none: two at once each see the other's before theirs is kept. None does not ask.

    Raises:
        Refused: no such record (employee_unknown), or they left (employee_left); a day to come or before they
            began (assessment_future); no profile (assessment_profile), no level (assessment_empty), a level
            that is none or not of the profile (assessment_level); evidence that says nothing
            (assessment_evidence); or somebody else kept one meanwhile (assessment_meanwhile, with `latest`).
    """
    today = institution.local_date(now)
    row = locked_employee(institution, employee_id, today=today)
    if not row.hired_on <= on <= today:
        raise Refused("assessment_future")
    _check_levels(institution, row.profile_id, levels)
    if teller is Teller.EVIDENCE and not squeeze(evidence):
        raise Refused("assessment_evidence")
    latest = latest_assessment(row.pk)
    if seen is not None and seen != latest:
        raise Refused("assessment_meanwhile", latest=latest)
    made = Assessment.objects.create(
        employee=row, teller=teller.value, on=on, evidence=squeeze(evidence)[:500], made_by=actor, made_at=now
    )
    AssessedLevel.objects.bulk_create(
        AssessedLevel(assessment=made, competence_id=pk, level=level) for pk, level in levels.items()
    )
    data = {"employee": row.pk, "assessment": made.pk, "teller": teller.value}
    record(institution.pk, row.stream, "staff.assessed", now, actor.pk, data)
    follow_gaps(institution, [row], today=on, actor=actor, now=now)
    return made


def _check_levels(institution: Institution, profile_id: int | None, levels: Mapping[int, int]) -> None:
    profile = Profile.objects.filter(institution=institution, pk=profile_id or 0).first()
    if profile is None or not profile.levels:
        raise Refused("assessment_profile")
    if not levels:
        raise Refused("assessment_empty")
    if not set(levels) <= set(profile.levels) or any(level not in LEVELS for level in levels.values()):
        raise Refused("assessment_level")
