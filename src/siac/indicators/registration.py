# SPDX-License-Identifier: EUPL-1.2
"""What indicators listen to, said once when the application starts."""

from siac.indicators.commands.cube import follow
from siac.indicators.queries import READER
from siac.infra.metrics import FACTS
from siac.journal.public import register_consumer
from siac.organizations.public import StaffRight, register_left_behind
from siac.ui.public import NavGroup, NavItem, register_nav


def register() -> None:
    """Follow the journal of everything that is counted, and have figures in the menu."""
    register_consumer(READER, [FACTS], follow, from_now=True)
    counted = (
        "Counted from the body's own cases; those of a practice body are its own figures and nobody else's."
    )
    register_nav(
        NavItem("Cifras", "workspace:indicators:figures", StaffRight.FIGURES, 35, group=NavGroup.QUALITY)
    )
    register_left_behind({"indicators.Cell": counted, "indicators.CubeState": counted})
