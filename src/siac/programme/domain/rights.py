# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with the yearly programme."""

from siac.accounts.public import Right, Role


class ProgrammeRight(Right):
    """Rights over the yearly programme of a body."""

    READ = (
        "programme.read",
        Role.QUALITY_MANAGER,
        Role.AUTHORITY,
        Role.COMMITTEE_MEMBER,
        Role.AUDITOR,
        Role.PLANNING,
        Role.INTERNAL_AUDITOR,
    )
    KEEP = "programme.keep", Role.QUALITY_MANAGER, Role.PLANNING
    """Open a programme, follow new rules, ask for packs."""
    REVIEW = "programme.review", Role.AUDITOR, Role.INTERNAL_AUDITOR
    """Say whether a pack shows what its requirement asks."""
