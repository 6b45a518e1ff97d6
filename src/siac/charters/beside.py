# SPDX-License-Identifier: EUPL-1.2
"""Pages of higher contexts that stand beside the public list of charters, where a body has them."""

from collections.abc import Callable
from dataclasses import dataclass

from siac.organizations.public import Institution


@dataclass(frozen=True, slots=True)
class PageBeside:
    """A public page: its words, its address (which takes the `slug` of the body), and whether a body has
    one.
    """

    words: str
    url_name: str
    has: Callable[[Institution], bool]


_PAGES: dict[str, PageBeside] = {}


def register_page_beside(page: PageBeside) -> None:
    """Let the public list of charters lead to a page; registering the same page again replaces it."""
    _PAGES[page.url_name] = page


def pages_beside(institution: Institution) -> list[PageBeside]:
    """Return the pages that a body has, by their words (the SQL of each of them)."""
    return sorted((page for page in _PAGES.values() if page.has(institution)), key=lambda page: page.words)
