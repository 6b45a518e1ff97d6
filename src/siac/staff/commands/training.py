# SPDX-License-Identifier: EUPL-1.2
"""Training: the plan of a year and its courses, who is in them, who came, and what came of it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.journal.public import NewEntry, record, record_many
from siac.kernel.approvals import Approval, ApprovalStep, digest_of
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, check_basis
from siac.staff.commands.employees import locked_employee
from siac.staff.models import (
    Competence,
    Course,
    CourseSession,
    Employee,
    Enrolment,
    PlanState,
    Presence,
    TrainingPlan,
)

APPROVAL = Approval(
    after={
        ("draft", ApprovalStep.APPROVE): PlanState.APPROVED,
        ("approved", ApprovalStep.RETURN): PlanState.DRAFT,
    },
    closed={ApprovalStep.APPROVE: "training_moment", ApprovalStep.RETURN: "training_draft"},
)
LEAST_MINUTES, MOST_MINUTES = 15, 720
MOST_SESSIONS = 60


class Meeting(NamedTuple):
    """A session as it is planned: `pk` of one that stands already."""

    on: date
    minutes: int
    pk: int | None = None


@transaction.atomic
def create_plan(
    *, institution: Institution, year: int, purpose: str = "", actor: User, now: datetime
) -> TrainingPlan:
    """Begin the training plan of a year (3 SQL).

    Raises:
        Refused: the year has one (training_year).
    """
    row = TrainingPlan(institution=institution, year=year, purpose=squeeze(purpose)[:500])
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused("training_year") from error
    record(institution.pk, row.stream, "staff.plan_created", now, actor.pk, {"year": year}, new_stream=True)
    return row


def locked_plan(institution: Institution, plan_id: int, state: PlanState | None = None) -> TrainingPlan:
    """Return a plan, locked (1 SQL).

    Raises:
        Refused: it is not in `state` (training_moment, training_draft), or there is none (course_unknown).
    """
    rows = TrainingPlan.objects.select_for_update(of=("self",)).filter(institution=institution, pk=plan_id)
    row = rows.first()
    if row is None:
        raise Refused("course_unknown")
    if state is not None and row.state != state:
        raise Refused("training_moment" if state == PlanState.DRAFT else "training_draft")
    return row


def plan_digest(plan: TrainingPlan) -> str:
    """Return the digest of all that is approved of a plan: its courses, not who is in them (3 SQL)."""
    told = [
        [
            course.name, course.provider, course.places, course.cost, str(course.starts_on),
            str(course.ends_on), sorted(each.pk for each in course.competences.all()),
            [[str(each.on), each.minutes] for each in course.sessions.all()],
        ]
        for course in plan.courses.prefetch_related("competences", "sessions").order_by("pk")
    ]  # fmt: skip
    return digest_of(plan.year, plan.purpose, told)


@transaction.atomic
def approve_plan(
    *, institution: Institution, plan_id: int, seen: str | None = None, actor: User, now: datetime
) -> TrainingPlan:
    """Approve a plan as whoever does looked at it (7 SQL).

    Raises:
        Refused: it is approved (training_moment), has no course (training_empty), or is not what was looked
            at (approval_overtaken).
    """
    row = locked_plan(institution, plan_id)
    if not row.courses.exists():
        raise Refused("training_empty")
    stands = plan_digest(row)
    row.state = APPROVAL.approve(row.state, stands=stands, seen=seen)
    row.approved_at, row.approved_by, row.digest = now, actor, stands
    row.save(update_fields=["state", "approved_at", "approved_by", "digest"])
    record(institution.pk, row.stream, "staff.plan_approved", now, actor.pk, {"digest": stands})
    return row


@transaction.atomic
def reopen_plan(*, institution: Institution, plan_id: int, actor: User, now: datetime) -> TrainingPlan:
    """Take an approved plan back to change its courses; who is in them stays (4 SQL).

    Raises:
        Refused: it is not approved (training_draft).
    """
    row = locked_plan(institution, plan_id)
    row.state = APPROVAL.move(row.state, ApprovalStep.RETURN)
    row.approved_at, row.approved_by = None, None
    row.save(update_fields=["state", "approved_at", "approved_by"])
    record(institution.pk, row.stream, "staff.plan_reopened", now, actor.pk, {})
    return row


@transaction.atomic
def save_course(
    *,
    institution: Institution,
    plan_id: int,
    course_id: int | None = None,
    competences: Collection[int],
    sessions: Sequence[Meeting],
    based_on: int | None = None,
    actor: User,
    now: datetime,
    **fields: Any,
) -> Course:
    """Put a course into a plan, or change it with its sessions in days (9 to 12 SQL and 1 for each session).

    Raises:
        Refused: the plan is approved (training_moment); days outside its year or in the wrong order
            (course_days); no competence, or one of elsewhere (course_competences); a session outside the days
            of the course or of another length than can be (course_sessions); a session taken out to which it
            was noted who came (course_noted); no such course (course_unknown); or somebody saved it meanwhile
            (saved_meanwhile).
    """
    plan = locked_plan(institution, plan_id, PlanState.DRAFT)
    row = Course(plan=plan)
    if course_id is not None:
        found = plan.courses.filter(pk=course_id).first()
        if found is None:
            raise Refused("course_unknown")
        row = found
        check_basis(based_on, row.saves)
        row.saves += 1
    for name, value in fields.items():
        setattr(row, name, squeeze(value) if isinstance(value, str) else value)
    _check_course(plan, row, competences, sessions)
    row.save()
    row.competences.set(competences)
    _write_sessions(row, sessions)
    record(institution.pk, plan.stream, "staff.course_saved", now, actor.pk, {"course": row.pk})
    return row


def _check_course(
    plan: TrainingPlan, row: Course, competences: Collection[int], sessions: Sequence[Meeting]
) -> None:
    if row.ends_on < row.starts_on or {row.starts_on.year, row.ends_on.year} != {plan.year}:
        raise Refused("course_days")
    known = Competence.objects.filter(institution=plan.institution_id, pk__in=list(competences)).count()
    if not competences or known != len(set(competences)):
        raise Refused("course_competences")
    is_good = all(
        row.starts_on <= each.on <= row.ends_on and LEAST_MINUTES <= each.minutes <= MOST_MINUTES
        for each in sessions
    )
    if not is_good or not 1 <= len(sessions) <= MOST_SESSIONS:
        raise Refused("course_sessions")


def _write_sessions(row: Course, sessions: Sequence[Meeting]) -> None:
    known = {each.pk: each for each in row.sessions.all()}
    kept = {each.pk for each in sessions if each.pk in known}
    if any(each.noted_at for pk, each in known.items() if pk not in kept):
        raise Refused("course_noted")
    row.sessions.exclude(pk__in=kept).delete()
    for each in sessions:
        session = known[each.pk] if each.pk in known else CourseSession(course=row)
        session.on, session.minutes = each.on, each.minutes
        session.save()


def _course(institution: Institution, course_id: int) -> Course:
    rows = Course.objects.select_for_update(of=("self",)).select_related("plan")
    row = rows.filter(plan__institution=institution, pk=course_id).first()
    if row is None:
        raise Refused("course_unknown")
    return row


@transaction.atomic
def enrol(
    *, institution: Institution, course_id: int, employee_id: int, actor: User, now: datetime
) -> Enrolment:
    """Put somebody into a course of an approved plan (6 SQL).

    Raises:
        Refused: the plan is not approved (training_draft), they do not work here any more (employee_left),
            are in it (enrolled_already), or there is no place left (course_full).
    """
    row = _course(institution, course_id)
    if row.plan.state != PlanState.APPROVED:
        raise Refused("training_draft")
    person = locked_employee(institution, employee_id, today=institution.local_date(now))
    taken = list(Enrolment.objects.filter(course=row).values_list("employee", flat=True))
    if person.pk in taken:
        raise Refused("enrolled_already", name=person.name)
    if len(taken) >= row.places:
        raise Refused("course_full")
    made = Enrolment.objects.create(course=row, employee=person, enrolled_at=now)
    data = {"employee": person.pk, "course": row.pk}
    record(institution.pk, person.stream, "staff.enrolled", now, actor.pk, data)
    return made


@transaction.atomic
def withdraw(
    *, institution: Institution, course_id: int, enrolment_id: int, actor: User, now: datetime
) -> None:
    """Take somebody out of a course to which nobody noted whether they came (5 SQL); gone already is nothing.

    Raises:
        Refused: it was noted (enrolment_noted), or there is no such course (course_unknown).
    """
    row = _course(institution, course_id)
    found = Enrolment.objects.filter(course=row, pk=enrolment_id).first()
    if found is None:
        return
    if found.presences.exists():
        raise Refused("enrolment_noted")
    data = {"employee": found.employee_id, "course": row.pk}
    record(institution.pk, f"employee:{found.employee_id}", "staff.withdrawn", now, actor.pk, data)
    found.delete()


@transaction.atomic
def note_attendance(
    *,
    institution: Institution,
    course_id: int,
    session_id: int,
    present: Collection[int],
    actor: User,
    now: datetime,
) -> int:
    """Note who of those in a course came to a session, by key of their enrolment; the rest did not. Noted
    again, it stands as said last; who left before that day is told apart by their record. Return how many
    came (7 SQL).

    Raises:
        Refused: the session is yet to come (session_future), or is none of the course (course_unknown).
    """
    row = _course(institution, course_id)
    session = CourseSession.objects.filter(course=row, pk=session_id).first()
    if session is None:
        raise Refused("course_unknown")
    if session.on > institution.local_date(now):
        raise Refused("session_future")
    people = dict(Enrolment.objects.filter(course=row).values_list("pk", "employee"))
    Presence.objects.bulk_create(
        [Presence(session=session, enrolment_id=pk, is_present=pk in present) for pk in people],
        update_conflicts=True, unique_fields=["session", "enrolment"], update_fields=["is_present"],
    )  # fmt: skip
    session.noted_at = now
    session.save(update_fields=["noted_at"])
    _tell(institution, people.values(), "staff.attendance_noted", actor, now, session=session.pk)
    return len(set(present) & set(people))


def _tell(
    institution: Institution, people: Collection[int], kind: str, actor: User, now: datetime, **data: int
) -> None:
    """Write into the chain of each of some people (2 SQL, however many)."""
    entries = [NewEntry(f"employee:{pk}", kind, {"employee": pk, **data}, actor.pk) for pk in sorted(people)]
    record_many(institution.pk, entries, now)


@transaction.atomic
def evaluate(
    *,
    institution: Institution,
    course_id: int,
    marks: Mapping[int, tuple[int | None, int | None]],
    actor: User,
    now: datetime,
) -> None:
    """Keep the marks of people before and after a course, from 0 to 100, by key of their enrolment; None
    where there is none (5 SQL).

    Raises:
        Refused: a mark out of bounds (marks_bounds), or there is no such course (course_unknown).
    """
    row = _course(institution, course_id)
    if any(mark is not None and not 0 <= mark <= 100 for pair in marks.values() for mark in pair):
        raise Refused("marks_bounds")
    rows = list(Enrolment.objects.filter(course=row, pk__in=list(marks)))
    for each in rows:
        each.before, each.after = marks[each.pk]
    Enrolment.objects.bulk_update(rows, ["before", "after"])
    people = {each.employee_id for each in rows}
    _tell(institution, people, "staff.evaluated", actor, now, course=row.pk)


@transaction.atomic
def say_satisfaction(
    *,
    institution: Institution,
    person: Employee,
    enrolment_id: int,
    satisfaction: int,
    actor: User,
    now: datetime,
) -> None:
    """Keep what somebody thinks of a course they are in, from 1 to 5 (4 SQL).

    Raises:
        Refused: none of the five (satisfaction_bounds), the course has not begun (satisfaction_early), or
            they are not in it (course_unknown).
    """
    if satisfaction not in range(1, 6):
        raise Refused("satisfaction_bounds")
    rows = Enrolment.objects.select_for_update(of=("self",)).select_related("course")
    row = rows.filter(pk=enrolment_id, employee=person, course__plan__institution=institution).first()
    if row is None:
        raise Refused("course_unknown")
    if row.course.starts_on > institution.local_date(now):
        raise Refused("satisfaction_early")
    row.satisfaction = satisfaction
    row.save(update_fields=["satisfaction"])
    data = {"employee": person.pk, "course": row.course_id}
    record(institution.pk, person.stream, "staff.evaluated", now, actor.pk, data)
