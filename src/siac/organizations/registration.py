# SPDX-License-Identifier: EUPL-1.2
"""What organizations add to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.infra.travelling import register_arrival
from siac.journal.public import declare_events, register_guard
from siac.organizations.domain.rights import StaffRight
from siac.organizations.models import Institution, RecordTranslationVersion, UnitVersion
from siac.organizations.practice.copying import LEFT_BEHIND, PARTS
from siac.organizations.practice.parts import register_left_behind, register_practice_part
from siac.organizations.setup_pages import SetupTab, register_setup_tab
from siac.organizations.start import STEPS
from siac.organizations.start_steps import register_start_step
from siac.organizations.texts import RECORDED, REFUSALS
from siac.organizations.versioned import version_guard
from siac.ui.public import NavGroup, NavItem, register_nav, register_refusals

_GUARDS = tuple(
    (
        table,
        f"{table}_guard",
        f"CREATE TRIGGER {table}_guard BEFORE DELETE OR UPDATE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION organizations_published_guard()",
    )
    for table in ("organizations_textversion", "organizations_textpublication")
)


def register() -> None:
    """Register words, navigation and configuration pages."""
    register_rights(StaffRight)
    register_arrival(Institution, now_at="")
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    for guard in (*_GUARDS, version_guard(UnitVersion), version_guard(RecordTranslationVersion)):
        register_guard(*guard)
    register_nav(NavItem("Organismo", "workspace:setup:units", StaffRight.SETUP, 90, group=NavGroup.SETUP))
    register_nav(NavItem("Para empezar", "workspace:setup:start", StaffRight.SETUP, 85, group=NavGroup.SETUP))
    for part in PARTS:
        register_practice_part(part)
    register_left_behind(LEFT_BEHIND)
    for step in STEPS:
        register_start_step(step)
    register_setup_tab(SetupTab("Unidades", "workspace:setup:units", 10))
    register_setup_tab(SetupTab("Personas y roles", "workspace:setup:people", 20))
    register_setup_tab(SetupTab("Claves de programas", "workspace:setup:tokens", 25))
    register_setup_tab(SetupTab("Textos públicos", "workspace:setup:texts", 28))
    register_setup_tab(SetupTab("Actividades de tratamiento", "workspace:setup:activities", 29))
    register_setup_tab(SetupTab("Traducciones", "workspace:setup:translations", 80))
    register_setup_tab(SetupTab("Organismo", "workspace:setup:institution", 30))
