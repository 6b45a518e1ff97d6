# SPDX-License-Identifier: EUPL-1.2
"""The one search of the workspace: each context registers what it finds when it is ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

FEW = 5
"""What of a group stands beside the others."""
MOST = 50
"""What of a group stands on a page of its own."""
LONGEST = 200
"""Letters of what was typed that are looked for."""


@dataclass(frozen=True, slots=True)
class Match:
    """One thing that was found: what it is, where it opens, and how it stands in words and colour."""

    title: str
    url: str
    about: Sequence[str] = ()
    state: str = ""
    colour: str = "grey"


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """What was found of one sort, the best first: one more than asked where there is more."""

    code: str
    title: str
    order: int
    matches: Sequence[Match]
    every_url: str = ""
    """Where all of them stand; empty: on the page of the search, that group alone."""


@dataclass(frozen=True, slots=True)
class SearchSource:
    """What a context finds. `find(access, text, now, most)` gives its groups with up to `most` + 1 matches
    each: only what the holder of `access` may see, and nothing where they may see none. `straight(access,
    text)` gives where a text that can mean one thing only leads at once; empty: nowhere.
    """

    name: str
    find: Callable[[Any, str, datetime, int], Sequence[SearchGroup]]
    straight: Callable[[Any, str], str] | None = None


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group as it is drawn; `has_more`: it holds more than is shown."""

    group: SearchGroup
    matches: Sequence[Match]
    has_more: bool


_SOURCES: dict[str, SearchSource] = {}


def register_search_source(source: SearchSource) -> None:
    """Have what is typed in the search asked of `source`; registering the same name again replaces it."""
    _SOURCES[source.name] = source


def straight_to(access: Any, text: str) -> str:
    """Return where a text leads at once; empty where it may mean several things (SQL of each source)."""
    asked = (source.straight(access, text) for source in _SOURCES.values() if source.straight)
    return next((url for url in asked if url), "")


def found_groups(access: Any, text: str, now: datetime, *, only: str = "") -> list[ShownGroup]:
    """Return what the holder of `access` finds by a text at an instant, in the order of the groups: a few of
    each, or many of the one whose code is `only` (SQL of each source).
    """
    most = MOST if only else FEW
    found = [
        group
        for source in _SOURCES.values()
        for group in source.find(access, text, now, most)
        if group.matches and only in ("", group.code)
    ]
    return [
        ShownGroup(group, group.matches[:most], len(group.matches) > most)
        for group in sorted(found, key=lambda group: group.order)
    ]
