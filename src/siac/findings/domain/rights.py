# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with findings."""

from siac.accounts.public import Right, Role


class FindingRight(Right):
    """Rights over findings, in the units where the role is held."""

    READ = (
        "finding.read",
        Role.HEAD_OF_UNIT,
        Role.QUALITY_MANAGER,
        Role.AUTHORITY,
        Role.COMMITTEE_MEMBER,
        Role.AUDITOR,
        Role.PLANNING,
        Role.INTERNAL_AUDITOR,
    )
    FOLLOW = "finding.follow", Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER
    """Write what is done about a finding, and that it is solved."""
    KEEP = "finding.keep", Role.QUALITY_MANAGER, Role.INTERNAL_AUDITOR
    """Open findings, say how grave they are and who answers, dismiss and reopen them."""
