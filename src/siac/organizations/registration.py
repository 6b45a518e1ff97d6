# SPDX-License-Identifier: EUPL-1.2
"""What organizations add to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.infra.travelling import register_arrival
from siac.journal.public import declare_events, register_guard
from siac.notices.public import register_recipient
from siac.organizations.addresses import address_of_member
from siac.organizations.domain.rights import StaffRight
from siac.organizations.models import Institution, RecordTranslationVersion, UnitVersion
from siac.organizations.practice.copying import LEFT_BEHIND, PARTS
from siac.organizations.practice.parts import register_left_behind, register_practice_part
from siac.organizations.setup_pages import SetupGroup, SetupTab, register_setup_tab
from siac.organizations.start import STEPS
from siac.organizations.start_steps import register_start_step
from siac.organizations.texts import RECORDED, REFUSALS
from siac.organizations.travelling import name_rows
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


_TABS = (
    SetupTab(
        "Unidades", "workspace:setup:units", 20, SetupGroup.BODY,
        "Las oficinas que responden, y de cuál depende cada una.",
    ),
    SetupTab(
        "Personas y roles", "workspace:setup:people", 10, SetupGroup.PEOPLE,
        "Quiénes trabajan aquí y qué puede hacer cada persona.",
    ),
    SetupTab(
        "Claves de programas", "workspace:setup:tokens", 20, SetupGroup.PROGRAMS,
        "Qué programas usan la API, y en nombre de quién.",
    ),
    SetupTab(
        "Textos públicos", "workspace:setup:texts", 10, SetupGroup.SITE,
        "Privacidad, accesibilidad y los demás textos del sitio.",
    ),
    SetupTab(
        "Actividades de tratamiento", "workspace:setup:activities", 40, SetupGroup.BODY,
        "Qué datos personales usa, para qué y por cuánto tiempo.",
    ),
    SetupTab(
        "Traducciones", "workspace:setup:translations", 20, SetupGroup.SITE,
        "Lo que el organismo escribió, en sus otros idiomas.", right=StaffRight.TRANSLATE,
    ),
    SetupTab(
        "Datos del organismo", "workspace:setup:institution", 10, SetupGroup.BODY,
        "Cómo se llama, dónde está, su horario y sus idiomas.",
    ),
)  # fmt: skip


def register() -> None:
    """Register words, navigation, configuration pages, and how to write to people of the house."""
    name_rows()
    register_rights(StaffRight)
    register_recipient("user", address_of_member)
    register_arrival(Institution, now_at="")
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    for guard in (*_GUARDS, version_guard(UnitVersion), version_guard(RecordTranslationVersion)):
        register_guard(*guard)
    page = "workspace:setup:index"
    register_nav(NavItem("Toda la configuración", page, StaffRight.SETUP, 70, group=NavGroup.SETUP))
    register_nav(NavItem("Para empezar", "workspace:setup:start", StaffRight.SETUP, 85, group=NavGroup.SETUP))
    for part in PARTS:
        register_practice_part(part)
    register_left_behind(LEFT_BEHIND)
    for step in STEPS:
        register_start_step(step)
    for tab in _TABS:
        register_setup_tab(tab)
