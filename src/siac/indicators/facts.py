# SPDX-License-Identifier: EUPL-1.2
"""The facts behind a figure: exactly as many as it counts."""

from datetime import date
from typing import Any

from django.db import connection

from siac.indicators.domain.results import Counted
from siac.indicators.reading import Groups, under
from siac.infra.metrics import Measure, Metric, source
from siac.organizations.public import Institution


def facts_behind(
    institution: Institution, metric: Metric, first: date, last: date, *, where: Groups | None = None
) -> list[int]:
    """Return the things, by id, the latest first, that a figure of the local days `first` to `last` rests on:
    those that it counts; of a share, those that it is a share of; of a stock, those that were there when
    `last` ended. `where`: by dimension, the members that count, those below them included.

    1 SQL, and what the names of the dimensions cost.
    """
    subject = source(metric.of.source).subject
    return [pk for (pk,) in _read(institution, metric, first, last, where or {}, f"f.{subject}")]


def rows_behind(
    institution: Institution, metric: Metric, first: date, last: date, *, where: Groups | None = None
) -> list[Counted]:
    """Return the facts that a figure rests on, as a result keeps them, by id; SQL as `facts_behind`."""
    of, facts = metric.of, source(metric.of.source)
    keys = sorted(facts.dimensions, key=lambda each: each.key)
    columns = ", ".join(f'f."{each.column}"::text' for each in keys)
    value = f'f."{of.value}"' if of.value else "NULL::int"
    day = (metric.per or of).day
    wanted = f'f.{facts.subject}, f."{day}", {value}, {_counts(of)}, {columns}'
    found = _read(institution, metric, first, last, where or {}, wanted)
    rows = [
        Counted(
            pk, on, tuple((each.key, code) for each, code in zip(keys, codes, strict=True)), value, bool(met)
        )
        for pk, on, value, met, *codes in found
    ]
    return sorted(rows, key=lambda row: row.subject)


def _read(
    institution: Institution, metric: Metric, first: date, last: date, where: Groups, columns: str
) -> list[Any]:
    of, facts = metric.per or metric.of, source(metric.of.source)
    values: dict[str, Any] = {"institution": institution.pk, "first": first, "last": last}
    kept = f'f."{of.day}" BETWEEN %(first)s AND %(last)s AND {_counts(of)}'
    if metric.less:
        gone = metric.less
        kept = f'f."{of.day}" <= %(last)s AND {_counts(of)}'
        kept += f' AND NOT (coalesce(f."{gone.day}" <= %(last)s, false) AND {_counts(gone)})'
    for key, members in where.items():
        dimension = facts.dimension(key)
        kept += f' AND f."{dimension.column}"::text = ANY(%({key})s)'
        values[key] = under(dimension, institution, members)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {columns} FROM {facts.table} f"  # noqa: S608 - the product's own names
            f" WHERE f.institution_id = %(institution)s AND {kept} ORDER BY f.{facts.subject} DESC",
            values,
        )
        found: list[Any] = cursor.fetchall()
    return found


def _counts(of: Measure) -> str:
    """Return the SQL of whether a measure counts a fact, its day aside."""
    has_value = f' AND f."{of.value}" IS NOT NULL' if of.value else ""
    return f"(({of.where}){has_value})"
