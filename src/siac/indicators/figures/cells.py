# SPDX-License-Identifier: EUPL-1.2
"""The statements that compute cells: from facts, and of longer periods from shorter ones.

Each computes periods whole: what is there becomes what is counted now, and a cell that counts nothing any
more goes. Nothing is ever added to a cell, so computing again changes nothing.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from siac.indicators.domain.periods import DAY, MONTH, YEAR
from siac.infra.metrics import Dimension, Measure, Source

_LENGTH = {DAY: "1 day", MONTH: "1 month", YEAR: "1 year"}
_KEEP = """
, u AS (
  INSERT INTO indicators_cell AS c
    (institution_id, measure_id, grain, family, member, period, n, total, vals, cum)
  SELECT %(institution)s::bigint, measure, %(grain)s, family, member, period, n, total, vals, cum FROM r
  ON CONFLICT (institution_id, measure_id, grain, family, member, period)
  DO UPDATE SET n = EXCLUDED.n, total = EXCLUDED.total, vals = EXCLUDED.vals, cum = EXCLUDED.cum
  WHERE (c.n, c.total, c.vals, c.cum)
    IS DISTINCT FROM (EXCLUDED.n, EXCLUDED.total, EXCLUDED.vals, EXCLUDED.cum)
)
DELETE FROM indicators_cell c
WHERE c.institution_id = %(institution)s AND c.measure_id = ANY(%(measures)s) AND c.grain = %(grain)s
  AND c.period = ANY(%(periods)s)
  AND NOT EXISTS (SELECT FROM r WHERE r.measure = c.measure_id AND r.family = c.family
    AND r.member = c.member AND r.period = c.period)
"""
_MERGED = """
WITH p AS (SELECT * FROM unnest(%(periods)s::date[]) AS p (period)),
f AS (
  SELECT c.measure_id AS measure, c.family, c.member, p.period, c.n, c.total, c.vals, c.cum
  FROM p JOIN indicators_cell c ON c.institution_id = %(institution)s AND c.measure_id = ANY(%(measures)s)
    AND c.grain = %(parts)s AND c.period >= p.period AND c.period < p.period + %(length)s::interval
),
v AS (
  SELECT measure, family, member, period, x.v, sum(x.c - x.before) AS n
  FROM f, unnest(f.vals, f.cum, 0 || f.cum) AS x (v, c, before) WHERE x.v IS NOT NULL
  GROUP BY measure, family, member, period, x.v
),
w AS (SELECT *, sum(n) OVER (PARTITION BY measure, family, member, period ORDER BY v) AS c FROM v),
h AS (
  SELECT measure, family, member, period, array_agg(v ORDER BY v) AS vals,
    array_agg(c::int ORDER BY v) AS cum
  FROM w GROUP BY measure, family, member, period
),
s AS (
  SELECT measure, family, member, period, sum(n)::int AS n, sum(total)::bigint AS total
  FROM f GROUP BY measure, family, member, period
),
r AS (SELECT s.*, h.vals, h.cum FROM s LEFT JOIN h USING (measure, family, member, period))
"""
Numbered = dict[str, int]
"""The number of each measure, by key."""


def count_facts(
    institution_id: int, source: Source, measures: Sequence[Measure], numbers: Numbered, *,
    grain: str, periods: Sequence[date],
) -> None:  # fmt: skip
    """Compute the cells of these measures, all of one source, in these periods of a grain from the facts (1
    SQL
    for the counts of each column of days, and 1 for each measure that has values).
    """
    counts: dict[str, list[Measure]] = {}
    for each in measures:
        if each.value:
            _run(_histogram(source, each), institution_id, [each], numbers, grain, periods)
        else:
            counts.setdefault(each.day, []).append(each)
    for day, of_day in counts.items():
        _run(_counts(source, day, of_day), institution_id, of_day, numbers, grain, periods)


def merge_cells(
    institution_id: int,
    measures: Sequence[Measure],
    numbers: Numbered,
    *,
    grain: str,
    periods: Sequence[date],
) -> None:
    """Compute the cells of months from their days, or of years from their months (1 SQL)."""
    _run(_MERGED, institution_id, measures, numbers, grain, periods, parts=DAY if grain == MONTH else MONTH)


def _run(
    statement: str, institution_id: int, measures: Sequence[Measure], numbers: Numbered, grain: str,
    periods: Sequence[date], **more: Any,
) -> None:  # fmt: skip
    values = {
        "institution": institution_id,
        "measures": [numbers[each.key] for each in measures],
        "grain": grain,
        "length": _LENGTH[grain],
        "periods": list(periods),
        **more,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement + _KEEP, values)


def _facts(source: Source, day: str, columns: str) -> str:
    """Return the WITH that reads the facts of the periods: their period, dimensions as text, and
    `columns`."""
    dimensions = ", ".join(f'f."{each.column}"::text AS {each.key}' for each in _kept(source))
    return f"""
