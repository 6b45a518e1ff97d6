# SPDX-License-Identifier: EUPL-1.2
"""The facts behind a figure: exactly as many as it counts."""

from datetime import date
from enum import StrEnum
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from siac.indicators.counting import Groups
from siac.indicators.reading import under
from siac.infra.metrics import Measure, Metric, source
from siac.organizations.public import Institution


class Part(StrEnum):
    """Which of the facts behind a share."""

    ALL = ""
    MET = "met"
    REST = "rest"


def facts_behind(
    institution: Institution,
    metric: Metric,
    first: date,
    last: date,
    *,
    where: Groups | None = None,
    part: Part = Part.ALL,
    within: int | None = None,
) -> list[int]:
    """Return the things, by id, the latest first, that a figure of the local days `first` to `last` rests on:
    those that it counts; of a share, those that it is a share of; of a stock, those that were there when
    `last` ended. `where`: by dimension, the members that count, those below them included. `part`: of a
    share, only those that it counts, or the rest; of values, those not above `within`, or the rest.

    1 SQL, and what the names of the dimensions cost.

    Raises:
        ValueError: a part was asked of what is no share.
    """
    statement, values = _statement(institution, metric, first, last, where or {}, part, within)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY 1 DESC", values)
        return [pk for (pk,) in cursor.fetchall()]


def things_behind(
    institution: Institution,
    metric: Metric,
    first: date,
    last: date,
    *,
    where: Groups | None = None,
    part: Part = Part.ALL,
    within: int | None = None,
) -> QuerySet[Any]:
    """Return the rows of the things that `facts_behind` names, unordered.

    Lazy: no SQL until it is read, but what the names of the dimensions cost.
    """
    statement, values = _statement(institution, metric, first, last, where or {}, part, within)
    things: QuerySet[Any] = source(metric.of.source).things.rows(institution)
    return things.filter(pk__in=RawSQL(statement, values))  # noqa: S611 - names of the product's own


def _statement(
    institution: Institution, metric: Metric, first: date, last: date, where: Groups, part: Part,
    within: int | None,
) -> tuple[str, list[Any]]:  # fmt: skip
    of = metric.per or metric.of
    facts = source(of.source)
    kept, values = f'f."{of.day}" BETWEEN %s AND %s AND {_counts(of)}', [institution.pk, first, last]
    if metric.less:
        gone = metric.less
        kept = f'f."{of.day}" <= %s AND {_counts(of)}'
        kept += f' AND NOT (coalesce(f."{gone.day}" <= %s, false) AND {_counts(gone)})'
        values = [institution.pk, last, last]
    if part:
        met, more = _met(metric, first, last, within)
        kept += f" AND {met}" if part is Part.MET else f" AND NOT coalesce({met}, false)"
        values += more
    for key, members in where.items():
        dimension = facts.dimension(key)
        kept += f' AND f."{dimension.column}"::text = ANY(%s)'
        values.append(under(dimension, institution, members))
    statement = f"SELECT f.{facts.subject} FROM {facts.table} f WHERE f.institution_id = %s AND {kept}"  # noqa: S608 - the product's own names
    return statement, values


def _met(metric: Metric, first: date, last: date, within: int | None) -> tuple[str, list[Any]]:
    """Return the SQL of whether a fact is one of those that a share counts, with its values."""
    of = metric.of
    if metric.per:
        return f'(f."{of.day}" BETWEEN %s AND %s AND {_counts(of)})', [first, last]
    if of.value and within is not None:
        return f'(f."{of.value}" <= %s)', [within]
    raise ValueError(f"{metric.key} is no share")


def _counts(of: Measure) -> str:
    """Return the SQL of whether a measure counts a fact, its day aside."""
    has_value = f' AND f."{of.value}" IS NOT NULL' if of.value else ""
    return f"(({of.where}){has_value})"
