# SPDX-License-Identifier: EUPL-1.2
"""What a measure counts, in any ranges of days, by any dimension: from cells where they are kept, else from
the facts.

Both say the same, percentiles (nearest rank) included; the facts take longer, so whoever asked is told.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from typing import Any

from django.db import connection

from siac.indicators.domain.figures import percentile
from siac.indicators.domain.periods import Period, spans
from siac.infra.metrics import Dimension, Measure, Source, source
from siac.organizations.public import Institution

_READ = """
WITH RECURSIVE p AS (
  SELECT * FROM unnest(%(columns)s::int[], %(grains)s::text[], %(periods)s::date[]) AS p (col, grain, period)
),
g AS (SELECT * FROM unnest(%(groups)s::int[], %(members)s::text[]) AS g (grp, member)),
r AS MATERIALIZED (
  SELECT p.col, g.grp, c.n, c.total, c.vals, c.cum
  FROM p JOIN indicators_cell c ON c.institution_id = %(institution)s
    AND c.measure_id = (SELECT id FROM indicators_measure WHERE key = %(measure)s)
    AND c.family = %(family)s AND c.grain = p.grain AND c.period = p.period
  JOIN g ON g.member = c.member
),
t AS (
  SELECT col, grp, sum(n)::int AS n, sum(total)::bigint AS total,
    coalesce(sum(cum[width_bucket(%(within)s::int, vals)]), 0)::int AS within,
    max(vals[cardinality(vals)]) AS hi
  FROM r GROUP BY col, grp
),
b AS (
  SELECT col, grp, q.part, ceil(t.n * q.part / 100.0) AS rank, 0 AS lo, t.hi
  FROM t, unnest(%(parts)s::int[]) AS q (part) WHERE t.hi IS NOT NULL
  UNION ALL
  SELECT col, grp, part, rank, CASE WHEN c >= rank THEN lo ELSE mid + 1 END,
    CASE WHEN c >= rank THEN mid ELSE hi END
  FROM (SELECT b.*, (lo + hi) / 2 AS mid FROM b WHERE lo < hi) s, LATERAL (
    SELECT coalesce(sum(r.cum[width_bucket(s.mid, r.vals)]), 0) AS c
    FROM r WHERE r.col = s.col AND r.grp = s.grp) y
)
SELECT t.col, t.grp, t.n, t.total, t.within, t.hi,
  (SELECT array_agg(b.lo ORDER BY b.part) FROM b
   WHERE b.col = t.col AND b.grp = t.grp AND b.lo = b.hi)
