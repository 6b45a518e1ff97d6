# SPDX-License-Identifier: EUPL-1.2
"""What a metric says: of any periods, by any dimension, with what it is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from siac.indicators.domain.figures import Share
from siac.indicators.figures.counting import Groups, Range
from siac.indicators.figures.reading import Reading, Summed, read_many
from siac.indicators.models import Cell
from siac.infra.metrics import Measure, Metric, Statistic
from siac.organizations.public import Institution

_FIRST = date(1900, 1, 1)
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Told:
    """What a metric says of one period and group. `counted`: what it counts; `among`: what it is a share
    of, or
    what went out of what came in; None where the metric has no second measure.
    """

    metric: Metric
    counted: Summed
    among: Summed | None = None

    @property
    def total(self) -> int:
        """How many things the figure rests on: what it counts, or what it is a share of."""
        if self.metric.less:
            return self.counted.n - (self.among.n if self.among else 0)
        return self.among.n if self.among else self.counted.n

    @property
    def share(self) -> Share:
        """How many of how many, for a metric that is a share."""
        return Share(self.counted.n, self.total)

    def value(self, statistic: Statistic) -> Decimal | int | None:
        """Return one number, in the unit of the metric (per cent with one decimal, a mean too, half up); None
        where there is nothing to tell it of.

        Raises:
            ValueError: the metric does not have that statistic.
        """
        if statistic not in self.metric.statistics:
            raise ValueError(f"{self.metric.key} has no {statistic}")
        values = self.counted
        match statistic:
            case Statistic.COUNT | Statistic.STOCK:
                return self.total
            case Statistic.RATE:
                return self.share.percent
            case Statistic.WITHIN:
                return Share(values.within, values.n).percent
            case Statistic.MEAN:
                mean = Decimal(values.total) / values.n if values.n else None
                return mean.quantize(_TENTH, ROUND_HALF_UP) if mean is not None else None
            case Statistic.MAXIMUM:
                return values.greatest
            case Statistic.MEDIAN | Statistic.P90:
                place = 0 if statistic is Statistic.MEDIAN else 1
                return values.percentiles[place] if values.percentiles else None


@dataclass(frozen=True, slots=True)
class Measured:
    """What a metric says, by number of the range and group; `from_facts`: no figures are kept for what was
    asked
    and the facts were counted one by one.
    """

    metric: Metric
    counted: Reading
    among: Reading | None

    @property
    def from_facts(self) -> bool:
        """Whether the facts had to be counted."""
        return self.counted.from_facts or (self.among is not None and self.among.from_facts)

    @property
    def groups(self) -> list[str]:
        """The groups that count anything in any of the ranges, in no order."""
        readings = [self.counted, *([self.among] if self.among else [])]
        return sorted({group for each in readings for _, group in each.found})

    def told(self, column: int = 0, group: str = "") -> Told:
        """Return what it says of a range and a group."""
        among = self.among.of(column, group) if self.among else None
        return Told(self.metric, self.counted.of(column, group), among)


def measure(
    institution: Institution,
    metric: Metric,
    ranges: Sequence[Range],
    *,
    today: date,
    by: str = "",
    where: Groups | None = None,
    within: int = 0,
) -> Measured:
    """Return what one metric says, as `measure_many` does (1 SQL, and 1 for a stock)."""
    found = measure_many(institution, [metric], ranges, today=today, by=by, where=where, within=within)
    return found[metric.key]


def measure_many(
    institution: Institution,
    metrics: Iterable[Metric],
    ranges: Sequence[Range],
    *,
    today: date,
    by: str = "",
    where: Groups | None = None,
    within: int = 0,
) -> dict[str, Measured]:
    """Return what metrics say of a body in each range of local days, by key; by the members of a dimension
    (`by`), of some members only (`where`). What a stock holds is told of the last day of each range.

    For each source 1 SQL however many metrics, and 2 where there are stocks.
    """
    found = {}
    for of in _alike(metrics):
        told = list({each.key: each for metric in of for each in metric.measures}.values())
        since = ranges
        if of[0].less:
            first = _first_day(institution, told)
            since = [(min(first, last), last) for _, last in ranges]
        read = read_many(institution, told, since, today=today, by=by, where=where, within=within)
        for each in of:
            second = each.per or each.less
            found[each.key] = Measured(each, read[each.of.key], read[second.key] if second else None)
    return found


def _alike(metrics: Iterable[Metric]) -> list[list[Metric]]:
    """Return the metrics of each source, its stocks apart."""
    found: dict[tuple[str, bool], list[Metric]] = {}
    for each in metrics:
        found.setdefault((each.of.source, each.less is not None), []).append(each)
    return list(found.values())


def _first_day(institution: Institution, measures: Sequence[Measure]) -> date:
    """Return the first day of the first year that counts anything (1 SQL)."""
    keys = [each.key for each in measures]
    years = Cell.objects.filter(
        institution=institution, measure__key__in=keys, grain=Cell.Grain.YEAR, family=""
    )
    found = years.order_by("period").values_list("period", flat=True).first()
    return found or _FIRST
