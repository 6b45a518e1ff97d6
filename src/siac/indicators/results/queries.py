# SPDX-License-Identifier: EUPL-1.2
"""The figure of an indicator over any days, read from the cube."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import count

from siac.indicators.domain.figures import Share, percentile, share_within
from siac.indicators.figures.reading import under, values_by, values_of
from siac.indicators.figures.state import data_state
from siac.indicators.models import Indicator
from siac.infra.metrics import Metric, metric, source
from siac.organizations.public import Institution


@dataclass(frozen=True, slots=True)
class Figure:
    """An indicator over a period of local days, both ends included, with all that is needed to trust it."""

    indicator: Indicator
    first: date
    last: date
    share: Share
    median: int | None
    data_time: datetime | None
    """When the cube was last brought up to date; None if it never was."""
    is_complete: bool
    """False until all that stood before the cube was counted."""

    @property
    def reached(self) -> bool | None:
        """Whether the target is reached; None without cases."""
        return self.share.reaches(self.indicator.target)


def targets_of(
    institution: Institution, metrics: Mapping[str, str], where: Mapping[str, Sequence[str]]
) -> dict[str, Decimal]:
    """Return, by key, the targets of the active indicators of some metrics, each told by the statistic beside
    it, that count just the members of `where` (1 SQL).
    """
    rows = Indicator.objects.filter(institution=institution, is_active=True, metric__in=list(metrics))
    same = {key: list(members) for key, members in where.items()}
    return {
        row.metric: row.target
        for row in rows.order_by("pk")
        if row.statistic == metrics[row.metric] and row.filters == same
    }


def targets_by_code(institution: Institution, codes: Sequence[str]) -> dict[str, Decimal]:
    """Return the targets of active indicators by their code (1 SQL)."""
    rows = Indicator.objects.filter(institution=institution, is_active=True, code__in=list(codes))
    return dict(rows.values_list("code", "target"))


def indicators_in_use(institution: Institution) -> list[Indicator]:
    """Return the active indicators of a body, by name (1 SQL)."""
    return list(Indicator.objects.filter(institution=institution, is_active=True).order_by("name", "pk"))


def free_code(institution: Institution, wanted: str) -> str:
    """Return the code `wanted`, or the first with a number behind it that no indicator of the body has (1
    SQL): two charters may promise the same in the same words.
    """
    rows = Indicator.objects.filter(institution=institution, code__startswith=wanted)
    taken = set(rows.order_by().values_list("code", flat=True))
    return next(
        code for number in count(1) if (code := wanted if number == 1 else f"{wanted}-{number}") not in taken
    )


def figures(
    institution: Institution,
    indicators: Iterable[Indicator],
    *,
    first: date,
    last: date,
    today: date,
    is_dated: bool = True,
) -> list[Figure]:
    """Return the figure of each indicator (all of one body, each of a measure that has values) for the local
    days `first` to `last` (1 SQL for each measure and dimension they are cut by, however many, and 2 to say
    up to when; none of these unless `is_dated`).
    """
    found = list(indicators)
    if not found:
        return []
    data_time, is_complete = data_state(institution) if is_dated else (None, True)
    read: dict[tuple[str, str], dict[str, dict[int, int]]] = {}
    return [
        Figure(
            each, first, last, share_within(values, each.within or 0), percentile(values, 50), data_time,
            is_complete,
        )
        for each in found
        for values in [_values(institution, each, (first, last), read, today=today)]
    ]  # fmt: skip


def _values(
    institution: Institution,
    indicator: Indicator,
    days: tuple[date, date],
    read: dict[tuple[str, str], dict[str, dict[int, int]]],
    *,
    today: date,
) -> dict[int, int]:
    """Return how often each value that an indicator counts occurred; what was read for another of the same
    measure and dimension is in `read`. Nothing where it counts fewer than its metric tells of.
    """
    of = metric(indicator.metric)
    measure = of.of
    if len(indicator.filters) > 1:
        return _told(of, values_of(institution, measure, days, today=today, where=indicator.filters))
    by = next(iter(indicator.filters), "")
    if (measure.key, by) not in read:
        read[measure.key, by] = values_by(institution, measure, days, by, today=today)
    told = read[measure.key, by]
    dimension = source(measure.source).dimension(by) if by else None
    members = under(dimension, institution, indicator.filters[by]) if dimension else [""]
    found: dict[int, int] = {}
    for member in members:
        for value, n in told.get(member, {}).items():
            found[value] = found.get(value, 0) + n
    return _told(of, found)


def _told(of: Metric, values: dict[int, int]) -> dict[int, int]:
    """Return values, or none where they are of fewer than the metric tells anything of."""
    return values if sum(values.values()) >= of.least else {}
