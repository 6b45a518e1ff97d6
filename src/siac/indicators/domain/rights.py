# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with indicators."""

from siac.accounts.public import Right, Role


class IndicatorRight(Right):
    """The right to say what is followed, and to freeze and revise what it said."""

    KEEP = "indicator.keep", Role.QUALITY_MANAGER
    PLAN_DEMAND = "demand.plan", Role.QUALITY_MANAGER
    APPROVE_DEMAND = "demand.approve", Role.AUTHORITY
    """Approve the plan of a year, which then stays as it is."""
