# SPDX-License-Identifier: EUPL-1.2
"""What waits for somebody, told on their first page; each context registers its tiles when it is ready."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse

from siac.infra.config_cache import ReaderCache
from siac.infra.counting import COUNT_CAP, ReadyCounts, count_words, counted, ready_counts
from siac.ui.navigation import keep_menu_counts, ready_menu

SHOWN = 4
"""Rows of a tile; the rest stands on its page."""


@dataclass(frozen=True, slots=True)
class TileRow:
    """One thing of a tile: what it is, where it is done, and by when."""

    title: str
    url: str
    detail: str = ""
    beside: str = ""
    """Who has it, or how it stands."""
    due_on: date | None = None
    act: str = ""
    """The one thing to do there, as a button says it; empty: the title leads there."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One thing to look after, for whom `who` says so of their access.

    `counted` gives, for an access and a local day, the lists whose rows wait, `late` those of them that are
    late: they are counted with everything else of the page, in one statement, which is kept for that access
    and day under the configuration of the body and may go by nothing else. `rows` gives the first few of
    them (at most `SHOWN`, the late ones first) in `sql` statements; a tile of figures has no `counted`, and
    all its rows count. `url_name` takes the `slug` of the body, `query` follows it.
    """

    title: str
    url_name: str
    who: Callable[[Any], bool]
    order: int
    counted: Callable[[Any, date], Sequence[QuerySet[Any]]] | None = None
    late: Callable[[Any, date], QuerySet[Any]] | None = None
    rows: Callable[[Any, date], Sequence[TileRow]] | None = None
    sql: int = 0
    query: str = ""


@dataclass(frozen=True, slots=True)
class ShownTile:
    """A tile as drawn for one person today."""

    tile: Tile
    url: str
    count: int
    late: int
    rows: Sequence[TileRow]

    @property
    def words(self) -> str:
        """How many wait, as it is shown: 99+ where there may be more."""
        return count_words(self.count)

    @property
    def late_words(self) -> str:
        """How many of them are late, as it is shown; empty where none is."""
        return count_words(self.late) if self.late else ""


_TILES: dict[tuple[str, str], Tile] = {}
_READY: ReaderCache[ReadyCounts] = ReaderCache()


def register_tile(tile: Tile) -> None:
    """Add a tile; registering the same page and query again replaces it."""
    _TILES[tile.url_name, tile.query] = tile


def tiles_of(access: Any) -> list[Tile]:
    """Return the tiles for the holder of `access`, in order; no SQL."""
    return sorted(
        (tile for tile in _TILES.values() if tile.who(access)), key=lambda tile: (tile.order, tile.title)
    )


def drawn_tiles(request: HttpRequest, access: Any, today: date) -> list[ShownTile]:
    """Return the tiles for the holder of `access` on the local day `today`: 1 SQL for all that is counted,
    the menu too, and the `sql` of each tile of which anything waits.
    """
    tiles = tiles_of(access)
    counts = counted(ready_menu(access), _READY.get(access, today, lambda: _ready(tiles, access, today)))
    keep_menu_counts(request, counts)
    return [
        _drawn(
            tile,
            access,
            today,
            count=sum(count for key, count in counts.items() if key.startswith(f"tile-{place}-")),
            late=counts.get(f"late-{place}", 0),
        )
        for place, tile in enumerate(tiles)
    ]


def _ready(tiles: Sequence[Tile], access: Any, today: date) -> ReadyCounts:
    lists = {
        f"tile-{place}-{turn}": listed
        for place, tile in enumerate(tiles)
        for turn, listed in enumerate(tile.counted(access, today) if tile.counted else ())
    }
    late = {f"late-{place}": tile.late(access, today) for place, tile in enumerate(tiles) if tile.late}
    return ready_counts({**lists, **late})


AHEAD = 14
"""Days that the first page looks ahead."""


@dataclass(frozen=True, slots=True)
class AheadItem:
    """One thing that comes up on a day: what it is, and where it is seen to (empty: nowhere)."""

    on: date
    title: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Ahead:
    """Things of one sort that come up, for whom `who` says so: `items(access, first, last)` gives those from
    one local day to another, in `sql` statements.
    """

    name: str
    who: Callable[[Any], bool]
    items: Callable[[Any, date, date], Sequence[AheadItem]]
    sql: int = 0


_AHEAD: dict[str, Ahead] = {}


def register_ahead(ahead: Ahead) -> None:
    """Add what looks ahead; registering the same name again replaces it."""
    _AHEAD[ahead.name] = ahead


def ahead_of(access: Any) -> list[Ahead]:
    """Return what looks ahead for the holder of `access`; no SQL."""
    return [each for _, each in sorted(_AHEAD.items()) if each.who(access)]


def coming_up(access: Any, today: date) -> list[tuple[date, list[AheadItem]]]:
    """Return what comes up in the fourteen days after `today`, by day (the `sql` of each for them)."""
    first, last = today + timedelta(days=1), today + timedelta(days=AHEAD)
    items = [item for each in ahead_of(access) for item in each.items(access, first, last)]
    by_day: dict[date, list[AheadItem]] = {}
    for item in sorted(items, key=lambda item: (item.on, item.title)):
        by_day.setdefault(item.on, []).append(item)
    return list(by_day.items())


def _drawn(tile: Tile, access: Any, today: date, *, count: int, late: int) -> ShownTile:
    rows = list(tile.rows(access, today)) if tile.rows and (count or not tile.counted) else []
    url = f"{reverse(tile.url_name, args=[access.institution.slug])}{tile.query}"
    if not tile.counted:
        count, late = len(rows), sum(row.due_on is not None and row.due_on < today for row in rows)
    return ShownTile(tile, url, min(count, COUNT_CAP), late, rows[:SHOWN])
