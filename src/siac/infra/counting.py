# SPDX-License-Identifier: EUPL-1.2
"""How many rows several lists hold, in one statement, and no further than anybody cares."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

COUNT_CAP = 100
"""Counters stop here and show 99+: an exact count of a long list costs more than it tells."""


def capped_counts(lists: Mapping[str, QuerySet[Any]]) -> dict[str, int]:
    """Return how many rows each list holds, by its key, up to `COUNT_CAP` (1 SQL; none without lists)."""
    parts: list[str] = []
    params: list[Any] = []
    for listed in lists.values():
        inner = listed.order_by().values("pk")[:COUNT_CAP]
        try:
            sql, values = inner.query.sql_with_params()
        except EmptyResultSet:
            parts.append("0")
            continue
        parts.append(f"(SELECT count(*) FROM ({sql}) counted)")  # noqa: S608 - sql is the compiled query, values stay apart
        params.extend(values)
    if all(part == "0" for part in parts):
        return dict.fromkeys(lists, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), params)
        row = cursor.fetchone()
    return dict(zip(lists, row, strict=True))


def count_words(count: int) -> str:
    """Return a capped count as it is shown: 99+ where there may be more."""
    return "99+" if count >= COUNT_CAP else str(count)
