# SPDX-License-Identifier: EUPL-1.2
"""What the book of complaints adds to lower contexts, said once when the application starts."""

from siac.cases.public import CaseRight, register_deeds, register_words
from siac.countries.public import Duty
from siac.journal.public import register_verification
from siac.organizations.public import register_left_behind
from siac.statutory import texts
from siac.statutory.deeds import DEEDS
from siac.statutory.practice import LEFT_BEHIND
from siac.statutory.verification import book_problems
from siac.ui.public import NavGroup, NavItem, register_nav


def register() -> None:
    """Register what can be done with a complaint of the book, words, verification and navigation."""
    register_deeds(*DEEDS)
    register_words(texts)
    register_verification("book", book_problems)
    register_left_behind(LEFT_BEHIND)
    title, page = "Libro de reclamaciones", "workspace:statutory:book"
    register_nav(NavItem(title, page, CaseRight.FILE, 23, duty=Duty.COMPLAINTS_BOOK, group=NavGroup.INTAKE))
