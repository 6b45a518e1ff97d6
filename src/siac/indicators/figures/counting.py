# SPDX-License-Identifier: EUPL-1.2
"""Counting the facts themselves, where no cells are kept of what is asked."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from django.db import connection

from siac.infra.metrics import Measure, Source

Range = tuple[date, date]
"""First and last local day."""
Groups = Mapping[str, Sequence[str]]
"""By name of the group: the members of a dimension, or of a family of them, that it counts."""
Counted = tuple[str, int, str, int | None, int]
"""Key of the measure, number of the range, member, value (None where it has none), how often."""


def count(
    institution_id: int, of: Source, measures: Sequence[Measure], ranges: Sequence[Range], by: str,
    wanted: Groups,
) -> list[Counted]:  # fmt: skip
    """Count the facts of a source for measures of it, by the members of the dimension `by`, of the `wanted`
    members only (1 SQL, which reads the facts of a column of days once for counts and once for values).
    """
    member = f'f."{of.dimension(by).column}"::text' if by else "''"
    kept = "".join(f' AND f."{of.dimension(key).column}"::text = ANY(%(only_{key})s)' for key in wanted)
    facts = f"""unnest(%(columns)s::int[], %(firsts)s::date[], %(lasts)s::date[]) AS p (col, first, last)
JOIN {of.table} f ON f.institution_id = %(institution)s{kept} AND"""
    values: dict[str, Any] = {
        "institution": institution_id,
        "columns": list(range(len(ranges))),
        "firsts": [first for first, _ in ranges],
        "lasts": [last for _, last in ranges],
        **{f"only_{key}": list(members) for key, members in wanted.items()},
    }
    return rows(" UNION ALL ".join(_statements(measures, member, facts)), values)


def by_day(institution_id: int, of: Source, measure: Measure) -> dict[date, int]:
    """Return how many facts of a measure fall on each local day that has any (1 SQL over all of them)."""
    statement = f"""
SELECT f."{measure.day}", count(*) FROM {of.table} f
WHERE f.institution_id = %(institution)s AND f."{measure.day}" IS NOT NULL AND ({measure.where}) GROUP BY 1
"""  # noqa: S608 - names and conditions of the product's own
    return dict(rows(statement, {"institution": institution_id}))


def _statements(measures: Sequence[Measure], member: str, facts: str) -> Iterator[str]:
    for day in sorted({each.day for each in measures}):
        of_day = [each for each in measures if each.day == day]
        within = f'{facts} f."{day}" BETWEEN p.first AND p.last'
        counts = [each for each in of_day if not each.value]
        if counts:
            yield _counts(counts, member, within)
        valued = [each for each in of_day if each.value]
        if valued:
            yield _of_values(valued, member, within)


def _counts(measures: Sequence[Measure], member: str, facts: str) -> str:
    keys = ", ".join(f"'{each.key}'" for each in measures)
    counted = ", ".join(f"count(*) FILTER (WHERE {each.where})" for each in measures)
    return f"""
SELECT u.key, g.col, g.member, NULL::int, u.n
FROM (SELECT p.col, {member} AS member, ARRAY[{counted}] AS counts FROM {facts} GROUP BY 1, 2) g,
  unnest(ARRAY[{keys}], g.counts) AS u (key, n) WHERE u.n > 0
"""  # noqa: S608 - names and conditions of the product's own


def _of_values(measures: Sequence[Measure], member: str, facts: str) -> str:
    told = ", ".join(f"""('{each.key}', ({each.where}), f."{each.value}"::int)""" for each in measures)
    return f"""
SELECT x.key, p.col, {member}, x.value, count(*)
FROM {facts}, LATERAL (VALUES {told}) AS x (key, counts, value)
WHERE x.counts AND x.value IS NOT NULL GROUP BY 1, 2, 3, 4
"""  # noqa: S608 - names and conditions of the product's own


def rows(statement: str, values: Mapping[str, Any]) -> list[Any]:
    """Return what a statement gives (1 SQL)."""
    with connection.cursor() as cursor:
        cursor.execute(statement, dict(values))
        found: list[Any] = cursor.fetchall()
    return found