WITH p AS (SELECT * FROM unnest(%(periods)s::date[]) AS p (period)),
f AS (
  SELECT p.period, {dimensions}, {columns}
  FROM p JOIN {source.table} f ON f.institution_id = %(institution)s
    AND f."{day}" >= p.period AND f."{day}" < p.period + %(length)s::interval
)"""  # noqa: S608 - names of the product's own


def _kept(source: Source) -> list[Dimension]:
    """Return the dimensions that any family tells apart."""
    keys = {key for family in source.families for key in family}
    return [each for each in source.dimensions if each.key in keys]


def _sets(source: Source, also: str = "") -> str:
    return ", ".join(f"(period{also}{''.join(f', {key}' for key in family)})" for family in source.families)


def _told(source: Source) -> tuple[str, str, str]:
    """Return the SQL of the mask that tells the families apart, of a family's name, and of its member."""
    keys = [each.key for each in _kept(source)]
    mask = f"grouping({', '.join(keys)})"
    masks = {
        family: sum(2 ** (len(keys) - 1 - place) for place, key in enumerate(keys) if key not in family)
        for family in source.families
    }
    names = " ".join(f"WHEN {masks[family]} THEN '{','.join(family)}'" for family in source.families)
    members = " ".join(
        f"WHEN {masks[family]} THEN {' || chr(44) || '.join(family) or chr(39) * 2}"
        for family in source.families
    )
    return mask, f"CASE mask {names} END", f"CASE mask {members} END"


def _counts(source: Source, day: str, measures: Sequence[Measure]) -> str:
    conditions = ", ".join(f"({each.where}) AS m{place}" for place, each in enumerate(measures))
    counted = ", ".join(f"count(*) FILTER (WHERE m{place})" for place in range(len(measures)))
    mask, family, member = _told(source)
    keys = ", ".join(each.key for each in _kept(source))
    return f"""{_facts(source, day, conditions)},
g AS (
  SELECT period, {mask} AS mask, {keys}, ARRAY[{counted}] AS counts
  FROM f GROUP BY GROUPING SETS ({_sets(source)})
),
r AS (
  SELECT u.measure, period, {family} AS family, {member} AS member, u.n::int AS n, 0::bigint AS total,
    NULL::int[] AS vals, NULL::int[] AS cum
  FROM g, unnest(%(measures)s::int[], counts) AS u (measure, n) WHERE u.n > 0
)"""  # noqa: S608


def _histogram(source: Source, measure: Measure) -> str:
    mask, family, member = _told(source)
    keys = ", ".join(each.key for each in _kept(source))
    value = f'CASE WHEN {measure.where} THEN f."{measure.value}"::int END AS v'
    return f"""{_facts(source, measure.day, value)},
g AS (
  SELECT period, {mask} AS mask, {keys}, v, count(*) AS n
  FROM f WHERE v IS NOT NULL GROUP BY GROUPING SETS ({_sets(source, ", v")})
),
t AS (SELECT period, {family} AS family, {member} AS member, v, n FROM g),
s AS (SELECT *, sum(n) OVER (PARTITION BY period, family, member ORDER BY v) AS c FROM t),
r AS (
  SELECT (%(measures)s::int[])[1] AS measure, period, family, member, sum(n)::int AS n,
    sum(v * n)::bigint AS total, array_agg(v ORDER BY v) AS vals, array_agg(c::int ORDER BY v) AS cum
  FROM s GROUP BY period, family, member
)"""  # noqa: S608
