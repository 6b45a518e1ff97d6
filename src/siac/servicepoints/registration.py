# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from siac.catalogue.public import register_service_line, register_service_panel
from siac.journal.public import declare_events, register_guard
from siac.organizations.public import (
    SetupGroup,
    SetupTab,
    register_practice_part,
    register_setup_tab,
    register_translated,
    version_guard,
)
from siac.servicepoints.models import CareProtocolVersion, PointVersion
from siac.servicepoints.panels import LINE, PANELS
from siac.servicepoints.practice import PARTS
from siac.servicepoints.searching import POINTS
from siac.servicepoints.texts import RECORDED, REFUSALS
from siac.servicepoints.translated import POINTS as TRANSLATED
from siac.servicepoints.travelling import name_rows
from siac.ui.public import PortalLink, register_portal_link, register_refusals
from siac.ui.searching import register_search_source


def register() -> None:
    """Register words and the configuration page."""
    name_rows()
    register_refusals(REFUSALS)
    declare_events(*RECORDED)
    for model in (PointVersion, CareProtocolVersion):
        register_guard(*version_guard(model))
    register_setup_tab(
        SetupTab(
            "Puntos de atención", "workspace:servicepoints:points", 10, SetupGroup.PLACES,
            "Dónde y a qué hora se atiende.",
        )
    )  # fmt: skip
    register_setup_tab(
        SetupTab(
            "Cómo se atiende", "workspace:servicepoints:care", 20, SetupGroup.PLACES,
            "Los pasos que se cumplen con quien llega, por canal.",
        )
    )  # fmt: skip
    register_portal_link(PortalLink("Dónde atendemos", "portal:servicepoints:points", 24))
    register_search_source(POINTS)
    register_translated(TRANSLATED)
    register_service_line(LINE)
    for panel in PANELS:
        register_service_panel(panel)
    for part in PARTS:
        register_practice_part(part)
