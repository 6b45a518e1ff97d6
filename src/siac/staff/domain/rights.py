# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with the records of those who work in it."""

from siac.accounts.public import Right, Role


class PersonnelRight(Right):
    """Rights over personnel records."""

    OWN = "personnel.own", *(role for role in Role if role is not Role.COUNCIL_MEMBER)
    """Read one's own record and answer one's own diagnosis: whoever may work here."""
    FIGURES = (
        "personnel.figures",
        Role.PEOPLE_MANAGER,
        Role.HEAD_OF_UNIT,
        Role.QUALITY_MANAGER,
        Role.AUTHORITY,
        Role.PLANNING,
        Role.AUDITOR,
        Role.INTERNAL_AUDITOR,
    )
    """See how many there are, what they lack and how they are trained; nobody by name, no small group."""
    READ = "personnel.read", Role.PEOPLE_MANAGER, Role.HEAD_OF_UNIT
    """Read the records of the people of a unit, and those below it."""
    ASSESS = "personnel.assess", Role.PEOPLE_MANAGER, Role.HEAD_OF_UNIT
    """Diagnose the competences of the people of a unit."""
    KEEP = "personnel.keep", Role.PEOPLE_MANAGER
    """Keep records, profiles and training."""
    APPROVE = "personnel.approve", Role.AUTHORITY
    """Approve the training plan of a year."""
