# SPDX-License-Identifier: EUPL-1.2
"""What appeals add to cases, to clocks and to the menu."""

from siac.cases.access import may_read_cases
from siac.cases.appeals import texts
from siac.cases.appeals.commands import follow_moved_terms, lock_appeals
from siac.cases.appeals.deeds import DEEDS
from siac.cases.appeals.queries import (
    appeal_names,
    appeals_by_unit,
    appeals_within,
    pending_appeals,
)
from siac.cases.appeals.surroundings import FRAGMENTS, appeals_part
from siac.cases.appeals.travelling import name_rows
from siac.cases.deeds import register_deeds
from siac.cases.domain.clock_kinds import APPEAL
from siac.cases.domain.rights import READERS
from siac.cases.features import register_page_part
from siac.cases.surroundings.reading import register_fragments
from siac.cases.texts.events import register_words
from siac.clocks.public import register_subject
from siac.ui.public import NavItem, register_nav
from siac.ui.tiles import Tile, register_tile


def register() -> None:
    """Register what this feature adds."""
    name_rows()
    register_deeds(*DEEDS)
    register_fragments(*FRAGMENTS)
    register_page_part(appeals_part)
    register_words(texts)
    register_subject(
        APPEAL,
        on_moved=follow_moved_terms,
        lock=lock_appeals,
        names=appeal_names,
        by_unit=appeals_by_unit,
        within=appeals_within,
    )
    register_nav(NavItem("Recursos", "workspace:cases:appeals", READERS, 17))
    register_tile(
        Tile(
            "Recursos",
            "workspace:cases:appeals",
            may_read_cases,
            34,
            counted=lambda access, today: (pending_appeals(access),),
            late=lambda access, today: pending_appeals(access).filter(due_on__lt=today),
        )
    )
