# SPDX-License-Identifier: EUPL-1.2
"""The places that calendars know.

`clocks` stands above and brings them; here they are asked for by name and checked.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.utils.safestring import mark_safe

Group = tuple[str, list[tuple[str, str]]]
"""A heading (country, or region with its communes) and its (place expression, name) pairs."""


class Preview(Protocol):
    """Draws which running terms another place of a body, or of its unit, would move."""

    def __call__(self, access: Any, unit_id: int | None, before: str, after: str) -> str: ...


class Follow(Protocol):
    """Begins to move the running terms of a body, or of its unit, that has another
    place; inside the transaction of the change.
    """

    def __call__(
        self,
        institution_id: int,
        unit_id: int | None,
        before: str,
        after: str,
        *,
        actor_id: int | None,
        now: datetime,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class PlaceBook:
    """What is known of places: `check` refuses an expression that no calendar
    knows, `groups` lists those of a country.

    `preview` draws what another place would move, empty where it moves nothing;
    `follow` lets what runs follow it.
    """

    check: Callable[[str], None]
    groups: Callable[[str], list[Group]]
    preview: Preview | None = None
    follow: Follow | None = None
    following: str = ""
    """Name of the address (of a body) where one sees how far running terms have followed."""


_BOOKS: list[PlaceBook] = []


def register_place_book(book: PlaceBook) -> None:
    """Have places checked and listed by `book`; a later one takes the place of an earlier one."""
    _BOOKS[:] = [book]


def check_place(expression: str) -> None:
    """Refuse a place that no calendar knows (1 SQL).

    Raises:
        Refused: as the registered book says.
    """
    for book in _BOOKS:
        book.check(expression)


def place_groups(country: str) -> list[Group]:
    """Return the places of a country that can be chosen, region by region (1 SQL)."""
    return [group for book in _BOOKS for group in book.groups(country)]


def place_preview(access: Any, unit_id: int | None, before: str, after: str) -> str:
    """Return, drawn, what another place would move in the body of `access`; empty where it moves nothing."""
    if before == after:
        return ""
    drawn = [book.preview(access, unit_id, before, after) for book in _BOOKS if book.preview]
    return mark_safe("".join(drawn))  # noqa: S308  # templates of the house, escaped when they were drawn


def follow_place(
    institution_id: int, unit_id: int | None, before: str, after: str, *, actor_id: int | None, now: datetime
) -> None:
    """Let what runs follow a place that changed; call it inside the transaction of the change."""
    for book in _BOOKS:
        if book.follow and before != after:
            book.follow(institution_id, unit_id, before, after, actor_id=actor_id, now=now)


def following_page() -> str:
    """Return the name of the address where one sees how far it is; empty where there is none."""
    return next((book.following for book in _BOOKS), "")
