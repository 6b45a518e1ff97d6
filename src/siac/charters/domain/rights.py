# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with charters."""

from siac.accounts.public import Right, Role


class CharterRight(Right):
    """Rights over commitments and what is owed when one is broken."""

    READ = ("charter.read", *Role)
    REMEDIES = "remedy.manage", Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER
