# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may see of how people come in."""

from siac.accounts.public import Right, Role


class SignInRight(Right):
    """Rights over sign-ins; how people may come in is set up with `StaffRight.SETUP`."""

    TRAIL = "signin.trail", Role.ADMINISTRATOR, Role.AUDITOR
    """See when and how each person of the body signed in, or failed to."""
