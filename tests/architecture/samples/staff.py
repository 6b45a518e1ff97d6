# SPDX-License-Identifier: EUPL-1.2
"""Pages of `staff`."""

from datetime import date, datetime
from typing import Any

from siac.accounts.public import Role
from siac.staff.commands.sheets import receive_sheet
from siac.staff.public import (
    Meeting,
    approve_plan,
    create_plan,
    enrol,
    save_competence,
    save_course,
    save_employee,
    save_profile,
)
from tests.architecture.samples.whom import STAFF, Made, Sample, with_
from tests.factories import House

R = Role
FIGURES = frozenset(
    {
        R.PEOPLE_MANAGER, R.HEAD_OF_UNIT, R.QUALITY_MANAGER, R.AUTHORITY, R.PLANNING, R.AUDITOR,
        R.INTERNAL_AUDITOR,
    }
)  # fmt: skip
READ = frozenset({R.PEOPLE_MANAGER, R.HEAD_OF_UNIT})
KEEP = frozenset({R.PEOPLE_MANAGER})
APPROVE = frozenset({R.AUTHORITY})
OWNER = frozenset({R.UNIT_OFFICER})
_EMPLOYEE, _PLAN, _COURSE = (
    with_(employee_id="employee"),
    with_(plan_id="training_plan"),
    with_(course_id="course"),
)
_SESSION = with_(course_id="course", session_id="course_session")


def _way(made: Made) -> dict[str, Any]:
    return {"employee_id": made["employee"], "way": "jefatura"}


def _form(made: Made) -> dict[str, Any]:
    return {"form": "csv"}


SAMPLES = {
    "workspace:staff:home": Sample(STAFF - {R.COUNCIL_MEMBER}, moved=True),
    "workspace:staff:overview": Sample(FIGURES),
    "workspace:staff:gaps": Sample(FIGURES),
    "workspace:staff:employees": Sample(READ),
    "workspace:staff:employee_new": Sample(KEEP),
    "workspace:staff:employee": Sample(READ, _EMPLOYEE),
    "workspace:staff:employee_change": Sample(KEEP, _EMPLOYEE),
    "workspace:staff:assessment": Sample(READ, _way),
    "workspace:staff:sheets": Sample(KEEP),
    "workspace:staff:sheet_template": Sample(KEEP, _form),
    "workspace:staff:sheet": Sample(KEEP, with_(sheet_id="personnel_sheet")),
    "workspace:staff:sheet_load": Sample(KEEP, with_(sheet_id="personnel_sheet"), post=True),
    "workspace:staff:competences": Sample(FIGURES),
    "workspace:staff:competence_new": Sample(KEEP),
    "workspace:staff:competence": Sample(KEEP, with_(competence_id="competence")),
    "workspace:staff:profiles": Sample(FIGURES),
    "workspace:staff:profile_new": Sample(KEEP),
    "workspace:staff:profile": Sample(KEEP, with_(profile_id="profile")),
    "workspace:staff:plans": Sample(FIGURES),
    "workspace:staff:plan_new": Sample(KEEP),
    "workspace:staff:plan": Sample(FIGURES, _PLAN),
    "workspace:staff:plan_approve": Sample(APPROVE, _PLAN, post=True),
    "workspace:staff:plan_reopen": Sample(KEEP, _PLAN, post=True),
    "workspace:staff:course_new": Sample(KEEP, _PLAN),
    "workspace:staff:course_change": Sample(KEEP, with_(plan_id="training_plan", course_id="course")),
    "workspace:staff:course": Sample(FIGURES, _COURSE),
    "workspace:staff:course_enrol": Sample(KEEP, _COURSE, post=True),
    "workspace:staff:course_withdraw": Sample(
        KEEP, with_(course_id="course", enrolment_id="enrolment"), post=True
    ),
    "workspace:staff:attendance": Sample(KEEP, _SESSION),
    "workspace:staff:marks": Sample(KEEP, _COURSE),
    "workspace:staff:own": Sample(STAFF - {R.COUNCIL_MEMBER}),
    "workspace:staff:own_assessment": Sample(OWNER),
    "workspace:staff:own_copy": Sample(OWNER),
    "workspace:staff:own_course": Sample(OWNER, with_(enrolment_id="enrolment")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make the record of an officer whose profile asks something, in a course of an approved plan."""
    common: dict[str, Any] = {"institution": house.institution, "actor": house.user(R.PEOPLE_MANAGER)}
    common["now"] = now
    today = house.institution.local_date(now)
    competence = save_competence(**common, name="Escucha activa", kind="skill")
    profile = save_profile(**common, name="Ventanilla", required=[(competence.pk, 3)])
    employee = save_employee(
        **common, name="Luz Vera", unit_id=house.units["obras"], hired_on=date(2020, 1, 1),
        profile_id=profile.pk, user_id=house.user(R.UNIT_OFFICER).pk,
    )  # fmt: skip
    plan = create_plan(**common, year=today.year)
    course = save_course(
        **common, plan_id=plan.pk, name="Atender bien", places=5, cost=0, starts_on=today, ends_on=today,
        competences=[competence.pk], sessions=[Meeting(today, 60)],
    )  # fmt: skip
    approve_plan(**{**common, "actor": house.user(R.AUTHORITY)}, plan_id=plan.pk)
    enrolled = enrol(**common, course_id=course.pk, employee_id=employee.pk)
    content = b"Nombre,Ingreso\nEva Paz,01-03-2019\n,nunca\n"
    sheet = receive_sheet(**common, name="personal.csv", content=content)
    return {
        "competence": competence.pk, "profile": profile.pk, "employee": employee.pk, "training_plan": plan.pk,
        "course": course.pk, "course_session": course.sessions.get().pk, "enrolment": enrolled.pk,
        "personnel_sheet": sheet.pk,
    }  # fmt: skip
