# SPDX-License-Identifier: EUPL-1.2
"""What came of a course: who came, marks before and after, and the gaps it was meant to close."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from siac.staff.domain.training import Effect, GapSpan, Marks, attended, effect_on_gaps, marks_of, mean, share
from siac.staff.models import Course, CourseSession, Enrolment
from siac.staff.queries import gaps_of_course, next_diagnoses


@dataclass(frozen=True, slots=True)
class Outcome:
    """A course in numbers. Who left is kept, counted apart, and out of the effect on gaps: nobody diagnoses
    them again.
    """

    enrolled: int
    left: int
    noted: int
    """Of how many it was noted whether they came."""
    attended: int
    attendance: Decimal | None
    """Sessions that people came to, in a hundred of those noted."""
    minutes: int
    marks: Marks
    satisfied: int
    satisfaction: Decimal | None
    effect: Effect
    of_whom: int
    """Of how many people are the gaps that the effect is about."""


def outcome_of(course: Course, enrolments: Sequence[Enrolment], *, today: date) -> Outcome:
    """Return what came of a course, given who is in it with their presences and records (2 SQL)."""
    gone = {each.pk for each in enrolments if each.employee.left_on and each.employee.left_on <= today}
    lengths = {session.pk: session.minutes for session in course.sessions.all()}
    noted = {each.pk: list(each.presences.all()) for each in enrolments if each.presences.all()}
    came = {pk: sum(one.is_present for one in of) for pk, of in noted.items()}
    stayed = [
        each.employee_id for each in enrolments if each.pk not in gone and came.get(each.pk)
    ]  # fmt: skip
    then = next_diagnoses(course, stayed)
    gaps = gaps_of_course(course, stayed)
    spans = [
        GapSpan(gap.opened_on, gap.closed_on, then.get((gap.employee_id, gap.competence_id))) for gap in gaps
    ]
    pairs = zip(gaps, spans, strict=True)
    said = [each.satisfaction for each in enrolments if each.satisfaction is not None]
    return Outcome(
        enrolled=len(enrolments),
        left=len(gone),
        noted=len(noted),
        attended=sum(attended(came[pk], len(of)) for pk, of in noted.items()),
        attendance=share(sum(came.values()), sum(len(of) for of in noted.values())),
        minutes=sum(lengths.get(one.session_id, 0) for of in noted.values() for one in of if one.is_present),
        marks=marks_of((each.before, each.after) for each in enrolments),
        satisfied=len(said),
        satisfaction=mean(said),
        effect=effect_on_gaps(spans, starts_on=course.starts_on, ends_on=course.ends_on),
        of_whom=len({gap.employee_id for gap, span in pairs if span.is_open_on(course.starts_on)}),
    )


def came_to(session: CourseSession, enrolments: Sequence[Enrolment]) -> int:
    """Return how many came to a session, given who is in the course with their presences. No SQL."""
    return sum(
        one.is_present and one.session_id == session.pk for each in enrolments for one in each.presences.all()
    )
