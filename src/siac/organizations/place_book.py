# SPDX-License-Identifier: EUPL-1.2
"""The places that calendars know.

`clocks` stands above and brings them; here they are asked for by name and checked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from django.http import QueryDict

Group = tuple[str, list[tuple[str, str]]]
"""A heading (country, or region with its communes) and its (place expression, name) pairs."""


@dataclass(frozen=True, slots=True)
class ShownMoves:
    """What somebody was shown of what another place would move: which preview, and its digest."""

    preview_id: int
    digest: str

    @classmethod
    def of(cls, sent: Mapping[str, str]) -> "ShownMoves | None":
        """Return what the page of a preview sends back (`vista`, `visto`); None: nothing was shown."""
        known = sent.get("vista", "")
        if not (known.isascii() and known.isdigit() and len(known) < 18):
            return None
        return cls(int(known), sent.get("visto", ""))


class Preview(Protocol):
    """Begins to compute which running terms another place of a body, or of its unit, would move; returns the
    address where that is shown, empty where nothing runs there. `typed`: what the form that asks was sent.
    """

    def __call__(
        self, access: Any, unit_id: int | None, before: str, after: str, typed: Mapping[str, str]
    ) -> str: ...


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
        shown: ShownMoves | None,
    ) -> None: ...


@dataclass(frozen=True, slots=True)
class PlaceBook:
    """What is known of places: `check` refuses an expression that no calendar
    knows, `groups` lists those of a country.

    `preview` has computed what another place would move; `typed` gives back what was typed before one of
    them; `follow` lets what runs follow it.
    """

    check: Callable[[str], None]
    groups: Callable[[str], list[Group]]
    preview: Preview | None = None
    typed: Callable[[Any, str], QueryDict | None] | None = None
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


def place_preview(access: Any, unit_id: int | None, before: str, after: str, typed: Mapping[str, str]) -> str:
    """Begin to compute what another place would move in the body of `access`; return the address where that
    is shown, empty where nothing runs there.

    Raises:
        Refused: no calendar knows it.
    """
    if before == after:
        return ""
    asked = [book.preview(access, unit_id, before, after, typed) for book in _BOOKS if book.preview]
    return next(iter(asked), "")


def typed_before(access: Any, known: str) -> QueryDict | None:
    """Return what was typed before the preview `known` was asked for; None where there is none."""
    return next((book.typed(access, known) for book in _BOOKS if book.typed), None)


def follow_place(
    institution_id: int,
    unit_id: int | None,
    before: str,
    after: str,
    *,
    actor_id: int | None,
    now: datetime,
    shown: ShownMoves | None = None,
) -> None:
    """Let what runs follow a place that changed; call it inside the transaction of the change.

    Raises:
        Refused: what was `shown` of it is not what it would do now (approval_overtaken), or was done.
    """
    for book in _BOOKS:
        if book.follow and before != after:
            book.follow(institution_id, unit_id, before, after, actor_id=actor_id, now=now, shown=shown)


def following_page() -> str:
    """Return the name of the address where one sees how far it is; empty where there is none."""
    return next((book.following for book in _BOOKS), "")
