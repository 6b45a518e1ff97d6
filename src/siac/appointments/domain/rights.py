# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with appointments."""

from siac.accounts.public import Right, Role


class AppointmentRight(Right):
    """Rights over the appointments of points where somebody attends."""

    ATTEND = "appointments.attend", Role.FRONT_DESK, Role.QUALITY_MANAGER
    """See the day of a point, book, move and cancel for somebody, note that they came."""
    SUSPEND = "appointments.suspend", Role.QUALITY_MANAGER
    """Cancel days with all their appointments, and open them again."""
