# SPDX-License-Identifier: EUPL-1.2
"""What a metric says: of any periods, by any dimension, with what it is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from siac.indicators.domain.figures import Share
from siac.indicators.models import Cell
from siac.indicators.reading import Groups, Range, Reading, Summed, read
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
    """Return what a metric says of a body in each range of local days; by the members of a dimension
    (`by`), of
    some members only (`where`). What a stock holds is told of the last day of each range (1 SQL for each of
    its measures, and 1 for a stock).
    """
    second = metric.per or metric.less
    if metric.less:
        first = _first_day(institution, metric.of)
        ranges = [(min(first, last), last) for _, last in ranges]

    def told(of: Measure) -> Reading:
        return read(institution, of, ranges, today=today, by=by, where=where, within=within)

    return Measured(metric, told(metric.of), told(second) if second else None)


def _first_day(institution: Institution, of: Measure) -> date:
    """Return the first day of the first year that counts anything (1 SQL)."""
    years = Cell.objects.filter(
        institution=institution, measure__key=of.key, grain=Cell.Grain.YEAR, family=""
    )
    found = years.order_by("period").values_list("period", flat=True).first()
    return found or _FIRST
