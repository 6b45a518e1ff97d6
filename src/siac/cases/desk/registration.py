# SPDX-License-Identifier: EUPL-1.2
"""What filing for somebody adds to the menu."""

from siac.cases.domain.rights import CaseRight
from siac.ui.public import NavGroup, NavItem, register_nav


def register() -> None:
    """Register what this feature adds."""
    title, page = "Ingresar solicitud", "workspace:cases:new"
    register_nav(NavItem(title, page, CaseRight.FILE, 20, group=NavGroup.INTAKE))
