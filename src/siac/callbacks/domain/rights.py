# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with calls to return."""

from siac.accounts.public import Right, Role


class CallRight(Right):
    """Rights over calls that were promised."""

    CALL = "call_back.call", Role.FRONT_DESK, Role.UNIT_OFFICER, Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER
    """Promise a call, note that somebody called, end it."""
    SET_UP = "call_back.set_up", Role.QUALITY_MANAGER
    """Say within what time calls are returned, and after how many nobody need call again."""
