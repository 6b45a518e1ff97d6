# SPDX-License-Identifier: EUPL-1.2
"""What a case asks of the house."""

from enum import IntEnum


class Asks(IntEnum):
    """What a case asks for in the work list, the most pressing first."""

    ROUTE = 0
    APPROVE = 1
    WAIT = 2
    NOTHING = 3
