# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do at counters."""

from siac.accounts.public import Right, Role


class CounterRight(Right):
    """Rights over desks and the people who wait for them."""

    ATTEND = "counter.attend", Role.FRONT_DESK, Role.QUALITY_MANAGER
    """Open a desk, call and attend."""
    SUPERVISE = "counter.supervise", Role.QUALITY_MANAGER
    """See a room as it is, open and close its desks, end its day."""
