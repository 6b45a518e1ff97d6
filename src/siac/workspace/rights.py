# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with what was sent."""

from siac.accounts.public import Right, Role


class OutboxRight(Right):
    """Rights over notices that left, or could not leave."""

    READ = "outbox.read", Role.QUALITY_MANAGER, Role.AUDITOR, Role.ADMINISTRATOR
    MANAGE = "outbox.manage", Role.QUALITY_MANAGER, Role.ADMINISTRATOR
