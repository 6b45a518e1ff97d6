# SPDX-License-Identifier: EUPL-1.2
"""How people of each group were treated, beside all others of whom anything is shown."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from siac.indicators.domain.differences import Difference, Part, Verdict, of_shares, of_values, verdicts
from siac.indicators.domain.windows import Window
from siac.indicators.figures.measuring import Told
from siac.indicators.figures.pages import outline
from siac.indicators.figures.profiles import NOBODY, Shown, shown_groups
from siac.indicators.figures.reading import groups_of, values_by_many
from siac.infra.metrics import Dimension, Metric, Source, Statistic, metric, sources
from siac.organizations.public import Institution


def watched() -> list[tuple[Source, list[Metric]]]:
    """Return the metrics that say how people are treated, by their source."""
    return [(each, [metric(key) for key in each.treatment]) for each in sources() if each.treatment]


def traits_watched() -> list[Dimension]:
    """Return the traits by which people are told apart, each once, as their sources name them."""
    found = {each.key: each for of, _ in watched() for each in of.dimensions if each.is_trait}
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Group:
    """A group beside the others: what the metric says of it, its difference and what that is worth. All but
    the name is None of a group that is not shown.
    """

    name: str
    depth: int
    told: Told | None
    difference: Difference | None = None
    verdict: Verdict | None = None
    """None also of a group that holds others, as a province does: its communes are compared."""


@dataclass(frozen=True, slots=True)
class Compared:
    """A metric by a trait. `answered` of `total` told the trait; no groups where nothing may be shown."""

    metric: Metric
    answered: int
    total: int
    groups: Sequence[Group]

    @property
    def statistic(self) -> Statistic:
        """What is told of each group."""
        return self.metric.statistics[0]

    @property
    def is_compared(self) -> bool:
        """Whether any group could be set beside others."""
        return any(group.verdict for group in self.groups)

    @property
    def beyond(self) -> int:
        """How many groups differ by more than chance explains."""
        return sum(group.verdict is Verdict.BEYOND_CHANCE for group in self.groups)

    @property
    def has_hidden(self) -> bool:
        """Whether any group is not shown."""
        return any(group.told is None for group in self.groups)


def compare(institution: Institution, trait: Dimension, period: Window, *, today: date) -> list[Compared]:
    """Return how people were treated in a month or a calendar year that is over, by a trait, metric by
    metric; all comparisons are corrected together (2 SQL for each source that knows the trait, which read the
    facts of the period, and what the names of the trait cost).

    A group is compared with all others that are shown: with those hidden among them, they would tell of
    these.
    """
    found = [
        one
        for of, metrics in watched()
        if any(each.key == trait.key for each in of.dimensions)
        for one in _of_source(institution, metrics, of.dimension(trait.key), period, today=today)
    ]
    differences = [each for shown in found for each in shown.differences.values()]
    said = iter(verdicts(differences))
    worded = [{group: next(said) for group in shown.differences} for shown in found]
    return [shown.told(verdict) for shown, verdict in zip(found, worded, strict=True)]


@dataclass(frozen=True, slots=True)
class _Side:
    """A metric by a trait with the differences of the groups that can be compared, by member."""

    shown: Shown
    names: Mapping[str, str]
    differences: Mapping[str, Difference | None]

    def told(self, verdict: Mapping[str, Verdict]) -> Compared:
        shown = self.shown
        groups = [] if not shown.sizes or shown.is_hidden else list(self._groups(verdict))
        return Compared(shown.found.metric, shown.answered, shown.answered + shown.unsaid, groups)

    def _groups(self, verdict: Mapping[str, Verdict]) -> Iterator[Group]:
        shown = self.shown
        for group, depth in outline([each for each in self.names if each != NOBODY], shown.above):
            if shown.sizes.get(group):
                told = None if group in shown.taken else shown.found.told(0, group)
                difference = self.differences.get(group)
                yield Group(self.names[group], depth, told, difference, verdict.get(group))


def _of_source(
    institution: Institution, metrics: Sequence[Metric], trait: Dimension, period: Window, *, today: date
) -> Iterator[_Side]:
    shown = shown_groups(institution, metrics, trait, period, today=today)
    names = trait.names(institution)
    measures = [each.of for each in metrics if each.of.value]
    values = values_by_many(institution, measures, period.days, trait.key, today=today) if measures else {}
    under = groups_of(trait, institution)
    for each in metrics:
        one = shown[each.key]
        own = {group: _values(values.get(each.of.key, {}), under[group]) for group in one.leaves}
        yield _Side(one, names, dict(_differences(one, own)))


def _values(by_member: Mapping[str, Mapping[int, int]], members: Sequence[str]) -> Counter[int]:
    found: Counter[int] = Counter()
    for member in members:
        found.update(by_member.get(member, {}))
    return found


def _differences(shown: Shown, values: Mapping[str, Counter[int]]) -> Iterator[tuple[str, Difference | None]]:
    leaves = shown.leaves
    if len(leaves) < 2:
        return
    if shown.found.metric.of.value:
        everybody: Counter[int] = sum(values.values(), Counter())
        for group in leaves:
            yield group, of_values(values[group], everybody - values[group])
        return
    parts = {group: _part(shown.found.told(0, group)) for group in leaves}
    met, n = sum(each.met for each in parts.values()), sum(each.n for each in parts.values())
    for group, part in parts.items():
        yield group, of_shares(part, Part(met - part.met, n - part.n))


def _part(told: Told) -> Part:
    return Part(told.counted.n, told.total)
