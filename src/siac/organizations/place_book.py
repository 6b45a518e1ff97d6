# SPDX-License-Identifier: EUPL-1.2
"""The places that calendars know. `clocks` stands above and brings them; here they are asked for by name and checked."""

from collections.abc import Callable
from dataclasses import dataclass

Group = tuple[str, list[tuple[str, str]]]
"""A heading (country, or region with its communes) and its (place expression, name) pairs."""


@dataclass(frozen=True, slots=True)
class PlaceBook:
    """What is known of places: `check` refuses an expression that no calendar knows, `groups` lists those of a country."""

    check: Callable[[str], None]
    groups: Callable[[str], list[Group]]


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
