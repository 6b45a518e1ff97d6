# SPDX-License-Identifier: EUPL-1.2
"""The facts behind a figure: exactly as many as it counts."""

from datetime import date
from typing import Any

from django.db import connection

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
    of = metric.per or metric.of
    values: dict[str, Any] = {"institution": institution.pk, "first": first, "last": last}
    kept = f'f."{of.day}" BETWEEN %(first)s AND %(last)s AND {_counts(of)}'
    if metric.less:
        gone = metric.less
        kept = f'f."{of.day}" <= %(last)s AND {_counts(of)}'
        kept += f' AND NOT (coalesce(f."{gone.day}" <= %(last)s, false) AND {_counts(gone)})'
    facts = source(of.source)
    for key, members in (where or {}).items():
        dimension = facts.dimension(key)
        kept += f' AND f."{dimension.column}"::text = ANY(%({key})s)'
        values[key] = under(dimension, institution, members)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT f.{facts.subject} FROM {facts.table} f"  # noqa: S608 - the product's own names
            f" WHERE f.institution_id = %(institution)s AND {kept} ORDER BY f.{facts.subject} DESC",
            values,
        )
        return [pk for (pk,) in cursor.fetchall()]


def _counts(of: Measure) -> str:
    """Return the SQL of whether a measure counts a fact, its day aside."""
    has_value = f' AND f."{of.value}" IS NOT NULL' if of.value else ""
    return f"(({of.where}){has_value})"
