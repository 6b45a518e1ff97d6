# SPDX-License-Identifier: EUPL-1.2
"""The tables of personnel records, profiles, diagnoses and training."""

from siac.staff.models.competence import (
    Competence,
    CompetenceKind,
    CompetenceVersion,
    Profile,
    ProfileVersion,
)
from siac.staff.models.diagnosis import AssessedLevel, Assessment, Gap
from siac.staff.models.employee import AgeBand, Employee, Group, Sex, Studies
from siac.staff.models.facts import EmployeeFact, EnrolmentFact, GapFact
from siac.staff.models.sheet import READY, PersonnelSheet
from siac.staff.models.training import (
    Course,
    CourseSession,
    Enrolment,
    PlanState,
    Presence,
    TrainingPlan,
)

__all__ = [
    "READY",
    "AgeBand",
    "AssessedLevel",
    "Assessment",
    "Competence",
    "CompetenceKind",
    "CompetenceVersion",
    "Course",
    "CourseSession",
    "Employee",
    "EmployeeFact",
    "Enrolment",
    "EnrolmentFact",
    "Gap",
    "GapFact",
    "Group",
    "PersonnelSheet",
    "PlanState",
    "Presence",
    "Profile",
    "ProfileVersion",
    "Sex",
    "Studies",
    "TrainingPlan",
]
