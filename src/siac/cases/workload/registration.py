# SPDX-License-Identifier: EUPL-1.2
"""What the work that people have at hand adds to organizations."""

from siac.cases.workload.commands import (
    give_of_person,
    give_of_unit,
    open_of_person,
    open_of_unit,
)
from siac.organizations.public import register_hand_over


def register() -> None:
    """Register what this feature adds."""
    register_hand_over(
        of_person=open_of_person, give_person=give_of_person, of_unit=open_of_unit, give_unit=give_of_unit
    )
