# SPDX-License-Identifier: EUPL-1.2
"""What this context adds to lower contexts, said once when the application starts."""

from datetime import timedelta

from siac.accounts.public import register_rights
from siac.cases.public import register_fragments, register_panel, register_retention, register_words
from siac.infra.crypto import register_resealing
from siac.offline import texts
from siac.offline.access import SEES_DEVICES, held_records
from siac.offline.commands.keeping import erase_prints, reseal
from siac.offline.domain.rights import OfflineRight
from siac.offline.panels import PANEL
from siac.offline.practice import LEFT_BEHIND
from siac.offline.sealing import register_travelling
from siac.offline.surroundings import FRAGMENTS
from siac.organizations.public import register_left_behind
from siac.ui.public import NavGroup, NavItem, register_nav
from siac.ui.tiles import Tile, register_tile

LATE = timedelta(days=2)
"""A person waits for the folio of what is held: after two days somebody should have looked."""


def register() -> None:
    """Register rights, words, pages, the tile and what a case shows."""
    register_rights(OfflineRight)
    register_words(texts)
    register_fragments(*FRAGMENTS)
    register_panel(PANEL)
    register_resealing(reseal)
    register_travelling()
    register_retention(erase_texts=erase_prints)
    register_left_behind(LEFT_BEHIND)
    register_nav(
        NavItem("Oficina de terreno", "workspace:offline:devices", SEES_DEVICES, 24, group=NavGroup.INTAKE)
    )
    register_tile(
        Tile(
            "De terreno, por revisar",
            "workspace:offline:review",
            lambda access: access.has(OfflineRight.REVIEW),
            35,
            counted=lambda access, today: (held_records(access),),
            late=lambda access, today: held_records(access).filter(synced_at__date__lt=today - LATE),
        )
    )
