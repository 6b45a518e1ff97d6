# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with collegiate bodies."""

from siac.accounts.public import Right, Role


class CouncilRight(Right):
    """Rights over collegiate bodies. Who has a seat in one reads and votes there without any of them."""

    READ = (
        "council.read",
        Role.QUALITY_MANAGER,
        Role.AUTHORITY,
        Role.AUDITOR,
        Role.COMMITTEE_MEMBER,
        Role.PLANNING,
    )
    """Read which bodies there are, their sessions and what was agreed."""
    SIT = (
        "council.sit",
        Role.COMMITTEE_MEMBER,
        Role.COUNCIL_MEMBER,
        Role.AUTHORITY,
        Role.QUALITY_MANAGER,
    )
    """Find the sessions of one's own bodies in the menu: whoever has a seat by their role."""
    KEEP = "council.keep", Role.QUALITY_MANAGER
    """Set bodies up, call sessions, keep their minutes and follow what was agreed."""
