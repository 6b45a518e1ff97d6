# SPDX-License-Identifier: EUPL-1.2
"""Of which months, and of which groups in them, results are told: so that none of the few follows by
subtracting one page from another.

Only whole months that are over, and the quarters and years of such; of a group (a way, a place) only in a
quarter, and of one sort of group at a time. What is too small is not told, nor the smallest beside it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from siac.kernel.hiding import hidden
from siac.kernel.whole_periods import Period, untold

ALL = ""
"""As a question: the answers as a whole. As a group: no group."""
WAY, POINT = "way", "point"


@dataclass(frozen=True, slots=True)
class Size:
    """How many answered a question (`ALL`: answered at all) in a month, by a way and at a place."""

    question: str
    month: date
    way: str
    point: str
    n: int

    def group(self, sort: str) -> str:
        """Return its group of a sort."""
        return self.way if sort == WAY else self.point


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of a survey: from how many answered each question, by month, way and place."""

    by_question: Mapping[str, Sequence[Size]]
    today: date
    least: int

    @classmethod
    def of(cls, sizes: Iterable[Size], *, today: date, least: int) -> "Told":
        """Return it for these numbers."""
        found: dict[str, list[Size]] = {}
        for each in sizes:
            found.setdefault(each.question, []).append(each)
        return cls(found, today, least)

    def periods_untold(self, question: str) -> set[str]:
        """Return the codes of the periods of which nothing is told of a question."""
        by_month: dict[date, int] = {}
        for each in self.by_question.get(question, ()):
            by_month[each.month] = by_month.get(each.month, 0) + each.n
        return untold(by_month, today=self.today, least=self.least)

    def groups(self, question: str, period: Period, sort: str) -> dict[str, int]:
        """Return how many of each group of a sort answered a question in a period."""
        found: dict[str, int] = {}
        for each in self.by_question.get(question, ()):
            if period.first <= each.month <= period.last:
                found[each.group(sort)] = found.get(each.group(sort), 0) + each.n
        return found

    def groups_untold(self, question: str, period: Period, sort: str) -> set[str]:
        """Return the groups of a sort of which nothing is told of a question: all, but in a quarter."""
        sizes = self.groups(question, period, sort)
        if not period.is_quarter or period.code in self.periods_untold(question):
            return set(sizes)
        return hidden(sizes, {}, least=self.least)

    def is_told(self, question: str, period: Period, sort: str = ALL, group: str = "") -> bool:
        """Return whether a question is told of a period; with a sort of group, of that group in it."""
        if not self.groups(question, period, WAY):
            return False
        if period.code in self.periods_untold(question):
            return False
        if sort == ALL:
            return True
        sizes = self.groups(question, period, sort)
        return group in sizes and group not in self.groups_untold(question, period, sort)
