# SPDX-License-Identifier: EUPL-1.2
"""What a practice body takes over, plays and leaves behind of cases."""

from siac.cases.practice.configuring import LEFT_BEHIND, PARTS
from siac.cases.practice.playing import INVENTED
from siac.organizations.public import (
    register_left_behind,
    register_practice_cases,
    register_practice_part,
)


def register() -> None:
    """Register what this feature adds."""
    for part in PARTS:
        register_practice_part(part)
    register_left_behind(LEFT_BEHIND)
    register_practice_cases(INVENTED)
