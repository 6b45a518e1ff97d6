# SPDX-License-Identifier: EUPL-1.2
"""What reports add to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.organizations.public import StaffRight
from siac.reporting.domain.rights import ReportRight
from siac.ui.public import NavGroup, NavItem, register_nav


def register() -> None:
    """Put the home of the authority into the menu."""
    register_rights(ReportRight)
    register_nav(
        NavItem("Cómo vamos", "workspace:reporting:home", StaffRight.FIGURES, 30, group=NavGroup.QUALITY)
    )
