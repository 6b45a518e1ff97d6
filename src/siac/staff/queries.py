# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about the people of the house, what they lack and how they are trained."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db.models import Max, Q, QuerySet
from django.http import Http404

from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Access, Institution
from siac.staff.domain.levels import Said, Standing, Teller, standings
from siac.staff.domain.rights import PersonnelRight
from siac.staff.models import (
    AssessedLevel,
    Assessment,
    Competence,
    Course,
    Employee,
    Enrolment,
    Gap,
    PlanState,
    Profile,
    TrainingPlan,
)


def _load_competences(institution_id: int) -> dict[int, Competence]:
    rows = Competence.objects.filter(institution_id=institution_id).order_by("kind", "name", "pk")
    return {row.pk: row for row in rows}


_COMPETENCES: ConfigCache[dict[int, Competence]] = ConfigCache(_load_competences)


def competences(institution: Institution) -> dict[int, Competence]:
    """Return the competences of a body by key, by class and name; no SQL when warm."""
    return _COMPETENCES.get(institution)


def _load_profiles(institution_id: int) -> dict[int, Profile]:
    return {
        row.pk: row for row in Profile.objects.filter(institution_id=institution_id).order_by("name", "pk")
    }


_PROFILES: ConfigCache[dict[int, Profile]] = ConfigCache(_load_profiles)


def profiles(institution: Institution) -> dict[int, Profile]:
    """Return the profiles of a body by key, by name; no SQL when warm."""
    return _PROFILES.get(institution)


def working(day: date) -> Q:
    """Return the condition of those who work here on a local day. No SQL."""
    return Q(hired_on__lte=day) & (Q(left_on=None) | Q(left_on__gt=day))


def visible_employees(access: Access) -> QuerySet[Employee]:
    """Return the records that the holder of `access` may read by name: of the units where they hold the
    right, and their own. Lazy: no SQL until it is read.
    """
    rows = Employee.objects.filter(institution=access.institution)
    own = Q(user=access.user.pk)
    if not access.has(PersonnelRight.READ):
        return rows.filter(own)
    units = access.units_with(PersonnelRight.READ)
    return rows if units is None else rows.filter(own | Q(unit__in=units))


def readable_employees(access: Access) -> QuerySet[Employee]:
    """Return the records that the holder of `access` looks after: of their units, their own only if it is in
    one. Lazy: no SQL until it is read.
    """
    units = access.units_with(PersonnelRight.READ) if access.has(PersonnelRight.READ) else frozenset()
    rows = Employee.objects.filter(institution=access.institution)
    return rows if units is None else rows.filter(unit__in=units)


def employee_for(access: Access, employee_id: int) -> Employee:
    """Return one record (1 SQL).

    Raises:
        Http404: there is none, or not for this user.
    """
    rows = readable_employees(access).select_related("unit", "point", "profile", "user")
    row = rows.filter(pk=employee_id).first()
    if row is None:
        raise Http404(str(employee_id))
    return row


def own_record(access: Access) -> Employee | None:
    """Return the record of whoever asks (1 SQL); None where their account has none in this body."""
    rows = Employee.objects.filter(institution=access.institution, user=access.user.pk)
    return rows.select_related("unit", "point", "profile").first()


def said_of(employee_ids: Iterable[int]) -> dict[int, list[Said]]:
    """Return every level that was said of some people, by person (1 SQL)."""
    rows = AssessedLevel.objects.filter(assessment__employee__in=list(employee_ids))
    told = rows.values_list(
        "assessment__employee", "competence", "assessment__teller", "level", "assessment__on", "assessment"
    )
    found: dict[int, list[Said]] = {}
    for employee, competence, teller, level, on, order in told:
        found.setdefault(employee, []).append(Said(competence, Teller(teller), level, on, order))
    return found


def standings_of(institution: Institution, row: Employee) -> list[Standing]:
    """Return how somebody stands in each competence that their profile asks (1 SQL); none without one."""
    profile = profiles(institution).get(row.profile_id or 0)
    return standings(profile.levels, said_of([row.pk]).get(row.pk, [])) if profile else []


def assessments_of(row: Employee) -> QuerySet[Assessment]:
    """Return the diagnoses of somebody, the newest first. Lazy: no SQL until it is read."""
    related = ("levels__competence",)
    return Assessment.objects.filter(employee=row).select_related("made_by").prefetch_related(*related)


