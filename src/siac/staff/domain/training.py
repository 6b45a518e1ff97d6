# SPDX-License-Identifier: EUPL-1.2
"""What became of a course: who came, what the marks say, and what became of the gaps."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

ATTENDED = Decimal(75)
"""Parts of a hundred of the sessions held from which somebody attended a course."""
_TENTH = Decimal("0.1")


def share(part: int, whole: int) -> Decimal | None:
    """Return `part` in a hundred of `whole`, to a tenth; None of nothing."""
    return None if not whole else (Decimal(part * 100) / whole).quantize(_TENTH, ROUND_HALF_UP)


def attended(present: int, held: int) -> bool:
    """Return whether somebody who came to `present` of the `held` sessions attended the course."""
    return held > 0 and Decimal(present * 100) / held >= ATTENDED


def mean(values: Sequence[int]) -> Decimal | None:
    """Return the mean to a tenth; None of nothing."""
    return None if not values else (Decimal(sum(values)) / len(values)).quantize(_TENTH, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks before and after, of those only who have both."""

    n: int
    before: Decimal | None
    after: Decimal | None


def marks_of(pairs: Iterable[tuple[int | None, int | None]]) -> Marks:
    """Return the mean marks before and after of those who have both."""
    both = [(before, after) for before, after in pairs if before is not None and after is not None]
    return Marks(len(both), mean([before for before, _ in both]), mean([after for _, after in both]))


@dataclass(frozen=True, slots=True)
class GapSpan:
    """A gap of somebody who came to a course: from which day, until which (None: it is open), and the day of
    the next diagnosis of that competence after the course (None: there was none).
    """

    opened_on: date
    closed_on: date | None
    next_on: date | None

    def is_open_on(self, day: date) -> bool:
        """Return whether it was open at the end of a local day."""
        return self.opened_on <= day and (self.closed_on is None or self.closed_on > day)


@dataclass(frozen=True, slots=True)
class Effect:
    """What became of the gaps that were open when a course began."""

    before: int
    closed: int
    left: int
    unknown: int
    """Not diagnosed again since the course ended: of these nothing can be said."""


def effect_on_gaps(spans: Iterable[GapSpan], *, starts_on: date, ends_on: date) -> Effect:
    """Return what became of gaps: only those open on the first day count, and only a diagnosis after the last
    day says anything. A gap that closed while the course ran counts as closed if it was diagnosed after.
    """
    open_then = [each for each in spans if each.is_open_on(starts_on)]
    known = [each for each in open_then if each.next_on is not None and each.next_on >= ends_on]
    closed = sum(each.closed_on is not None for each in known)
    return Effect(len(open_then), closed, len(known) - closed, len(open_then) - len(known))
