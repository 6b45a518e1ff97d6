# SPDX-License-Identifier: EUPL-1.2
"""When a unit is recognised: all it answers for kept its targets in so many closed periods in a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

FEWEST, MOST = 2, 12
"""Periods in a row that a criterion may ask for."""


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed period of a promise: its local days, whether the target was reached (None: no cases), and how
    many cases it rests on (0 of a figure that counts none).
    """

    first: date
    last: date
    is_reached: bool | None
    total: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A promise that a unit answers for: its closed periods, and its first and last local day in force (None:
    it is).

    `is_counted`: whether it rests on cases, so that few of them say little.
    """

    periods: Sequence[Closed]
    since: date = date.min
    until: date | None = None
    is_counted: bool = True

    def is_in_force(self, day: date) -> bool:
        """Return whether it was promised on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True, slots=True)
class Earned:
    """The days of the periods that earned a recognition."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Record:
    """What a unit earned so far, the oldest first, and how far it is on the way to the next: periods in a
    row of the promise that has the fewest.
    """

    earned: tuple[Earned, ...]
    in_a_row: int


def record_of(promises: Sequence[Answered], *, periods: int, least: int, since: date) -> Record:
    """Return what a unit earned by the periods that began on `since` or after: each time that all promises in
    force reached their targets `periods` times in a row; then counting begins anew.

    A miss begins anew at once. A period without cases, or reached with fewer than `least`, counts neither
    way: who attends few people is neither rewarded for it nor set back.
    """
    runs: list[list[Closed]] = [[] for _ in promises]
    earned: list[Earned] = []
    told = [
        (each.last, place, each)
        for place, of in enumerate(promises)
        for each in of.periods
        if each.first >= since
    ]
    for day in sorted({last for last, _, _ in told}):
        for last, place, each in told:
            if last == day:
                _follow(runs[place], each, least if promises[place].is_counted else 0)
        places = [place for place, of in enumerate(promises) if of.is_in_force(day)]
        if places and all(len(runs[place]) >= periods for place in places):
            earned.append(Earned(min(runs[place][-periods].first for place in places), day))
            runs = [[] for _ in promises]
    newest = max((last for last, _, _ in told), default=since)
    current = [len(runs[place]) for place, of in enumerate(promises) if of.is_in_force(newest)]
    return Record(tuple(earned), min(current, default=0))


def _follow(run: list[Closed], each: Closed, least: int) -> None:
    if each.is_reached is False:
        run.clear()
    elif each.is_reached and each.total >= least:
        run.append(each)
