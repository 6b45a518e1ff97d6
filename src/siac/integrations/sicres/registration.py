# SPDX-License-Identifier: EUPL-1.2
"""What the exchange adds to lower contexts, said once when the application starts."""

from siac.cases.public import CaseRight, register_deeds, register_panel, register_retention, register_words
from siac.countries.public import Duty
from siac.integrations.sicres import texts
from siac.integrations.sicres.commands.tidying import erase_of_cases
from siac.integrations.sicres.deeds import DEEDS
from siac.integrations.sicres.panels import PANEL
from siac.integrations.sicres.travelling import name_rows
from siac.organizations.public import SetupGroup, SetupTab, register_left_behind, register_setup_tab
from siac.ui.public import NavGroup, NavItem, register_nav

LEFT_BEHIND = {
    "sicres.RegistryOffice": "A practice body exchanges nothing with real offices.",
    "sicres.RegistryEntry": "No office sends anything to a practice body.",
    "sicres.Dispatch": "A practice body sends nothing to real offices.",
}


def register() -> None:
    """Register words, pages, the deed, what a case shows and the end of what is kept."""
    name_rows()
    register_words(texts)
    register_deeds(*DEEDS)
    register_panel(PANEL)
    register_retention(erase=erase_of_cases)
    register_left_behind(LEFT_BEHIND)
    title, page = "Registro (SIR)", "workspace:sicres:entries"
    duty = Duty.REGISTRY_EXCHANGE
    register_nav(NavItem(title, page, CaseRight.FILE, 24, duty=duty, group=NavGroup.INTAKE))
    register_setup_tab(
        SetupTab(
            title, "workspace:sicres:office", 40, SetupGroup.PROGRAMS,
            "La oficina de registro y su intercambio con otras.", duty=duty,
        )
    )  # fmt: skip
