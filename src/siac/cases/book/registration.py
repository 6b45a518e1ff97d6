# SPDX-License-Identifier: EUPL-1.2
"""What the book of complaints adds to cases, to verification and to the menu."""

from siac.cases.book import texts
from siac.cases.book.deeds import DEEDS
from siac.cases.book.queries import book_problems
from siac.cases.deeds import register_deeds
from siac.cases.domain.rights import CaseRight
from siac.cases.texts.events import register_words
from siac.journal.public import register_verification
from siac.ui.public import NavGroup, NavItem, register_nav


def register() -> None:
    """Register what this feature adds."""
    register_deeds(*DEEDS)
    register_words(texts)
    register_verification("book", book_problems)
    title, page = "Libro de reclamaciones", "workspace:cases:book"
    register_nav(NavItem(title, page, CaseRight.FILE, 23, country="PE", group=NavGroup.INTAKE))
