# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with checklists."""

from siac.accounts.public import Right, Role


class ChecklistRight(Right):
    """Rights over protocols and visits, in the units where the role is held."""

    READ = (
        "checklist.read",
        Role.HEAD_OF_UNIT,
        Role.QUALITY_MANAGER,
        Role.AUTHORITY,
        Role.AUDITOR,
        Role.INTERNAL_AUDITOR,
    )
    """See the visits to a unit; who a mystery shopper is, only over the whole body."""
    DESIGN = "checklist.design", Role.QUALITY_MANAGER
    """Write protocols, say who visits what, and correct a visit."""
    VISIT = (
        "checklist.visit",
        Role.FRONT_DESK,
        Role.UNIT_OFFICER,
        Role.HEAD_OF_UNIT,
        Role.QUALITY_MANAGER,
        Role.AUDITOR,
        Role.INTERNAL_AUDITOR,
    )
    """Make the visits that one is asked to."""