def latest_assessment(employee_id: int) -> int:
    """Return the key of the newest diagnosis of somebody, 0 without one (1 SQL)."""
    return Assessment.objects.filter(employee=employee_id).aggregate(last=Max("pk"))["last"] or 0


def open_gaps(institution: Institution) -> QuerySet[Gap]:
    """Return the gaps that stand of a body. Lazy: no SQL until it is read."""
    return Gap.objects.filter(institution=institution, closed_on=None)


def undiagnosed(institution: Institution, today: date) -> QuerySet[Employee]:
    """Return those who work here today, have a profile, and of whom nobody said any level yet. Lazy: no SQL
    until it is read.
    """
    rows = Employee.objects.filter(working(today), institution=institution, profile__isnull=False)
    return rows.exclude(pk__in=Assessment.objects.values("employee"))


def plans(institution: Institution) -> QuerySet[TrainingPlan]:
    """Return the training plans of a body, the latest first. Lazy: no SQL until it is read."""
    return TrainingPlan.objects.filter(institution=institution).order_by("-year")


def plan_for(access: Access, plan_id: int) -> TrainingPlan:
    """Return a training plan (1 SQL).

    Raises:
        Http404: there is none in the body.
    """
    row = plans(access.institution).select_related("approved_by").filter(pk=plan_id).first()
    if row is None:
        raise Http404(str(plan_id))
    return row


def courses_of(plan: TrainingPlan) -> list[Course]:
    """Return the courses of a plan with their competences and sessions, by their first day (3 SQL)."""
    rows = plan.courses.prefetch_related("competences", "sessions").order_by("starts_on", "name", "pk")
    return list(rows)


def course_for(access: Access, course_id: int) -> Course:
    """Return a course with its plan, competences and sessions (3 SQL).

    Raises:
        Http404: there is none in the body.
    """
    rows = Course.objects.filter(plan__institution=access.institution, pk=course_id)
    row = rows.select_related("plan").prefetch_related("competences", "sessions").first()
    if row is None:
        raise Http404(str(course_id))
    return row


def enrolments_of(course: Course) -> list[Enrolment]:
    """Return who is in a course, with who came to what, by name (2 SQL)."""
    rows = Enrolment.objects.filter(course=course).select_related("employee__unit")
    return list(rows.prefetch_related("presences").order_by("employee__name", "pk"))


def own_enrolments(row: Employee) -> list[Enrolment]:
    """Return the courses of somebody, the latest first (3 SQL)."""
    rows = Enrolment.objects.filter(employee=row).select_related("course__plan")
    return list(rows.prefetch_related("presences", "course__sessions").order_by("-course__starts_on", "-pk"))


def gaps_of_course(course: Course, employee_ids: Sequence[int]) -> list[Gap]:
    """Return the gaps that some people ever had in the competences that a course raises (1 SQL)."""
    rows = Gap.objects.filter(employee__in=list(employee_ids), competence__in=course.competences.all())
    return list(rows.order_by("pk"))


def next_diagnoses(course: Course, employee_ids: Sequence[int]) -> Mapping[tuple[int, int], date]:
    """Return for each person and competence of a course the last day on which it was diagnosed after the
    course began, by evidence, head or self (1 SQL).
    """
    rows = AssessedLevel.objects.filter(
        assessment__employee__in=list(employee_ids), assessment__on__gt=course.starts_on,
        competence__in=course.competences.all(),
    )  # fmt: skip
    told = rows.values_list("assessment__employee", "competence").annotate(last=Max("assessment__on"))
    return {(employee, competence): last for employee, competence, last in told}


def courses_between(institution: Institution, first: date, last: date) -> QuerySet[Course]:
    """Return the courses of approved plans that ended between two local days, both included, the first first.
    Lazy: no SQL until it is read.
    """
    rows = Course.objects.filter(plan__institution=institution, plan__state=PlanState.APPROVED)
    return rows.filter(ends_on__range=(first, last)).select_related("plan").order_by("ends_on", "pk")


def headcount(institution: Institution, day: date) -> int:
    """Return how many people work in a body on a local day (1 SQL)."""
    return Employee.objects.filter(working(day), institution=institution).count()


def assessed_between(institution: Institution, first: date, last: date) -> int:
    """Return how many diagnoses of competences were made between two local days, both included (1 SQL)."""
    rows = Assessment.objects.filter(employee__institution=institution, on__range=(first, last))
    return rows.count()
