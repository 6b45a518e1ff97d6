# SPDX-License-Identifier: EUPL-1.2
"""Who may see to whom the bonus is due."""

from siac.accounts.public import Right, Role


class BonusRight(Right):
    """The list names people of the house and what they are paid: few see it."""

    SEE = "bonus.see", Role.AUTHORITY, Role.AUDITOR
    """See the lists."""
    BRING = "bonus.bring", Role.AUTHORITY
    """Bring a list, and erase one."""
