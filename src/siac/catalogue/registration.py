# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from siac.accounts.public import register_rights
from siac.catalogue.commands.reminding import NOTICE
from siac.catalogue.domain.rights import ServiceRight
from siac.catalogue.models import EverydayWordVersion, ServiceDraftVersion, ServiceVersion, TopicVersion
from siac.catalogue.notices import TITLE, render
from siac.catalogue.practice import LEFT_BEHIND, PARTS
from siac.catalogue.searching import SERVICES
from siac.catalogue.texts import RECORDED, REFUSALS
from siac.catalogue.tiles import TILES
from siac.catalogue.translated import TRANSLATED
from siac.catalogue.travelling import name_rows
from siac.journal.public import declare_events, register_guard
from siac.notices.public import register_kind
from siac.organizations.public import (
    SetupGroup,
    SetupTab,
    register_left_behind,
    register_practice_part,
    register_setup_tab,
    register_translated,
    version_guard,
)
from siac.ui.public import (
    NavGroup,
    NavItem,
    PortalLink,
    register_nav,
    register_portal_link,
    register_refusals,
)
from siac.ui.searching import register_search_source
from siac.ui.tiles import register_tile


def register() -> None:
    """Register words and the configuration page."""
    name_rows()
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    register_rights(ServiceRight)
    for model in (TopicVersion, ServiceVersion, ServiceDraftVersion, EverydayWordVersion):
        register_guard(*version_guard(model))
    register_nav(
        NavItem("Servicios", "workspace:catalogue:services", ServiceRight.READ, 50, group=NavGroup.CHARTERS)
    )
    register_portal_link(PortalLink("Servicios", "portal:catalogue:services", 26))
    register_setup_tab(
        SetupTab(
            "Temas", "workspace:catalogue:topics", 20, SetupGroup.REQUESTS,
            "De qué tratan las solicitudes, y qué unidad suele responder.",
        )
    )  # fmt: skip
    for part in PARTS:
        register_practice_part(part)
    register_left_behind(LEFT_BEHIND)
    for sort in TRANSLATED:
        register_translated(sort)
    register_search_source(SERVICES)
    register_kind(NOTICE, render, title=TITLE)
    for tile in TILES:
        register_tile(tile)
