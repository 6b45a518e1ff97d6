# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `staff`."""

from siac.staff.commands.assessing import assess
from siac.staff.commands.competences import save_competence, save_profile
from siac.staff.commands.employees import save_employee
from siac.staff.commands.training import (
    Meeting,
    approve_plan,
    create_plan,
    enrol,
    evaluate,
    note_attendance,
    save_course,
    say_satisfaction,
)
from siac.staff.domain.levels import Teller
from siac.staff.domain.rights import PersonnelRight
from siac.staff.models import Competence, Course, Employee, Profile, TrainingPlan
from siac.staff.place_effects import PlaceEffect, register_place_effects
from siac.staff.queries import assessed_between, courses_between, headcount, profiles

__all__ = [
    "Competence",
    "Course",
    "Employee",
    "Meeting",
    "PersonnelRight",
    "PlaceEffect",
    "Profile",
    "Teller",
    "TrainingPlan",
    "approve_plan",
    "assess",
    "assessed_between",
    "courses_between",
    "create_plan",
    "enrol",
    "evaluate",
    "headcount",
    "note_attendance",
    "profiles",
    "register_place_effects",
    "save_competence",
    "save_course",
    "save_employee",
    "save_profile",
    "say_satisfaction",
]
