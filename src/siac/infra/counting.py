# SPDX-License-Identifier: EUPL-1.2
"""How many rows several lists hold, in one statement, and no further than anybody cares."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from siac.infra.ready import rows

COUNT_CAP = 100
"""Counters stop here and show 99+: an exact count of a long list costs more than it tells."""


@dataclass(frozen=True, slots=True)
class ReadyCounts:
    """How to count several lists: their keys, and the text that counts each, its values written into it."""

    keys: tuple[str, ...]
    texts: tuple[str, ...]


_NONE = "0"  # counts a list that the compiler knows to be empty


def ready_counts(lists: Mapping[str, QuerySet[Any]], *, in_order: bool = False) -> ReadyCounts:
    """Return how to count each list, by its key, up to `COUNT_CAP`; no SQL.

    Making the text costs Django half a millisecond a list, and reading it again for its values as much for
    all: who counts the same lists again keeps it. A list of few that the planner takes for many is counted
    `in_order`: by the index of its order, not the table.
    """
    texts: list[str] = []
    with connection.cursor() as cursor:
        for listed in lists.values():
            inner = (listed if in_order else listed.order_by()).values("pk")[:COUNT_CAP]
            try:
                sql, values = inner.query.sql_with_params()
            except EmptyResultSet:
                texts.append(_NONE)
                continue
            texts.append(cursor.mogrify(f"(SELECT count(*) FROM ({sql}) counted)", values))  # noqa: S608 - a compiled query
    return ReadyCounts(tuple(lists), tuple(texts))


def counted(*ready: ReadyCounts) -> dict[str, int]:
    """Return how many rows each list holds, by its key, up to `COUNT_CAP` (1 SQL, none of empty ones).

    The same list under two keys is planned and counted once: planning takes most of the time.
    """
    by_key = {key: text for part in ready for key, text in zip(part.keys, part.texts, strict=True)}
    texts = [text for text in dict.fromkeys(by_key.values()) if text != _NONE]
    found: dict[str, int] = {_NONE: 0}
    if texts:
        (counts,) = rows("SELECT " + ", ".join(texts), None)
        found |= zip(texts, counts, strict=True)
    return {key: found[text] for key, text in by_key.items()}


def capped_counts(lists: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many rows each list holds, by its key, up to `COUNT_CAP`, as `counted` does."""
    return counted(ready_counts(lists))


def count_words(count: int) -> str:
    """Return a capped count as it is shown: 99+ where there may be more."""
    return "99+" if count >= COUNT_CAP else str(count)
