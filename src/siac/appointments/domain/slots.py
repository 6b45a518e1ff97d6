# SPDX-License-Identifier: EUPL-1.2
"""What hours can be booked: windows of an agenda, cut by the hours of its place, in pieces of equal length.

Times are of the clock on the wall of the place, moments are aware and in UTC, intervals are half-open: an
hour that ends at 10:00 leaves 10:00 free. Where a clock is put forward, hours that do not exist are not
offered; where it is put back, the repeated hour is offered twice, and both are told apart.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

LONGEST = timedelta(hours=9)
"""No appointment lasts so long."""
Instant = Callable[[date, time], datetime]
"""Gives the moment at which the clock of the place shows a time on a day."""
Spell = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True, order=True)
class Opening:
    """A window of an agenda: on which weekdays (Monday is 0) and between which days it can be booked, from a
    time to a later one of the same day, and for how many people at once (None: as the agenda says).
    """

    opens: time
    closes: time
    weekdays: tuple[int, ...]
    first: date | None = None
    last: date | None = None
    places: int | None = None

    def covers(self, day: date) -> bool:
        """Return whether it holds on a day."""
        return (
            day.weekday() in self.weekdays
            and (self.first is None or self.first <= day)
            and (self.last is None or day <= self.last)
        )

    def meets(self, other: "Opening") -> bool:
        """Return whether two windows have a moment in common on some day."""
        if self.closes <= other.opens or other.closes <= self.opens:
            return False
        if not set(self.weekdays) & set(other.weekdays):
            return False
        firsts = [each for each in (self.first, other.first) if each is not None]
        lasts = [each for each in (self.last, other.last) if each is not None]
        return not firsts or not lasts or max(firsts) <= min(lasts)


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """An hour that can be booked, and for how many people at once."""

    begins_at: datetime
    ends_at: datetime
    places: int


@dataclass(frozen=True, slots=True)
class Taken:
    """A seat that somebody has, from a moment to another."""

    begins_at: datetime
    ends_at: datetime
    seat: int


@dataclass(frozen=True, slots=True)
class Grid:
    """How an agenda cuts its windows: minutes of an hour, minutes between two, places at once."""

    minutes: int
    between: int
    places: int


def crossing(openings: Sequence[Opening]) -> tuple[Opening, Opening] | None:
    """Return two windows that have a moment in common; None where no two do."""
    for at, one in enumerate(openings):
        for other in openings[at + 1 :]:
            if one.meets(other):
                return one, other
    return None


def stretches(
    openings: Iterable[Opening], day: date, instant: Instant, spells: Iterable[Spell], places: int
) -> Iterator[tuple[datetime, datetime, datetime, int]]:
    """Yield what of the windows of a day lies within the spells of opening of the place: from and to when,
    when its window begins, and for how many.
    """
    known = list(spells)
    for window in sorted(each for each in openings if each.covers(day)):
        begins, ends = instant(day, window.opens), instant(day, window.closes)
        for opens, closes in known:
            low, high = max(begins, opens), min(ends, closes)
            if low < high:
                yield low, high, begins, window.places or places


def slots_of(
    openings: Iterable[Opening], day: date, grid: Grid, instant: Instant, spells: Iterable[Spell]
) -> list[Slot]:
    """Return the hours of a day in their order, none crossing another. They stand where the window begins,
    whatever the place opens at that day: 9:00, 9:20, 9:40. Of windows that cross (as a clock put forward can
    make them) the earlier one holds.
    """
    length, step = timedelta(minutes=grid.minutes), timedelta(minutes=grid.minutes + grid.between)
    found: list[Slot] = []
    for low, high, begins, places in sorted(stretches(openings, day, instant, spells, grid.places)):
        at = begins + step * max(0, -(-(low - begins) // step))
        while at + length <= high:
            if not found or found[-1].ends_at <= at:
                found.append(Slot(at, at + length, places))
            at += step
    return found


class Sitting:
    """The seats that are taken, by when: those about an hour are found without looking at all of them."""

    def __init__(self, taken: Iterable[Taken]) -> None:
        self._taken = sorted(taken, key=lambda each: each.begins_at)
        self._begins = [each.begins_at for each in self._taken]

    def about(self, slot: Slot) -> Sequence[Taken]:
        """Return those that may have a moment in common with an hour."""
        low = bisect_left(self._begins, slot.begins_at - LONGEST)
        return self._taken[low : bisect_left(self._begins, slot.ends_at)]


def free_seats(slot: Slot, taken: Iterable[Taken]) -> list[int]:
    """Return the seats of an hour, from 1 on, that nobody has at any of its moments."""
    used = {each.seat for each in taken if each.begins_at < slot.ends_at and slot.begins_at < each.ends_at}
    return [seat for seat in range(1, slot.places + 1) if seat not in used]


def is_within(
    begins_at: datetime,
    ends_at: datetime,
    seat: int,
    found: Iterable[tuple[datetime, datetime, datetime, int]],
) -> bool:
    """Return whether an appointment fits: whole in one of some stretches, in a seat that there is."""
    return any(low <= begins_at and ends_at <= high and seat <= places for low, high, _, places in found)


def can_be_booked(slot: Slot, now: datetime, notice: timedelta) -> bool:
    """Return whether there is still time enough to book an hour."""
    return slot.begins_at >= now + notice


def nearest(slots: Iterable[Slot], wanted: datetime, most: int = 4) -> list[Slot]:
    """Return the hours nearest to a moment, in their order."""
    chosen = sorted(slots, key=lambda each: (abs(each.begins_at - wanted), each.begins_at))[:most]
    return sorted(chosen)


def pack(openings: Iterable[Opening]) -> list[dict[str, Any]]:
    """Return windows as they are kept: JSON."""
    return [
        {
            "weekdays": sorted(each.weekdays),
            "opens": f"{each.opens:%H:%M}",
            "closes": f"{each.closes:%H:%M}",
            "first": each.first.isoformat() if each.first else None,
            "last": each.last.isoformat() if each.last else None,
            "places": each.places,
        }
        for each in openings
    ]


def unpack(kept: Iterable[Mapping[str, Any]]) -> tuple[Opening, ...]:
    """Return windows that were kept."""
    return tuple(
        Opening(
            time.fromisoformat(each["opens"]),
            time.fromisoformat(each["closes"]),
            tuple(each["weekdays"]),
            date.fromisoformat(each["first"]) if each.get("first") else None,
            date.fromisoformat(each["last"]) if each.get("last") else None,
            each.get("places"),
        )
        for each in kept
    )
