# SPDX-License-Identifier: EUPL-1.2
"""What a metric says: of any periods, by any dimension, with what it is made of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from siac.indicators.domain.figures import Share, Silence, quotient
from siac.indicators.figures.counting import Groups, Range
from siac.indicators.figures.guarding import ALL_TOLD, Untold, untold_ranges
from siac.indicators.figures.reading import Reading, Summed, read_many
from siac.indicators.models import Cell
from siac.infra.metrics import LIMITED, SHARES, Measure, Metric, Statistic
from siac.organizations.public import Institution

_FIRST = date(1900, 1, 1)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    """What a metric says of one period and group. `counted`: what it counts; `among`: what it is a share of,
    or what went out of what came in; `gone`: of a share that carries over, what went out before the period
    began. None where the metric has no such measure.
    """

    metric: Metric
    counted: Summed
    among: Summed | None = None
    gone: Summed | None = None
    untold: Silence | None = None
    """Why nothing but how many is told: it would tell what somebody said (`Metric.least`)."""

    @property
    def is_told(self) -> bool:
        """Whether more than how many is told."""
        return self.silence is None

    @property
    def silence(self) -> Silence | None:
        """Why nothing but how many is told; None where it is, or there is nothing to tell."""
        return self.untold or (Silence.FEW if 0 < self.total < self.metric.least else None)

    @property
    def total(self) -> int:
        """How many things the figure rests on: what it counts, or what it is a share of."""
        among = self.among.n if self.among else 0
        if self.metric.less and not self.metric.is_carried:
            return self.counted.n - among
        return among - (self.gone.n if self.gone else 0) if self.metric.per else self.counted.n

    @property
    def share(self) -> Share:
        """How many of how many, for a metric that is a share."""
        return Share(self.counted.n, self.total)

    def met(self, statistic: Statistic) -> int:
        """Return how many a share is made of; of any other statistic, how many it rests on."""
        if statistic in LIMITED:
            return self.counted.within if statistic is Statistic.WITHIN else self.counted.beyond
        return self.counted.n

    def value(self, statistic: Statistic) -> Decimal | int | None:
        """Return one number, in the unit of the metric (per cent with one decimal, a mean too, half up); None
        where there is nothing to tell it of.

        Raises:
            ValueError: the metric does not have that statistic.
        """
        if statistic not in self.metric.statistics:
            raise ValueError(f"{self.metric.key} has no {statistic}")
        if self.silence and statistic not in (Statistic.COUNT, Statistic.STOCK):
            return None
        if statistic in SHARES:
            return Share(self.met(statistic), self.total).percent
        if statistic is Statistic.QUOTIENT:
            return quotient(self.counted.total, self.among.total if self.among else 0)
        return self._of_values(statistic)

    def _of_values(self, statistic: Statistic) -> Decimal | int | None:
        values = self.counted
        match statistic:
            case Statistic.COUNT | Statistic.STOCK:
                return self.total
            case Statistic.MEAN:
                return quotient(values.total, values.n)
            case Statistic.MAXIMUM:
                return values.greatest
            case Statistic.MINIMUM:
                return values.least
            case _:
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
    gone: Reading | None = None
    places: int = 0
    """Of a share that carries over: how many ranges there are. What came in up to the end of each stands
    behind them, and behind these what went out before it began.
    """
    untold: Untold = ALL_TOLD
    """Of what nothing is told but how many."""

    @property
    def from_facts(self) -> bool:
        """Whether the facts had to be counted."""
        return any(each is not None and each.from_facts for each in (self.counted, self.among, self.gone))

    @property
    def groups(self) -> list[str]:
        """The groups that count anything in any of the ranges, in no order."""
        readings = [each for each in (self.counted, self.among) if each]
        return sorted({group for each in readings for _, group in each.found})

    def told(self, column: int = 0, group: str = "") -> Told:
        """Return what it says of a range and a group."""
        among = self.among.of(column + self.places, group) if self.among else None
        gone = self.gone.of(column + 2 * self.places, group) if self.gone else None
        counted = self.counted.of(column, group)
        return Told(self.metric, counted, among, gone, self.untold.why(column, group))


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
    since: date | None = None,
) -> dict[str, Measured]:
    """Return what metrics say of a body in each range of local days, by key; by the members of a dimension
    (`by`), of some members only (`where`). What a stock holds is told of the last day of each range. `since`:
    what `first_day` said, for who asks several times.

    1 SQL however many metrics where nothing is told apart, else 1 for each source; 1 more for the stocks of
    each, and 1 for all of them unless `since` is given, and as many for shares that carry over; 1 for each
    metric of which few are not told.
    """
    found = {}
    metrics = list(metrics)
    begins = since
    for of in _alike(metrics, together=not by and not where):
        told = list({each.key: each for metric in of for each in metric.measures}.values())
        asked = list(ranges)
        if of[0].less:
            if begins is None:
                stocks = [each for each in metrics if each.less]
                begins = first_day(institution, [each for one in stocks for each in one.measures])
            asked = _reaching_back(of[0], ranges, begins)
        read = read_many(institution, told, asked, today=today, by=by, where=where, within=within)
        for each in of:
            second = each.per or each.less
            among = read[second.key] if second else None
            gone = read[each.less.key] if each.is_carried and each.less else None
            places = len(ranges) if each.is_carried else 0
            few = untold_ranges(institution, each, ranges, today=today, by=by, where=where or {})
            found[each.key] = Measured(each, read[each.of.key], among, gone, places, few)
    return found


def _alike(metrics: Iterable[Metric], *, together: bool) -> list[list[Metric]]:
    """Return the metrics that are read in one statement: of each source, or `together`; stocks apart, and
    those that carry over.
    """
    found: dict[tuple[str, bool, bool], list[Metric]] = {}
    for each in metrics:
        of = "" if together and each.less is None else each.of.source
        found.setdefault((of, each.less is not None, each.is_carried), []).append(each)
    return list(found.values())


def _reaching_back(metric: Metric, ranges: Sequence[Range], since: date) -> list[Range]:
    """Return the ranges that a stock is counted in; of a share that carries over each as it is asked, then
    each up to its end, then each up to the day before it begins.
    """
    to_end = [(since, last) for _, last in ranges]  # of what ended before there was anything: no day
    if not metric.is_carried:
        return to_end
    before = [(since, first - _DAY) for first, _ in ranges]
    return [*ranges, *to_end, *before]


def first_day(institution: Institution, measures: Sequence[Measure]) -> date:
    """Return the first day of the first year that counts anything (1 SQL)."""
    keys = [each.key for each in measures]
    years = Cell.objects.filter(
        institution=institution, measure__key__in=keys, grain=Cell.Grain.YEAR, family=""
    )
    found = years.order_by("period").values_list("period", flat=True).first()
    return found or _FIRST
