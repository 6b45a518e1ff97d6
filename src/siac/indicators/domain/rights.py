# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with indicators."""

from siac.accounts.public import Right, Role


class IndicatorRight(Right):
    """The right to say what is followed, and to freeze and revise what it said."""

    KEEP = "indicator.keep", Role.QUALITY_MANAGER
