# SPDX-License-Identifier: EUPL-1.2
"""What protecting people adds to cases, to the notice of privacy and to the menu."""

from siac.cases.deeds import register_deeds
from siac.cases.domain.rights import CaseRight
from siac.cases.features import register_text_goes
from siac.cases.protection import texts
from siac.cases.protection.deeds import DEEDS
from siac.cases.protection.policy import proposed_erasures
from siac.cases.protection.preparing import DOSSIERS
from siac.cases.protection.redacting import forget_redactions
from siac.cases.protection.retention_words import retention_lines
from siac.cases.protection.surroundings import FRAGMENTS
from siac.cases.protection.travelling import name_rows
from siac.cases.surroundings.reading import register_fragments
from siac.cases.texts.events import register_words
from siac.documents.public import register_prepared
from siac.organizations.public import (
    PublicText,
    SetupGroup,
    SetupTab,
    StaffRight,
    register_drawn,
    register_setup_tab,
)
from siac.ui.public import NavGroup, NavItem, register_nav
from siac.ui.tiles import Tile, register_tile


def register() -> None:
    """Register what this feature adds."""
    name_rows()
    register_deeds(*DEEDS)
    register_fragments(*FRAGMENTS)
    register_words(texts)
    register_text_goes(forget_redactions)
    register_prepared(DOSSIERS)
    register_drawn(PublicText.PRIVACY, retention_lines)
    register_setup_tab(
        SetupTab(
            "Conservación", "workspace:kinds:retention", 50, SetupGroup.REQUESTS,
            "Cuánto se guarda cada solicitud antes de borrarla.",
        )
    )  # fmt: skip
    register_tile(
        Tile(
            "Borrados por aprobar",
            "workspace:kinds:retention",
            lambda access: access.has(StaffRight.SETUP),
            60,
            counted=lambda access, today: (proposed_erasures(access.institution),),
        )
    )
    records = NavGroup.RECORDS
    register_nav(
        NavItem("Datos de una persona", "workspace:cases:people", CaseRight.EXPORT, 57, group=records)
    )
    register_nav(NavItem("Quién leyó", "workspace:cases:readings", CaseRight.AUDIT, 58, group=records))