FROM t ORDER BY t.col, t.grp
"""
PARTS = (50, 90)
"""The percentiles that are read along with every measure that has values."""
Range = tuple[date, date]
"""First and last local day."""
Groups = Mapping[str, Sequence[str]]
"""By name of the group: the members of a dimension, or of a family of them, that it counts."""


@dataclass(frozen=True, slots=True)
class Summed:
    """What is counted together: how often, the sum of the values, how many are not above the limit asked for,
    the greatest value and the percentiles of `PARTS` (nearest rank); None and empty without values.
    """

    n: int
    total: int
    within: int
    greatest: int | None
    percentiles: tuple[int, ...]


NOTHING = Summed(0, 0, 0, None, ())


@dataclass(frozen=True, slots=True)
class Reading:
    """What was found, by number of the range and group; what counts nothing is not there.

    `from_facts`: no cells are kept for what was asked, so the facts were counted.
    """

    found: Mapping[tuple[int, str], Summed]
    from_facts: bool

    def of(self, column: int = 0, group: str = "") -> Summed:
        """Return what a group counts in a range."""
        return self.found.get((column, group), NOTHING)


def read(
    institution: Institution,
    measure: Measure,
    ranges: Sequence[Range],
    *,
    today: date,
    by: str = "",
    where: Groups | None = None,
    within: int = 0,
) -> Reading:
    """Return what a measure counts of a body in each range of local days (1 SQL, and what the names of the
    dimensions cost).

    `by`: the key of the dimension whose members are told apart, each with those below it. `where`: by
    dimension, the members that count, those below them included. KeyError for a dimension it does not have.
    """
    of, where = source(measure.source), where or {}
    wanted = {key: under(of.dimension(key), institution, members) for key, members in where.items()}
    groups = groups_of(of.dimension(by), institution) if by else {"": [""]}
    if by in wanted:
        kept = set(wanted[by])
        groups = {
            name: [each for each in members if each in kept]
            for name, members in groups.items()
            if name in kept
        }
    columns = [spans(*each, today=today) for each in ranges]
    family = tuple(sorted({*wanted, *([by] if by else [])}))
    whole = [each for each in columns if each is not None]
    if family in of.families and len(whole) == len(columns):
        found = _from_cells(
            institution.pk, measure, whole, family, _members(family, by, groups, wanted), within
        )
        return Reading(found, from_facts=False)
    return Reading(
        _from_facts(institution.pk, of, measure, ranges, by, groups, wanted, within), from_facts=True
    )


def groups_of(dimension: Dimension, institution: Institution) -> dict[str, list[str]]:
    """Return, by member, itself and the members below it; the one that means none is among them."""
    members = list(dimension.names(institution))
    above = dimension.parents(institution) if dimension.parents else {}
    found: dict[str, list[str]] = {member: [member] for member in members}
    for member in members:
        seen, each = {member}, above.get(member)
        while each is not None and each not in seen:
            found.setdefault(each, [each]).append(member)
            seen.add(each)
            each = above.get(each)
    return found


def under(dimension: Dimension, institution: Institution, members: Sequence[str]) -> list[str]:
    """Return some members with all below them, each once."""
    groups = groups_of(dimension, institution) if dimension.parents else {}
    return sorted({each for member in members for each in groups.get(member, [member])})


def _members(family: tuple[str, ...], by: str, groups: Groups, wanted: Groups) -> dict[str, list[str]]:
    """Return the groups in members of the family."""
    found = {}
    for name, members in groups.items():
        parts = [members if key == by else wanted[key] for key in family]
        found[name] = [",".join(each) for each in product(*parts)]
    return found


def _from_cells(
    institution_id: int, measure: Measure, columns: Sequence[Sequence[Period]], family: tuple[str, ...],
    groups: Groups, within: int,
) -> dict[tuple[int, str], Summed]:  # fmt: skip
    periods = [(place, *each) for place, column in enumerate(columns) for each in column]
    names = list(groups)
    members = [(place, each) for place, name in enumerate(names) for each in groups[name]]
    values: dict[str, Any] = {
        "institution": institution_id,
        "measure": measure.key,
        "family": ",".join(family),
        "within": within,
        "parts": list(PARTS),
        "columns": [place for place, _, _ in periods],
        "grains": [grain for _, grain, _ in periods],
        "periods": [first for _, _, first in periods],
        "groups": [place for place, _ in members],
        "members": [each for _, each in members],
    }
    return {
        (col, names[group]): Summed(n, total, below, greatest, tuple(parts or ()))
        for col, group, n, total, below, greatest, parts in _rows(_READ, values)
    }


def _from_facts(
    institution_id: int, of: Source, measure: Measure, ranges: Sequence[Range], by: str, groups: Groups,
    wanted: Groups, within: int,
) -> dict[tuple[int, str], Summed]:  # fmt: skip
    member = f'f."{of.dimension(by).column}"::text' if by else "''"
    kept = "".join(f' AND f."{of.dimension(key).column}"::text = ANY(%(only_{key})s)' for key in wanted)
    value = f'f."{measure.value}"::int' if measure.value else "NULL::int"
    exists = f'AND f."{measure.value}" IS NOT NULL' if measure.value else ""
    statement = f"""
SELECT p.col, {member}, {value}, count(*)
FROM unnest(%(columns)s::int[], %(firsts)s::date[], %(lasts)s::date[]) AS p (col, first, last)
JOIN {of.table} f ON f.institution_id = %(institution)s AND f."{measure.day}" BETWEEN p.first AND p.last
WHERE ({measure.where}) {exists}{kept} GROUP BY 1, 2, 3
"""  # noqa: S608 - names and conditions of the product's own
    values: dict[str, Any] = {
        "institution": institution_id,
        "columns": list(range(len(ranges))),
        "firsts": [first for first, _ in ranges],
        "lasts": [last for _, last in ranges],
        **{f"only_{key}": list(members) for key, members in wanted.items()},
    }
    holders: dict[str, list[str]] = {}
    for name, members in groups.items():
        for each in members:
            holders.setdefault(each, []).append(name)
    counted: dict[tuple[int, str], Counter[int | None]] = {}
    for col, member, value, count in _rows(statement, values):
        for name in holders.get(member, ()):
            counted.setdefault((col, name), Counter())[value] += count
    return {key: _summed(values, within) for key, values in counted.items()}


def _summed(values: Mapping[int | None, int], within: int) -> Summed:
    known = {value: count for value, count in values.items() if value is not None}
    parts = tuple(found for part in PARTS if (found := percentile(known, part)) is not None)
    return Summed(
        sum(values.values()),
        sum(value * count for value, count in known.items()),
        sum(count for value, count in known.items() if value <= within),
        max(known, default=None),
        parts,
    )


def _rows(statement: str, values: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        found: list[Any] = cursor.fetchall()
    return found
