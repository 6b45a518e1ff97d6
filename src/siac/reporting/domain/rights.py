# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with reports."""

from siac.accounts.public import Right, Role


class ReportRight(Right):
    """Rights over what is told to whoever directs."""

    LEAD = "report.lead", Role.AUTHORITY, Role.COMMITTEE_MEMBER
    """Their day begins with how the body is doing."""
    MAKE = "report.make", Role.QUALITY_MANAGER, Role.AUTHORITY
    """Have a summary made, say how often one is, and put reports of the body's own together."""
    PUBLISH = "report.publish", Role.QUALITY_MANAGER, Role.AUTHORITY
    """Decide which figures the body publishes for anybody to use."""
    SIGN = "report.sign", Role.AUTHORITY
    """Approve the letter that renders account, which everybody reads from then on."""
    SIGNS = "report.signs", Role.QUALITY_MANAGER, Role.AUTHORITY, Role.AUDITOR
    """See what looks as if figures were worked for."""
