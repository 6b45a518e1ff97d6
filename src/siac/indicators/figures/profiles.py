# SPDX-License-Identifier: EUPL-1.2
"""What a metric says of a month by what people told of themselves: small groups hidden, no rows behind.

Only of a whole month that is over, of the whole body and of one trait: a longer period less its months, a
month yesterday and today, a unit less those below it, or two traits at once would give away the few whom a
single table hides.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from siac.indicators.domain.figures import Share
from siac.indicators.domain.windows import Window, months_up_to
from siac.indicators.figures.measuring import Measured, Told, measure
from siac.indicators.figures.pages import outline
from siac.indicators.figures.wording import of_words, value_words
from siac.infra.metrics import Dimension, Metric, Statistic, source
from siac.kernel.hiding import hidden
from siac.organizations.public import Institution

MONTHS_OFFERED = 24
NOBODY = ""
"""The member of whoever did not tell."""


def traits_of(metric: Metric) -> list[Dimension]:
    """Return the traits by which a metric is told; none of what is counted on a last day."""
    return [] if metric.less else [each for each in source(metric.of.source).dimensions if each.is_trait]


def months_over(today: date) -> list[Window]:
    """Return the months that are over, the latest first."""
    return months_up_to(today, MONTHS_OFFERED + 1, today=today)[-2::-1]


@dataclass(frozen=True, slots=True)
class ToldGroup:
    """A group with what is said of it; nothing of one that is hidden."""

    name: str
    depth: int
    value: str
    of: str
    is_hidden: bool
    member: str = ""
    number: Decimal | int | None = None
    """What is said of it as a number; None where it is hidden or there is none."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A metric by a trait. `unsaid`: how many of all did not tell, and how many there are; `lines`: those who
    did, empty where they are too few to be shown at all.
    """

    metric: Metric
    trait: Dimension
    month: Window
    unsaid: Share
    lines: list[ToldGroup]
    names: Mapping[str, str]
    """What the members of the trait are called."""

    @property
    def answered(self) -> int:
        """How many told."""
        return self.unsaid.total - self.unsaid.met

    @property
    def has_hidden(self) -> bool:
        """Whether any group is hidden."""
        return any(line.is_hidden for line in self.lines)


def profile(
    institution: Institution, metric: Metric, trait: Dimension, month: Window, *, today: date
) -> Profile:
    """Return what a metric says of a month by a trait (1 SQL, which reads the facts of the month, and what
    the names of the trait cost).
    """
    found = measure(institution, metric, [month.days], today=today, by=trait.key)
    names = trait.names(institution)
    above = trait.parents(institution) if trait.parents else {}
    sizes = {group: found.told(0, group).total for group in found.groups if group != NOBODY}
    roots = [group for group in sizes if above.get(group) not in sizes]
    answered, unsaid = sum(sizes[group] for group in roots), found.told(0, NOBODY).total
    taken = hidden_groups(found, sizes, above, least=institution.smallest_group, is_trait=True)
    lines = [] if not sizes or taken >= set(roots) else list(_lines(found, names, above, sizes, taken))
    return Profile(metric, trait, month, Share(unsaid, answered + unsaid), lines, names)


def hidden_groups(
    found: Measured,
    sizes: Mapping[str, int],
    above: Mapping[str, str],
    *,
    least: int,
    is_trait: bool,
    column: int = 0,
) -> set[str]:
    """Return which groups of a range must not be shown, `sizes` and `above` as `kernel.hiding.hidden` takes
    them; of a trait (`is_trait`) also those of which a share tells of few. No SQL.
    """
    few = _Few(found, least, column).tells
    return hidden(sizes, above, least=least, also=few) if is_trait else hidden(sizes, above, least=least)


@dataclass(frozen=True, slots=True)
class _Few:
    """Of a share: whether few of a group, or all but few, are counted, so that it tells of these few."""

    found: Measured
    least: int
    column: int

    def tells(self, group: str) -> bool:
        told = self.found.told(self.column, group)
        if told.among is None:
            return False
        met, rest = told.counted.n, told.total - told.counted.n
        return 0 < met < self.least or 0 < rest < self.least


def _lines(
    found: Measured,
    names: Mapping[str, str],
    above: Mapping[str, str],
    sizes: Mapping[str, int],
    taken: set[str],
) -> Iterator[ToldGroup]:
    statistic = found.metric.statistics[0]
    for group, depth in outline([each for each in names if each != NOBODY], above):
        if sizes.get(group):
            line = _line(names[group], depth, found.told(0, group), statistic, is_hidden=group in taken)
            yield replace(line, member=group)


def _line(name: str, depth: int, told: Told, statistic: Statistic, *, is_hidden: bool) -> ToldGroup:
    if is_hidden:
        return ToldGroup(name, depth, "", "", is_hidden=True)
    said = value_words(told, statistic), of_words(told, statistic)
    return ToldGroup(name, depth, *said, is_hidden=False, number=told.value(statistic))
