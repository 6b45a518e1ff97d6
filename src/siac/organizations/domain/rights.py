# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with the body itself."""

from siac.accounts.public import Right, Role


class StaffRight(Right):
    """Rights over a body: its configuration, its calendars, its teams, its figures."""

    SETUP = "setup", Role.ADMINISTRATOR
    CALENDARS = "setup.calendars", Role.QUALITY_MANAGER, Role.ADMINISTRATOR
    TEAM = "team.manage", Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER
    """Keep the absences of the people of a unit, and its templates."""
    TRANSLATE = "texts.translate", Role.QUALITY_MANAGER, Role.ADMINISTRATOR
    """Translate what the body wrote into the other languages of its pages."""
    FIGURES = (
        "indicator.read",
        Role.HEAD_OF_UNIT,
        Role.QUALITY_MANAGER,
        Role.AUTHORITY,
        Role.COMMITTEE_MEMBER,
        Role.AUDITOR,
        Role.COMMUNICATIONS,
        Role.PEOPLE_MANAGER,
        Role.PLANNING,
        Role.INTERNAL_AUDITOR,
    )
    """See how the body keeps what it promises."""
