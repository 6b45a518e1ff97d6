# SPDX-License-Identifier: EUPL-1.2
"""What people of the house may do with guided processes."""

from siac.accounts.public import INSIDE, Right, Role


class ProcessRight(Right):
    """Rights over processes with phases. Whoever a task is given to does it without keeping the process."""

    READ = ("process.read", *INSIDE)
    KEEP = "process.keep", Role.QUALITY_MANAGER, Role.PLANNING
    GUIDES = "process.guides", Role.QUALITY_MANAGER, Role.ADMINISTRATOR
