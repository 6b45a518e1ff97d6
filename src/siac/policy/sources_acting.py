# SPDX-License-Identifier: EUPL-1.2
"""What is done about lines of action, as contexts below this one know it: plans of improvement, courses,
campaigns.
"""

from collections.abc import Mapping, Sequence

from django.urls import reverse

from siac.improvement.public import (
    ImprovementRight,
    Plan,
    PlanState,
    progress_of,
    public_plans,
    visible_plans,
)
from siac.outreach.public import OutreachRight, campaigns
from siac.policy.progress import Asking, Progress, ProgressSource
from siac.staff.public import PersonnelRight, courses_between
from siac.ui.public import long_date

_OFFERED = 200
"""Plans, courses and campaigns that are offered: the newest."""


def _plans(asking: Asking) -> list[Plan]:
    rows = visible_plans(asking.access) if asking.access else public_plans(asking.institution)
    return list(rows.exclude(state=PlanState.DRAFT).order_by("-starts_on", "-pk")[:_OFFERED])


def _plans_offered(asking: Asking) -> Mapping[int, str]:
    return {row.pk: row.name for row in _plans(asking)}


def _plans_told(asking: Asking, numbers: Sequence[int]) -> Mapping[int, Progress]:
    """Return where each plan stands and how far it is: for everybody of those that are published (2 SQL)."""
    rows = [row for row in _plans(asking) if row.pk in numbers]
    far, told, access, slug = progress_of(rows), {}, asking.access, asking.institution.slug
    for row in rows:
        done = far[row.pk]
        words = row.get_state_display() + ("" if done is None else f", {round(done)} % avanzado")
        opens = access is not None and access.has(ImprovementRight.READ)
        url = reverse("workspace:improvement:plan", args=[slug, row.pk]) if opens else ""
        told[row.pk] = Progress(f"Plan de mejora: {row.name}", words, url)
    return told


def _courses_offered(asking: Asking) -> Mapping[int, str]:
    first = asking.today.replace(month=1, day=1)
    rows = courses_between(asking.institution, first, first.replace(year=first.year + 2))
    return {row.pk: f"{row.name} ({row.plan.year})" for row in rows[:_OFFERED]}


def _courses_told(asking: Asking, numbers: Sequence[int]) -> Mapping[int, Progress]:
    """Return whether each course ended, for the house (1 SQL)."""
    access = asking.access
    if access is None or not access.has(PersonnelRight.OWN):
        return {}
    first = asking.today.replace(year=asking.today.year - 5, month=1, day=1)
    rows = courses_between(asking.institution, first, first.replace(year=first.year + 8))
    told = {}
    for row in rows.filter(pk__in=numbers):
        ended = row.ends_on < asking.today
        words = f"{'Terminó' if ended else 'Termina'} el {long_date(row.ends_on)}"
        opens = access.has(PersonnelRight.KEEP)
        url = reverse("workspace:staff:course", args=[asking.institution.slug, row.pk]) if opens else ""
        told[row.pk] = Progress(f"Curso: {row.name}", words, url)
    return told


def _campaigns_offered(asking: Asking) -> Mapping[int, str]:
    rows = campaigns(asking.institution).filter(is_dropped=False).order_by("-starts_on", "-pk")
    return {row.pk: f"{row.title} ({row.year})" for row in rows[:_OFFERED]}


def _campaigns_told(asking: Asking, numbers: Sequence[int]) -> Mapping[int, Progress]:
    """Return where each campaign stands and whom it reached, for the house (1 SQL)."""
    access = asking.access
    if access is None or not access.has(OutreachRight.READ):
        return {}
    told = {}
    for row in campaigns(asking.institution).filter(pk__in=numbers):
        if row.is_dropped:
            words = "Sin efecto"
        elif row.starts_on > asking.today:
            words = f"Empieza el {long_date(row.starts_on)}"
        elif row.ends_on >= asking.today:
            words = f"En curso hasta el {long_date(row.ends_on)}"
        else:
            words = f"Terminó el {long_date(row.ends_on)}"
        if row.reached is not None:
            words += f"; alcanzó a {row.reached} personas"
        url = reverse("workspace:outreach:campaign", args=[asking.institution.slug, row.pk])
        told[row.pk] = Progress(f"Campaña: {row.title}", words, url)
    return told


ACTING = (
    ProgressSource("improvement_plan", "Planes de mejora", _plans_offered, _plans_told),
    ProgressSource("course", "Cursos", _courses_offered, _courses_told),
    ProgressSource("campaign", "Campañas de difusión", _campaigns_offered, _campaigns_told),
)
"""What is registered from here."""
