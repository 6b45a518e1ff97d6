# SPDX-License-Identifier: EUPL-1.2
"""Gaps follow from diagnoses and profiles: opened on the day on which a level falls short, closed on the day
on which it does not any more, the post does not ask it, or the person leaves.
"""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from siac.accounts.public import User
from siac.journal.public import NewEntry, record_many
from siac.organizations.public import Institution
from siac.staff.domain.levels import standings
from siac.staff.models import Employee, Gap, Profile
from siac.staff.queries import said_of


@transaction.atomic
def end_gaps(institution: Institution, *, now: datetime) -> int:
    """Close the gaps of those whose last day, told before, has come; return how many changed (1 SQL, and
    those of `follow_gaps` where there are any).
    """
    today = institution.local_date(now)
    rows = Employee.objects.filter(
        institution=institution, left_on__lte=today, gaps__closed_on=None, gaps__isnull=False
    )
    people = list(rows.distinct().order_by("pk"))
    return follow_gaps(institution, people, today=today, actor=None, now=now) if people else 0


def follow_gaps(
    institution: Institution, employees: Sequence[Employee], *, today: date, actor: User | None, now: datetime
) -> int:
    """Open and close the gaps of some people as they stand on a local day; return how many changed (3 SQL,
    and up to 5 where something changes, however many).
    """
    ids = [row.pk for row in employees]
    said = said_of(ids)
    asked = {row.pk: row.levels for row in Profile.objects.filter(institution=institution)}
    held = {
        (gap.employee_id, gap.competence_id): gap
        for gap in Gap.objects.filter(employee__in=ids, closed_on=None).select_for_update()
    }
    opened: list[Gap] = []
    changed: list[Gap] = []
    for row in employees:
        required = asked.get(row.profile_id or 0, {}) if row.left_on is None or row.left_on > today else {}
        for each in standings(required, said.get(row.pk, [])):
            gap = held.pop((row.pk, each.competence), None)
            if gap is not None and each.gap and gap.missing != each.gap:
                gap.missing = each.gap
                changed.append(gap)
            elif gap is not None and not each.gap:
                gap.closed_on = max(today, gap.opened_on)
                changed.append(gap)
            elif gap is None and each.gap:
                opened.append(
                    Gap(
                        institution=institution, employee=row, competence_id=each.competence,
                        missing=each.gap, opened_on=today,
                    )
                )  # fmt: skip
    for gap in held.values():  # no longer asked
        gap.closed_on = max(today, gap.opened_on)
        changed.append(gap)
    Gap.objects.bulk_create(opened)
    Gap.objects.bulk_update(changed, ["missing", "closed_on"])
    touched = sorted({gap.employee_id for gap in (*opened, *changed)})
    entries = [
        NewEntry(f"employee:{pk}", "staff.gaps_followed", {"employee": pk}, actor.pk if actor else None)
        for pk in touched
    ]
    record_many(institution.pk, entries, now)
    return len(opened) + len(changed)
