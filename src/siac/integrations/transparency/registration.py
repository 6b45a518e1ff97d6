# SPDX-License-Identifier: EUPL-1.2
"""What the Portal adds to lower contexts, said once when the application starts."""

from siac.cases.public import CaseRight
from siac.countries.public import Duty
from siac.documents.public import register_prepared
from siac.integrations.transparency.commands import PACKAGES
from siac.integrations.transparency.texts import RECORDED, REFUSALS
from siac.integrations.transparency.travelling import name_rows
from siac.journal.public import declare_events
from siac.organizations.public import register_left_behind
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals

TITLE, PAGE = "Portal de Transparencia", "workspace:transparency:month"


def register() -> None:
    """Register words, the page in the menu and the file with answers."""
    name_rows()
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    register_prepared(PACKAGES)
    register_left_behind({"transparency.AnswerPackage": "What somebody took out of the source."})
    register_nav(
        NavItem(TITLE, PAGE, CaseRight.EXPORT, 57, duty=Duty.INFORMATION_PORTAL, group=NavGroup.RECORDS)
    )
