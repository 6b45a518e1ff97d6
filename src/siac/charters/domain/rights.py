# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with charters."""

from siac.accounts.public import Right, Role


class CharterRight(Right):
    """Rights over commitments and what is owed when one is broken."""

    READ = ("charter.read", *Role)
    KEEP = "charter.keep", Role.QUALITY_MANAGER
    REVIEW = "charter.review", Role.QUALITY_MANAGER, Role.HEAD_OF_UNIT
    """Say whether an edition may go on, as to its technique."""
    APPROVE = "charter.approve", Role.AUTHORITY
    REMEDIES = "remedy.manage", Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER
    DECIDE = "remedy.decide", Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER, Role.AUTHORITY
    """See what is owed and say whether it is due; where RD 951/2005 rules, only the head of the body does
    (9.c, 10.3).
    """
    REPORT = "charter.report", Role.QUALITY_MANAGER, Role.AUTHORITY
    """Make the periodic reports of charters, decide whether everybody reads them, and declare what units are
    recognised for."""
