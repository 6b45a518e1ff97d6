# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with the quality policy."""

from siac.accounts.public import Right, Role


class PolicyRight(Right):
    """Rights over the quality policy; what is in force everybody reads on the portal."""

    READ = (
        "policy.read",
        Role.QUALITY_MANAGER,
        Role.PLANNING,
        Role.COMMUNICATIONS,
        Role.HEAD_OF_UNIT,
        Role.AUTHORITY,
        Role.COMMITTEE_MEMBER,
        Role.PEOPLE_MANAGER,
        Role.AUDITOR,
        Role.INTERNAL_AUDITOR,
    )
    """Read every edition, drafts too, and how far the lines of action have come."""
    KEEP = "policy.keep", Role.QUALITY_MANAGER, Role.PLANNING
    """Write editions, propose them to the councils, and say what each line of action is seen by."""
    APPROVE = "policy.approve", Role.AUTHORITY
    """Put in force an edition that all its councils approved."""
