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

from siac.indicators.domain.figures import percentile
from siac.indicators.domain.periods import Period, spans
from siac.indicators.figures.counting import Counted, Groups, Range, count, rows
from siac.infra.metrics import Dimension, Measure, Source, source
from siac.organizations.public import Institution

_CELLS = """
WITH p AS (
  SELECT * FROM unnest(%(columns)s::int[], %(grains)s::text[], %(periods)s::date[]) AS p (col, grain, period)
),
g AS (SELECT * FROM unnest(%(groups)s::int[], %(members)s::text[]) AS g (grp, member)),
r AS MATERIALIZED (
  SELECT c.measure_id AS measure, p.col, g.grp, c.n, c.total, c.vals, c.cum,
    count(*) OVER (PARTITION BY c.measure_id, p.col, g.grp) AS cells
  FROM p JOIN indicators_cell c ON c.institution_id = %(institution)s
    AND c.measure_id = ANY(ARRAY(SELECT id FROM indicators_measure WHERE key = ANY(%(measures)s::text[])))
    AND c.family = %(family)s AND c.grain = p.grain AND c.period = p.period
  JOIN g ON g.member = c.member
)"""
_READ = f"""{_CELLS},
t AS (
  SELECT measure, col, grp, sum(n)::int AS n, sum(total)::bigint AS total,
    coalesce(sum(cum[width_bucket(%(within)s::int, vals)]), 0)::int AS within,
    max(vals[cardinality(vals)]) AS hi, min(vals[1]) AS lo
  FROM r GROUP BY measure, col, grp
),
q AS (SELECT * FROM unnest(%(parts)s::int[]) AS q (part)),
x AS (
  SELECT measure, col, grp, x.v, sum(x.c - x.before) AS n
  FROM r, unnest(r.vals, r.cum, 0 || r.cum) AS x (v, c, before)
  WHERE r.cells > 1 AND x.v IS NOT NULL GROUP BY measure, col, grp, x.v
),
w AS (
  SELECT measure, col, grp, v, sum(n) OVER (alike ORDER BY v) AS c, sum(n) OVER alike AS n
  FROM x WINDOW alike AS (PARTITION BY measure, col, grp)
),
a AS (
  SELECT measure, col, grp, n, total, within, hi, lo, NULL::int AS part, NULL::int AS v FROM t
  UNION ALL
  SELECT measure, col, grp, NULL, NULL, NULL, NULL, NULL, part,
    vals[width_bucket(ceil(n * part / 100.0)::int - 1, cum) + 1]
  FROM r, q WHERE r.cells = 1 AND r.vals IS NOT NULL
  UNION ALL
  SELECT measure, col, grp, NULL, NULL, NULL, NULL, NULL, part,
    min(v) FILTER (WHERE c >= ceil(n * part / 100.0))
  FROM w, q GROUP BY measure, col, grp, part
)
SELECT m.key, a.col, a.grp, max(n), max(total), max(within), max(hi), max(lo),
  array_agg(v ORDER BY part) FILTER (WHERE part IS NOT NULL)
FROM a JOIN indicators_measure m ON m.id = a.measure GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""  # noqa: S608 - both halves stand here
# Nothing is joined to what was read: its size cannot be guessed, and one row was guessed for thousands.
_VALUES = f"""{_CELLS}
SELECT m.key, r.grp, x.v, sum(x.c - x.before)::int
FROM r JOIN indicators_measure m ON m.id = r.measure, unnest(r.vals, r.cum, 0 || r.cum) AS x (v, c, before)
WHERE x.v IS NOT NULL GROUP BY 1, 2, 3
"""  # noqa: S608 - both halves stand here
PARTS = (50, 90)
"""The percentiles that are read along with every measure that has values."""


@dataclass(frozen=True, slots=True)
class Summed:
    """What is counted together: how often, the sum of the values, how many are not above the limit asked for,
    the greatest value, the least, and the percentiles of `PARTS` (nearest rank); None and empty without
    values.
    """

    n: int
    total: int
    within: int
    greatest: int | None
    least: int | None
    percentiles: tuple[int, ...]

    @property
    def beyond(self) -> int:
        """How many are above the limit asked for."""
        return self.n - self.within


NOTHING = Summed(0, 0, 0, None, None, ())


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
    """Return what one measure counts, as `read_many` does (1 SQL, and what the names of dimensions cost)."""
    found = read_many(institution, [measure], ranges, today=today, by=by, where=where, within=within)
    return found[measure.key]


def read_many(
    institution: Institution,
    measures: Sequence[Measure],
    ranges: Sequence[Range],
    *,
    today: date,
    by: str = "",
    where: Groups | None = None,
    within: int = 0,
) -> dict[str, Reading]:
    """Return what measures count of a body in each range of local days, up to today, by key (1 SQL however
    many, and what the names of the dimensions cost; 1 for each source where the facts are counted). They are
    of one source where `by` or `where` tell its facts apart.

    `by`: the key of the dimension whose members are told apart, each with those below it. `where`: by
    dimension, the members that count, those below them included. KeyError for a dimension it does not have.
    """
    # What runs out tomorrow has not run out: a day that is still to come counts nothing.
    ranges = [(first, min(last, today)) for first, last in ranges]
    cut = _cut(institution, source(measures[0].source), by, where or {})
    found: dict[str, dict[tuple[int, str], Summed]] = {each.key: {} for each in measures}
    kept = _kept_spans(cut, ranges, today)
    if kept is None:
        for of in sorted({each.source for each in measures}):
            own = [each for each in measures if each.source == of]
            raw = count(institution.pk, source(of), own, ranges, by, cut.wanted)
            for (key, column, group), values in _by_group(raw, cut.groups).items():
                found[key][column, group] = _summed(values, within)
    else:
        asked = {**_asked(institution, measures, kept, cut), "within": within, "parts": list(PARTS)}
        names = list(cut.groups)
        for key, column, place, n, total, below, greatest, least, parts in rows(_READ, asked):
            found[key][column, names[place]] = Summed(n, total, below, greatest, least, tuple(parts or ()))
    return {key: Reading(summed, from_facts=kept is None) for key, summed in found.items()}


def values_of(
    institution: Institution, measure: Measure, days: Range, *, today: date, where: Groups | None = None
) -> dict[int, int]:
    """Return how often each value of a measure occurred in a range of local days, of the members that count
    (1 SQL, and what the names of the dimensions cost).
    """
    return values_of_many(institution, [measure], days, today=today, where=where)[measure.key]


def values_of_many(
    institution: Institution,
    measures: Sequence[Measure],
    days: Range,
    *,
    today: date,
    where: Groups | None = None,
) -> dict[str, dict[int, int]]:
    """Return how often each value of measures of one source occurred, by key, as `values_of` (1 SQL however
    many, and what the names of the dimensions cost).
    """
    found: dict[str, dict[int, int]] = {each.key: {} for each in measures}
    cut = _cut(institution, source(measures[0].source), "", where or {})
    kept = _kept_spans(cut, [days], today)
    if kept is not None:
        told = [
            (key, value, n) for key, _, value, n in rows(_VALUES, _asked(institution, measures, kept, cut))
        ]
    else:
        raw = count(institution.pk, cut.of, measures, [days], "", cut.wanted)
        told = [(key, value, n) for key, _, _, value, n in raw if value is not None]
    for key, value, n in told:
        found[key][value] = n
    return found


def values_by(
    institution: Institution, measure: Measure, days: Range, by: str, *, today: date
) -> dict[str, dict[int, int]]:
    """Return how often each value of a measure occurred, by member of a dimension, each without those below
    it (1 SQL however many members, and what the names of the dimension cost). `by` empty: of all, as «».
    """
    return values_by_many(institution, [measure], days, by, today=today)[measure.key]


def values_by_many(
    institution: Institution, measures: Sequence[Measure], days: Range, by: str, *, today: date
) -> dict[str, dict[str, dict[int, int]]]:
    """Return how often each value of measures of one source occurred, by key and member, as `values_by` (1
    SQL however many, and what the names of the dimension cost).
    """
    of = source(measures[0].source)
    members = list(of.dimension(by).names(institution)) if by else [""]
    cut = _Cut(of, by, {}, {member: [member] for member in members})
    kept = _kept_spans(cut, [days], today)
    found: dict[str, dict[str, dict[int, int]]] = {each.key: {} for each in measures}
    if kept is not None:
        told = [
            (key, members[place], value, n)
            for key, place, value, n in rows(_VALUES, _asked(institution, measures, kept, cut))
        ]
    else:
        raw = count(institution.pk, of, measures, [days], by, {})
        told = [(key, member, value, n) for key, _, member, value, n in raw if value is not None]
    for key, member, value, n in told:
        found[key].setdefault(member, {})[value] = n
    return found


@dataclass(frozen=True, slots=True)
class _Cut:
    """How the facts of a source are told apart: the members that count (`wanted`, by dimension), and the
    groups of members of `by`.
    """

    of: Source
    by: str
    wanted: Groups
    groups: Groups

    @property
    def family(self) -> tuple[str, ...]:
        return tuple(sorted({*self.wanted, *([self.by] if self.by else [])}))

    @property
    def members(self) -> dict[str, list[str]]:
        """The groups in members of the family."""
        found = {}
        for name, members in self.groups.items():
            parts = [members if key == self.by else self.wanted[key] for key in self.family]
            found[name] = [",".join(each) for each in product(*parts)]
        return found


def _cut(institution: Institution, of: Source, by: str, where: Groups) -> _Cut:
    wanted = {key: under(of.dimension(key), institution, members) for key, members in where.items()}
    groups = groups_of(of.dimension(by), institution) if by else {"": [""]}
    if by in wanted:
        kept = set(wanted[by])
        groups = {
            name: [each for each in members if each in kept]
            for name, members in groups.items()
            if name in kept
        }
    return _Cut(of, by, wanted, groups)


def _kept_spans(cut: _Cut, ranges: Sequence[Range], today: date) -> list[list[Period]] | None:
    """Return the periods that each range is put together from; None where the facts must be counted."""
    columns = [spans(*each, today=today) for each in ranges]
    whole = [each for each in columns if each is not None]
    return whole if cut.family in cut.of.families and len(whole) == len(columns) else None


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


def _asked(
    institution: Institution, measures: Sequence[Measure], columns: Sequence[Sequence[Period]], cut: _Cut
) -> dict[str, Any]:
    """Return what `_CELLS` is read with."""
    periods = [(place, *each) for place, column in enumerate(columns) for each in column]
    members = [(place, each) for place, of_group in enumerate(cut.members.values()) for each in of_group]
    return {
        "institution": institution.pk,
        "measures": [each.key for each in measures],
        "family": ",".join(cut.family),
        "columns": [place for place, _, _ in periods],
        "grains": [grain for _, grain, _ in periods],
        "periods": [first for _, _, first in periods],
        "groups": [place for place, _ in members],
        "members": [each for _, each in members],
    }


def _by_group(raw: Sequence[Counted], groups: Groups) -> dict[tuple[str, int, str], Counter[int | None]]:
    """Return the values counted of each measure, range and group."""
    holders: dict[str, list[str]] = {}
    for name, members in groups.items():
        for each in members:
            holders.setdefault(each, []).append(name)
    found: dict[tuple[str, int, str], Counter[int | None]] = {}
    for key, column, member, value, n in raw:
        for name in holders.get(member, ()):
            found.setdefault((key, column, name), Counter())[value] += n
    return found


def _summed(values: Mapping[int | None, int], within: int) -> Summed:
    known = {value: count for value, count in values.items() if value is not None}
    parts = tuple(found for part in PARTS if (found := percentile(known, part)) is not None)
    return Summed(
        sum(values.values()),
        sum(value * count for value, count in known.items()),
        sum(count for value, count in known.items() if value <= within),
        max(known, default=None),
        min(known, default=None),
        parts,
    )
