# SPDX-License-Identifier: EUPL-1.2
"""The registry of what can be measured. Each context registers its sources and metrics; `indicators` keeps
the figures.

A *source* is a table of facts: one narrow row for each thing (a request, an answer to a survey) with its
local days, its small whole numbers and the code of every dimension. A *measure* counts the facts of a
source that meet a condition, on one of their days, or how often each value of a column occurred. A *metric*
is what people read: a measure, a measure in every hundred of another, or what came in less what went out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from django.db.models import QuerySet
from django.utils.text import slugify

FACTS = "metrics.facts"
"""The matter of whatever is counted: entries that may change a fact say that they make it untrue."""


class Better(StrEnum):
    LOWER = "lower"
    HIGHER = "higher"
    NEITHER = "neither"


class Family(StrEnum):
    """The five families of indicators of the SIAC model."""

    SATISFACTION = "satisfaction"
    COVERAGE = "coverage"
    TIMELINESS = "timeliness"
    STAFF = "staff"
    EFFICIENCY = "efficiency"


class Statistic(StrEnum):
    """What is told of a metric: how many, or a number of its values."""

    COUNT = "count"
    RATE = "rate"
    STOCK = "stock"
    WITHIN = "within"
    MEAN = "mean"
    MEDIAN = "median"
    P90 = "p90"
    MAXIMUM = "maximum"
    MINIMUM = "minimum"
    BEYOND = "beyond"
    QUOTIENT = "quotient"


LIMITED = (Statistic.WITHIN, Statistic.BEYOND)
"""Parts of a hundred that a limit divides: the values not above it, and those above."""
SHARES = (Statistic.RATE, *LIMITED)
"""What is told in parts of a hundred."""
OF_VALUES = (
    Statistic.MEDIAN,
    Statistic.P90,
    Statistic.MEAN,
    Statistic.MAXIMUM,
    Statistic.MINIMUM,
    *LIMITED,
)
"""What can be told of a measure that has values, the first unless somebody asks for another."""

Names = Callable[[Any], Mapping[str, str]]
Parents = Callable[[Any], Mapping[str, str]]
KnownAs = Callable[[Any], Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True)
class Dimension:
    """How facts are told apart: `column` has the code of the member, 0 or empty where there is none.

    `names(institution)`: the members in words, the one that means none too. `parents(institution)`: the
    member above each, where the members are a tree and a figure of one counts those below it.
    `known_as(institution)`: members by names that are the same in all bodies, such as the rule they
    follow. `is_trait`: a fact about a person, of which small groups are never shown.
    """

    key: str
    title: str
    column: str
    names: Names
    parents: Parents | None = None
    known_as: KnownAs | None = None
    is_trait: bool = False

    @property
    def address(self) -> str:
        """Its name in addresses."""
        return slugify(self.title)


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing behind a figure, as somebody is told of it: its name, where it opens (empty: not for them) and
    what stands beside it; of what they must not know there is nothing but a word.
    """

    name: str
    url: str = ""
    cells: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Things:
    """How the things of a source are listed: `rows(institution)` are all of them, by primary key;
    `tell(access, rows)` says what the holder of `access` may read of a page of them; `hidden(access, ids)`
    are those of which they may know only that they are; `heads` are the names of the columns, `one` and
    `many` what they are called.
    """

    one: str
    many: str
    heads: tuple[str, ...]
    rows: Callable[[Any], QuerySet[Any]]
    tell: Callable[[Any, Sequence[Any]], Sequence[Thing]]
    hidden: Callable[[Any, Sequence[int]], set[int]]


@dataclass(frozen=True, slots=True)
class Source:
    """A table of facts with a body (`institution_id`), a thing (`subject`, listed as `things` says) and
    dimensions.

    `stream`: the journal streams of its things begin with it (`case:12`); entries that change what is counted
    are declared as making `FACTS` untrue. `through`: other streams whose entries do (`person:7`), with what
    returns the things concerned. `refresh(institution_id, ids)`: writes the facts of these things as they are
    now. `rests_on(institution)`: a text of what all facts rest on besides the things themselves (a time zone,
    calendars); where it is another one, everything is counted anew. `after(institution_id, id, limit)`: the
    next things by id. `families`: the dimensions, or pairs of them, whose figures are kept; anything else is
    counted from the facts.
    """

    key: str
    table: str
    subject: str
    stream: str
    refresh: Callable[[int, Sequence[int]], None]
    after: Callable[[int, int, int], Sequence[int]]
    dimensions: tuple[Dimension, ...]
    families: tuple[tuple[str, ...], ...]
    things: Things
    treatment: tuple[str, ...] = ()
    """Metrics that say how people are treated: between groups of people they are watched for differences."""
    through: Mapping[str, Callable[[int, Sequence[int]], Sequence[int]]] = field(default_factory=dict)
    rests_on: Callable[[Any], str] = lambda _: ""

    def dimension(self, key: str) -> Dimension:
        """Return one of its dimensions; KeyError if it has none of that name."""
        return {each.key: each for each in self.dimensions}[key]


