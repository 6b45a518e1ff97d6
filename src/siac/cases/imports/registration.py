# SPDX-License-Identifier: EUPL-1.2
"""What taking in registers adds to the list and to the menu."""

from siac.cases.domain.rights import CaseRight
from siac.cases.extensions import register_filter
from siac.cases.imports import column_texts, texts
from siac.cases.imports.queries import batch_filter, checked_batches
from siac.cases.imports.registers import register_register
from siac.cases.imports.requests import REQUESTS
from siac.cases.imports.travelling import name_rows
from siac.cases.texts.events import register_words
from siac.ui.public import NavGroup, NavItem, register_nav
from siac.ui.tiles import Tile, register_tile


def register() -> None:
    """Register what this feature adds."""
    name_rows()
    register_words(texts)
    register_words(column_texts)
    register_register(REQUESTS)
    register_filter("lote", batch_filter)
    title, page = "Importaciones", "workspace:cases:imports"
    register_nav(NavItem(title, page, CaseRight.IMPORT, 70, group=NavGroup.RECORDS))
    register_tile(
        Tile(
            "Importaciones por cargar",
            page,
            lambda access: access.has(CaseRight.IMPORT),
            70,
            counted=lambda access, today: (checked_batches(access.institution),),
        )
    )
