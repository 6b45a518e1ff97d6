# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with outreach."""

from siac.accounts.public import Right, Role


class OutreachRight(Right):
    """Rights over campaigns and their materials."""

    READ = (
        "outreach.read",
        Role.COMMUNICATIONS,
        Role.QUALITY_MANAGER,
        Role.AUTHORITY,
        Role.HEAD_OF_UNIT,
        Role.COMMITTEE_MEMBER,
        Role.PLANNING,
        Role.AUDITOR,
        Role.INTERNAL_AUDITOR,
    )
    """Read the plan of outreach, its calendar, materials and evidence."""
    KEEP = "outreach.keep", Role.COMMUNICATIONS
    """Plan campaigns, make their materials and say what they reached."""
