# SPDX-License-Identifier: EUPL-1.2
"""What a metric says of a month by what people told of themselves: small groups hidden, no rows behind.

Only of a whole month or a calendar year that is over, of the whole body and of one trait: a period less
another one, a month yesterday and today, a unit less those below it, or two traits at once would give away
the few whom a single table hides. Of a year a group is shown only if it has none in months that hide it, or
in two or more of them enough for nobody to be told apart: the year less its months shown says no more. And
so many are hidden in the year that they hide each other in the months too (`kernel.hiding`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from siac.indicators.domain.figures import Share
from siac.indicators.domain.windows import Length, Window, containing, months_up_to, windows_up_to
from siac.indicators.figures.measuring import Measured, Told, measure_many
from siac.indicators.figures.pages import outline
from siac.indicators.figures.wording import of_words, value_words
from siac.infra.metrics import Dimension, Metric, Statistic, source
from siac.kernel.hiding import hidden, hidden_of_whole
from siac.organizations.public import Institution

MONTHS_OFFERED = 24
YEARS_OFFERED = 5
NOBODY = ""
"""The member of whoever did not tell."""


def traits_of(metric: Metric) -> list[Dimension]:
    """Return the traits by which a metric is told; none of what is counted on a last day."""
    return [] if metric.less else [each for each in source(metric.of.source).dimensions if each.is_trait]


def months_over(today: date) -> list[Window]:
    """Return the months that are over, the latest first."""
    return months_up_to(today, MONTHS_OFFERED + 1, today=today)[-2::-1]


def years_over(today: date) -> list[Window]:
    """Return the calendar years that are over, the latest first."""
    return windows_up_to(today, YEARS_OFFERED + 1, Length.YEAR, today=today)[-2::-1]


def periods_over(today: date) -> dict[str, Window]:
    """Return the months and years that are over, by their names in addresses («2026-09», «2025»)."""
    return {period_code(each): each for each in (*months_over(today), *years_over(today))}


def period_code(period: Window) -> str:
    """Return the name of a month or a year in addresses."""
    return period.first.isoformat()[: 4 if period.length is Length.YEAR else 7]


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
    """A metric by a trait in a month or a year. `unsaid`: how many of all did not tell, and how many there
    are; `lines`: those who did, empty where they are too few to be shown at all.
    """

    metric: Metric
    trait: Dimension
    period: Window
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


@dataclass(frozen=True, slots=True)
class Shown:
    """What a metric says of a period by the members of a trait, and which of them are hidden (`taken`).
    `sizes`: how many things the figure of each rests on, those below it included, without whoever did not
    tell; `above`: the member above each.
    """

    found: Measured
    sizes: Mapping[str, int]
    above: Mapping[str, str]
    taken: frozenset[str]

    @property
    def roots(self) -> list[str]:
        """The members above which there is none."""
        return [group for group in self.sizes if self.above.get(group) not in self.sizes]

    @property
    def answered(self) -> int:
        """How many told."""
        return sum(self.sizes[group] for group in self.roots)

    @property
    def unsaid(self) -> int:
        """How many did not tell."""
        return self.found.told(0, NOBODY).total

    @property
    def is_hidden(self) -> bool:
        """Whether nothing is shown of any of them."""
        return self.taken >= set(self.roots)

    @property
    def leaves(self) -> list[str]:
        """The members that are shown and have none below them that has anybody; each counts whom no other
        one counts.
        """
        inner = {self.above.get(group) for group, size in self.sizes.items() if size}
        shown = [] if self.is_hidden else [group for group, size in self.sizes.items() if size]
        return [group for group in shown if group not in self.taken and group not in inner]


def shown_groups(
    institution: Institution, metrics: Sequence[Metric], trait: Dimension, period: Window, *, today: date
) -> dict[str, Shown]:
    """Return what metrics of one source say of a month or of a calendar year that is over by a trait, by key
    (1 SQL, which reads the facts of the period, and what the names of the trait cost).
    """
    months = _months_of(period, today)
    ranges = [period.days, *(each.days for each in months)]
    read = measure_many(institution, metrics, ranges, today=today, by=trait.key)
    above = trait.parents(institution) if trait.parents else {}
    least = institution.smallest_group
    return {key: _shown(found, above, len(months), least) for key, found in read.items()}


def _months_of(period: Window, today: date) -> list[Window]:
    if period.length is not Length.YEAR:
        return []
    first = containing(Length.MONTH, period.first, today=today)
    return [first.moved(place, today=today) for place in range(12)]


def _shown(found: Measured, above: Mapping[str, str], months: int, least: int) -> Shown:
    few = [_Few(found, least, column) for column in range(months + 1)]
    sizes = [_sizes(found, column) for column in range(months + 1)]
    hidden_then = [hidden(sizes[at], above, least=least, also=few[at].tells) for at in range(1, months + 1)]

    def gives_away(group: str) -> bool:
        """Whether the period less those of its months that show a group tells of few of it."""
        at = [place for place, taken in enumerate(hidden_then, 1) if group in taken]
        return bool(at) and (len(at) < 2 or few[0].of_many(group, at))

    taken = hidden_of_whole(
        sizes[0], sizes[1:], hidden_then, above, least=least,
        also=lambda each: few[0].tells(each) or gives_away(each),
    )  # fmt: skip
    return Shown(found, sizes[0], above, frozenset(taken))


def _sizes(found: Measured, column: int) -> dict[str, int]:
    return {group: found.told(column, group).total for group in found.groups if group != NOBODY}


def profile(
    institution: Institution, metric: Metric, trait: Dimension, period: Window, *, today: date
) -> Profile:
    """Return what a metric says of a month, or of a calendar year that is over, by a trait (1 SQL, which
    reads the facts of the period, and what the names of the trait cost).
    """
    shown = shown_groups(institution, [metric], trait, period, today=today)[metric.key]
    names = trait.names(institution)
    lines = [] if not shown.sizes or shown.is_hidden else list(_lines(shown, names))
    unsaid = Share(shown.unsaid, shown.answered + shown.unsaid)
    return Profile(metric, trait, period, unsaid, lines, names)


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
        return self._tells(told.counted.n, told.total)

    def of_many(self, group: str, columns: Sequence[int]) -> bool:
        """Whether some ranges together have few of a group, or tell of few."""
        told = [self.found.told(column, group) for column in columns]
        met, total = sum(each.counted.n for each in told), sum(each.total for each in told)
        return total < self.least or (told[0].among is not None and self._tells(met, total))

    def _tells(self, met: int, total: int) -> bool:
        return 0 < met < self.least or 0 < total - met < self.least


def _lines(shown: Shown, names: Mapping[str, str]) -> Iterator[ToldGroup]:
    statistic = shown.found.metric.statistics[0]
    for group, depth in outline([each for each in names if each != NOBODY], shown.above):
        if shown.sizes.get(group):
            told = shown.found.told(0, group)
            line = _line(names[group], depth, told, statistic, is_hidden=group in shown.taken)
            yield replace(line, member=group)


def _line(name: str, depth: int, told: Told, statistic: Statistic, *, is_hidden: bool) -> ToldGroup:
    if is_hidden:
        return ToldGroup(name, depth, "", "", is_hidden=True)
    said = value_words(told, statistic), of_words(told, statistic)
    return ToldGroup(name, depth, *said, is_hidden=False, number=told.value(statistic))