@dataclass(frozen=True, slots=True)
class Measure:
    """How many facts of a source meet `where`, by the local day in column `day`; or, with `value`, how
    often each
    value of that column occurred. `where` and `value` are SQL of the facts' own columns, written in the code.
    """

    key: str
    source: str
    day: str
    where: str = "true"
    value: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Metric:
    """Something people read. `key` is `context.name`; `unit` says what a value is (requests, business_days,
    marks, percent). `of`: the measure; `per`: it is so many in a hundred of this one; `less`: it is what came
    in (`of`) up to the day, without what went out. With `per` and `less` it is so many in a hundred of all
    that was there in the period: what came in up to its end (`per`) and had not gone out before it began.
    `told`: what is told of it where that is not all that could be; a `QUOTIENT` is the sum of the values of
    `of` divided by that of `per`. `is_yearly`: told of whole years only, for what is known of these.
    """

    key: str
    title: str
    definition: str
    family: Family
    unit: str
    better: Better
    of: Measure
    least: int = 0
    """Of fewer things nothing is told but how many they are: each would tell of somebody. Such a metric is
    told of whole months, quarters and years only, and of no group.
    """
    apart: str = ""
    """Of a metric with `least`: the dimension whose members are told one by one as well."""
    per: Measure | None = None
    less: Measure | None = None
    told: tuple[Statistic, ...] = ()
    is_yearly: bool = False

    @property
    def is_carried(self) -> bool:
        """Whether it is a share of what came in and of what was left of earlier periods."""
        return self.per is not None and self.less is not None

    @property
    def statistics(self) -> tuple[Statistic, ...]:
        """What can be told of it, the usual one first."""
        if self.told:
            return self.told
        if self.per:
            return (Statistic.RATE,)
        if self.less:
            return (Statistic.STOCK,)
        return OF_VALUES if self.of.value else (Statistic.COUNT,)

    @property
    def measures(self) -> tuple[Measure, ...]:
        """The measures it is made of."""
        return tuple(each for each in (self.of, self.per, self.less) if each)


_SOURCES: dict[str, Source] = {}
_MEASURES: dict[str, Measure] = {}
_METRICS: dict[str, Metric] = {}


def register_source(source: Source) -> None:
    """Make a source known; called from `AppConfig.ready`. ValueError where its key is taken."""
    if source.key in _SOURCES:
        raise ValueError(f"source {source.key} is registered twice")
    _SOURCES[source.key] = source


def register_metric(metric: Metric) -> None:
    """Make a metric and its measures known; called from `AppConfig.ready`, after its sources.

    Raises ValueError where its key is taken, a measure of another shape has the same key, or it mixes
    sources.
    """
    if metric.key in _METRICS:
        raise ValueError(f"metric {metric.key} is registered twice")
    if len({each.source for each in metric.measures}) != 1:
        raise ValueError(f"metric {metric.key} mixes sources")
    for each in metric.measures:
        if each.source not in _SOURCES:
            raise ValueError(f"nobody registered the source {each.source} of {metric.key}")
        if _MEASURES.setdefault(each.key, each) != each:
            raise ValueError(f"measure {each.key} is registered twice and differs")
    _METRICS[metric.key] = metric


def source(key: str) -> Source:
    """Return the source `key`; KeyError if no context registered it."""
    return _SOURCES[key]


def sources() -> list[Source]:
    """Return all sources, by key."""
    return [_SOURCES[key] for key in sorted(_SOURCES)]


def measures_of(source_key: str) -> list[Measure]:
    """Return the measures of a source, by key."""
    found = [each for each in _MEASURES.values() if each.source == source_key]
    return sorted(found, key=lambda each: each.key)


def metric(key: str) -> Metric:
    """Return the metric `key`; KeyError if no context registered it."""
    return _METRICS[key]


def metrics() -> list[Metric]:
    """Return all metrics, by key."""
    return [_METRICS[key] for key in sorted(_METRICS)]
