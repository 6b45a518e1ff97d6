# SPDX-License-Identifier: EUPL-1.2
"""What the work list adds to the menu, and the file made of it."""

from siac.cases.domain.rights import READERS
from siac.cases.extensions import register_filter
from siac.cases.lists import texts
from siac.cases.lists.exporting import EXPORTS
from siac.cases.lists.searching import REQUESTS, of_person
from siac.cases.lists.tiles import TILES
from siac.cases.lists.travelling import name_rows
from siac.cases.texts.events import register_words
from siac.documents.public import register_prepared
from siac.ui.public import NavItem, register_nav
from siac.ui.searching import register_search_source
from siac.ui.tiles import register_tile


def register() -> None:
    """Register what this feature adds."""
    name_rows()
    register_words(texts)
    register_prepared(EXPORTS)
    register_search_source(REQUESTS)
    register_filter("persona", of_person)
    register_nav(NavItem("Solicitudes", "workspace:cases:list", READERS, 10))
    for tile in TILES:
        register_tile(tile)
