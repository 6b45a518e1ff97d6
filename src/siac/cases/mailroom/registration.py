# SPDX-License-Identifier: EUPL-1.2
"""What papers add to cases, to verification and to the menu."""

from siac.cases.domain.rights import CaseRight
from siac.cases.extensions import register_panel
from siac.cases.mailroom import texts
from siac.cases.mailroom.queries import PAPER_PANEL, paper_problems
from siac.cases.mailroom.surroundings import FRAGMENTS
from siac.cases.surroundings.reading import register_fragments
from siac.cases.texts.events import register_words
from siac.journal.public import register_verification
from siac.ui.public import NavGroup, NavItem, register_nav


def register() -> None:
    """Register what this feature adds."""
    register_fragments(*FRAGMENTS)
    register_panel(PAPER_PANEL)
    register_words(texts)
    register_verification("papers", paper_problems)
    title, page = "Oficina de Partes", "workspace:cases:papers"
    register_nav(NavItem(title, page, CaseRight.FILE, 22, group=NavGroup.INTAKE))
