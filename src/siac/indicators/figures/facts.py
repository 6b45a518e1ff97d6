# SPDX-License-Identifier: EUPL-1.2
"""The facts behind a figure: exactly as many as it counts."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from siac.indicators.domain.results import AMONG, Counted
from siac.indicators.figures.counting import Groups
from siac.indicators.figures.reading import under
from siac.infra.metrics import Measure, Metric, Source, source
from siac.organizations.public import Institution


@dataclass(frozen=True, slots=True)
class Only:
    """Which of the facts behind a figure: of a share those that it counts (`met`) or the rest; of values
    those from `least` to `greatest`.
    """

    met: bool | None = None
    least: int | None = None
    greatest: int | None = None


ALL = Only()


def facts_behind(
    institution: Institution,
    metric: Metric,
    first: date,
    last: date,
    *,
    where: Groups | None = None,
    only: Only = ALL,
) -> list[int]:
    """Return the things, by id, the latest first, that a figure of the local days `first` to `last` rests on:
    those that it counts; of a share, those that it is a share of; of a stock, those that were there when
    `last` ended. `where`: by dimension, the members that count, those below them included. `only`: some
    of them.

    1 SQL, and what the names of the dimensions cost.

    Raises:
        ValueError: a part was asked of what is no share, or values of what has none.
    """
    statement, values = _statement(institution, metric, first, last, where or {}, only)
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
    only: Only = ALL,
) -> QuerySet[Any]:
    """Return the rows of the things that `facts_behind` names, unordered.

    Lazy: no SQL until it is read, but what the names of the dimensions cost.
    """
    statement, values = _statement(institution, metric, first, last, where or {}, only)
    things: QuerySet[Any] = source(metric.of.source).things.rows(institution)
    return things.filter(pk__in=RawSQL(statement, values))  # noqa: S611 - names of the product's own


def first_held(
    institution: Institution, metric: Metric, most: int, *, today: date, where: Groups | None = None
) -> QuerySet[Any]:
    """Return the rows of so many things that a stock holds today, those that came in first, unordered: for a
    page that shows a few of what may be very many. Lazy, as `things_behind`.

    Raises:
        ValueError: the metric is no stock.
    """
    of, facts = metric.of, source(metric.of.source)
    if metric.less is None or metric.is_carried:
        raise ValueError(f"{metric.key} is no stock")
    # Nothing goes out on a day to come: what has not gone out is what is there, and an index may know it.
    kept = f'f."{of.day}" <= %s AND {_counts(of)} AND f."{metric.less.day}" IS NULL'
    given, values = _only(institution, facts, where or {})
    statement = f"SELECT f.{facts.subject} FROM {facts.table} f WHERE f.institution_id = %s AND {kept}{given}"  # noqa: S608 - names of the product's own
    statement += f' ORDER BY f."{of.day}", f.{facts.subject} LIMIT %s'
    things: QuerySet[Any] = facts.things.rows(institution)
    return things.filter(pk__in=RawSQL(statement, [institution.pk, today, *values, most]))  # noqa: S611 - as above


def rows_behind(
    institution: Institution, metric: Metric, first: date, last: date, *, where: Groups | None = None
) -> list[Counted]:
    """Return the facts that a figure rests on, as a result keeps them, by id, without what people told of
    themselves; SQL as `facts_behind`.
    """
    of, facts = metric.of, source(metric.of.source)
    keys = sorted((each for each in facts.dimensions if not each.is_trait), key=lambda each: each.key)
    columns = ", ".join(f'f."{each.column}"::text' for each in keys)
    value = f'f."{of.value}"' if of.value else "NULL::int"
    met, given = _counts(of), []
    if metric.is_carried:  # what it counts has a day of its own
        met, given = f'(f."{of.day}" BETWEEN %s AND %s AND {met})', [first, last]
    if metric.per and metric.per.value:  # what a sum is divided by is kept beside the codes
        columns += f', f."{metric.per.value}"::text'
    wanted = f'f.{facts.subject}, f."{(metric.per or of).day}", {value}, coalesce({met}, false), {columns}'
    statement, values = _statement(institution, metric, first, last, where or {}, ALL, wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"{statement} ORDER BY 1", [*given, *values])
        found = cursor.fetchall()
    names = [each.key for each in keys] + ([AMONG] if metric.per and metric.per.value else [])
    return [
        Counted(pk, on, tuple(zip(names, codes, strict=True)), value, bool(met))
        for pk, on, value, met, *codes in found
    ]


def _statement(
    institution: Institution,
    metric: Metric,
    first: date,
    last: date,
    where: Groups,
    only: Only,
    columns: str = "",
) -> tuple[str, list[Any]]:
    of = metric.per or metric.of
    facts = source(of.source)
    kept, values = f'f."{of.day}" BETWEEN %s AND %s AND {_counts(of)}', [institution.pk, first, last]
    if metric.less:
        gone, when = metric.less, "<" if metric.is_carried else "<="
        kept = f'f."{of.day}" <= %s AND {_counts(of)}'
        kept += f' AND NOT (coalesce(f."{gone.day}" {when} %s, false) AND {_counts(gone)})'
        values = [institution.pk, last, first if metric.is_carried else last]
    if only.met is not None:
        if metric.per is None:
            raise ValueError(f"{metric.key} is no share")
        met = f'(f."{metric.of.day}" BETWEEN %s AND %s AND {_counts(metric.of)})'
        kept += f" AND coalesce({met}, false) = %s"
        values += [first, last, only.met]
    for compares, limit in ((">=", only.least), ("<=", only.greatest)):
        if limit is not None:
            if metric.per or not of.value:
                raise ValueError(f"{metric.key} has no values")
            kept += f' AND f."{of.value}" {compares} %s'
            values.append(limit)
    given, more = _only(institution, facts, where)
    kept, values = kept + given, [*values, *more]
    wanted = columns or f"f.{facts.subject}"
    statement = f"SELECT {wanted} FROM {facts.table} f WHERE f.institution_id = %s AND {kept}"  # noqa: S608 - the product's own names
    return statement, values


def _only(institution: Institution, facts: Source, where: Groups) -> tuple[str, list[Any]]:
    """Return the SQL, and its values, of the members that count, those below them included."""
    kept, values = "", []
    for key, members in where.items():
        dimension = facts.dimension(key)
        kept += f' AND f."{dimension.column}"::text = ANY(%s)'
        values.append(under(dimension, institution, members))
    return kept, values


def _counts(of: Measure) -> str:
    """Return the SQL of whether a measure counts a fact, its day aside."""
    has_value = f' AND f."{of.value}" IS NOT NULL' if of.value else ""
    return f"(({of.where}){has_value})"
