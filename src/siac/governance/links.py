# SPDX-License-Identifier: EUPL-1.2
"""Buttons on the page of a session that lead to what higher contexts have for it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from siac.organizations.public import Access


@dataclass(frozen=True, slots=True)
class SittingLink:
    """A button: `url_name` takes the `slug` of the body and the session; `who` says for whom it is there."""

    label: str
    url_name: str
    who: Callable[[Access], bool]


_LINKS: dict[str, SittingLink] = {}


def register_sitting_link(link: SittingLink) -> None:
    """Put a button on the page of each session; registering the same page again replaces it."""
    _LINKS[link.url_name] = link


def sitting_links(access: Access, sitting_id: int) -> list[tuple[str, str]]:
    """Return the buttons for the holder of `access`: words and address. No SQL."""
    slug = access.institution.slug
    return [
        (link.label, reverse(link.url_name, args=[slug, sitting_id]))
        for link in _LINKS.values()
        if link.who(access)
    ]
