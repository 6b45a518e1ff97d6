# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with plans of improvement."""

from siac.accounts.public import Right, Role


class ImprovementRight(Right):
    """Rights over plans of improvement and their actions."""

    READ = (
        "improvement.read",
        Role.QUALITY_MANAGER,
        Role.PLANNING,
        Role.HEAD_OF_UNIT,
        Role.AUTHORITY,
        Role.COMMITTEE_MEMBER,
        Role.AUDITOR,
        Role.INTERNAL_AUDITOR,
    )
    FOLLOW = "improvement.follow", Role.QUALITY_MANAGER, Role.PLANNING, Role.HEAD_OF_UNIT
    """Write how far an action of one's unit is, with its evidence."""
    KEEP = "improvement.keep", Role.QUALITY_MANAGER, Role.PLANNING
    """Write plans, propose them, say what was granted, evaluate, and tell people."""
