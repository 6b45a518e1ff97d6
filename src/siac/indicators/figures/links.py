# SPDX-License-Identifier: EUPL-1.2
"""Where the page of a figure leads beside its own: what higher contexts do with a figure."""

from dataclasses import dataclass

from django.urls import reverse

from siac.accounts.public import Right
from siac.infra.metrics import Metric
from siac.organizations.public import Access


@dataclass(frozen=True, slots=True)
class FigureLink:
    """A button on the page of a figure, for whoever has `right`. `page`: the name of the address of a page
    of the metric with this key; it is asked as the page of the figure itself is.
    """

    words: str
    page: str
    right: Right


_LINKS: dict[str, FigureLink] = {}


def register_figure_link(link: FigureLink) -> None:
    """Put a button on the page of each figure; registering the same page again replaces it."""
    _LINKS[link.page] = link


def figure_links(access: Access, metric: Metric, query: str) -> list[tuple[str, str]]:
    """Return the buttons that somebody has on the page of a figure, as words and address. No SQL."""
    of, asked = [access.institution.slug, metric.key], f"?{query}" if query else ""
    shown = [each for each in _LINKS.values() if access.has(each.right)]
    return [(each.words, f"{reverse(each.page, args=of)}{asked}") for each in shown]
