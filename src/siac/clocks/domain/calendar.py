# SPDX-License-Identifier: EUPL-1.2
"""Business days on a prefix array: every question is one or two look-ups, whatever the length of the term."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, reduce
from itertools import accumulate

from siac.clocks.domain.refusals import Code
from siac.countries.public import NO_LIMITS, Claim
from siac.kernel.errors import Refused

SATURDAY = 5  # date.weekday(); Saturday and Sunday are non-business in the three countries
DECREED = "decreed"
OPTIONAL_WORKING = "optional_working"


@dataclass(frozen=True, slots=True)
class DayOff:
    """Why a date is not a business day: its name for people, its kind, and the layer that says so."""

    name: str
    kind: str
    layer: str


@dataclass(frozen=True, slots=True)
class LayerDays:
    """One layer at one version. `covers_*` None: the layer only adds days and sets no limit."""

    code: str
    version: int
    covers_from: date | None
    covers_to: date | None
    days: tuple[tuple[date, DayOff], ...]
    claim: Claim = NO_LIMITS


@lru_cache(maxsize=4)
def _span(first: date, last: date) -> tuple[date, ...]:
    # One tuple of dates shared by all calendars of a process: each costs 45 kB, not 300.
    return tuple(map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1)))


class WorkingCalendar:
    """Which days count between `first` and `last` (both covered), and why the others do not.

    Outside that span every question raises `Refused(OUTSIDE_COVERAGE)`: a date that nobody has
    checked is never computed silently. `stamp` names the layers and versions it was built from,
    `claim` what they answer for: no new term starts on a day that the calendar does not claim,
    while what runs already is still reckoned.
    """

    __slots__ = ("_business", "_first", "_prefix", "claim", "first", "last", "off", "stamp")

    def __init__(
        self,
        off: Mapping[date, tuple[DayOff, ...]],
        *,
        first: date,
        last: date,
        stamp: str = "",
        claim: Claim | None = None,
    ) -> None:
        self.first, self.last, self.off, self.stamp = first, last, off, stamp
        self.claim = claim or Claim()
        days = _span(first, last)
        counts = [day.weekday() < SATURDAY and day not in off for day in days]
        self._first = first.toordinal()
        self._business = [day for day, counted in zip(days, counts, strict=True) if counted]
        self._prefix = [0, *accumulate(map(int, counts))]  # business days before the day at that position

    def _refuse(self, day: date) -> Refused:
        return Refused(
            Code.OUTSIDE_COVERAGE,
            day=day.isoformat(),
            first=self.first.isoformat(),
            last=self.last.isoformat(),
        )

    def _index(self, day: date) -> int:
        index = day.toordinal() - self._first
        if not 0 <= index < len(self._prefix) - 1:
            raise self._refuse(day)
        return index

    def check_claimed(self, day: date) -> None:
        """Refuse a day from before the calendar is whole.

        Raises:
            Refused: CALENDAR_NOT_WHOLE, with why it begins where it does.
        """
        whole = self.claim.whole_from
        if whole is not None and day < whole:
            raise Refused(
                Code.CALENDAR_NOT_WHOLE,
                first=whole.isoformat(),
                last=self.last.isoformat(),
                why=self.claim.why,
            )

    def is_confirmed(self, day: date) -> bool:
        """Return whether the days off up to `day` are gazetted, as far as this calendar knows."""
        return self.claim.confirmed_to is None or day <= self.claim.confirmed_to

    def is_business(self, day: date) -> bool:
        """Return whether `day` is a business day."""
        index = self._index(day)
        return self._prefix[index + 1] != self._prefix[index]

    def next_business(self, day: date) -> date:
        """Return `day` if it is a business day, else the first later one."""
        try:
            return self._business[self._prefix[self._index(day)]]
        except IndexError:
            raise self._refuse(self.last) from None

    def add_business(self, day0: date, days: int) -> date:
        """Return the `days`-th business day after `day0` (days >= 1); `day0` itself never counts."""
        if days < 1:
            raise Refused(Code.BAD_AMOUNT, value=f"{days}bd")
        index = day0.toordinal() - self._first
        if index < 0:  # a negative index would read the array from its end
            raise self._refuse(day0)
        try:
            return self._business[self._prefix[index + 1] + days - 1]
        except IndexError:
            raise self._refuse(self.last) from None

    def add_business_each(self, starts: Sequence[date], lengths: Sequence[int]) -> list[date]:
        """Return `add_business` of each day 0 in `starts` with its length, as one look-up each.

        Raises:
            Refused: BAD_AMOUNT or OUTSIDE_COVERAGE for any of them; whoever wants the others asks one by one.
        """
        if not starts:
            return []
        lowest, fewest = min(starts), min(lengths)
        if fewest < 1:
            raise Refused(Code.BAD_AMOUNT, value=f"{fewest}bd")
        if lowest < self.first:  # a negative index would read the array from its end
            raise self._refuse(lowest)
        business, prefix, before = self._business, self._prefix, self._first - 1
        ordinal = date.toordinal
        try:
            return [
                business[prefix[ordinal(day) - before] + length - 1]
                for day, length in zip(starts, lengths, strict=True)
            ]
        except IndexError:
            raise self._refuse(self.last) from None

    def business_between(self, start: date, end: date) -> int:
        """Return how many business days lie after `start` up to and including `end`; negative if reversed."""
        return self._prefix[self._index(end) + 1] - self._prefix[self._index(start) + 1]

    def latest_at(self, day: date, offset: int) -> date:
        """Return the latest date D such that `business_between(D, day) >= offset`.

        With a negative offset: the latest D to which at most `-offset` business days are left.
        """
        position = self._prefix[self._index(day) + 1] - offset
        if not 0 <= position < len(self._business):
            raise self._refuse(self.last if position > 0 else self.first)
        return self._business[position] - timedelta(days=1)

    def business_days(self, start: date, end: date) -> list[date]:
        """Return the business days from `start` to `end`, both included."""
        self._index(start), self._index(end)
        left = bisect_left(self._business, start)
        return [day for day in self._business[left : left + (end - start).days + 1] if day <= end]

    def reasons(self, day: date) -> tuple[DayOff, ...]:
        """Return the layers' entries that make `day` non-business; empty for a plain weekend."""
        return self.off.get(day, ())


def merge(layers: Iterable[LayerDays], *, decreed: bool = True) -> WorkingCalendar:
    """Build one calendar from layers: a day off in any of them is off (union, art. 30.6 Ley 39/2015).

    Covered is what all limiting layers cover. `decreed=False` leaves out decreed days (Peru, art. 134.1
    TUO LPAG read narrowly). Days that an office may work (`optional_working`) count as business days.

    Raises:
        Refused: OUTSIDE_COVERAGE when the layers share no covered day.
    """
    layers = sorted(layers, key=lambda layer: layer.code)
    first = max((layer.covers_from for layer in layers if layer.covers_from), default=date.max)
    last = min((layer.covers_to for layer in layers if layer.covers_to), default=date.min)
    if first > last:
        raise Refused(Code.OUTSIDE_COVERAGE, day="", first=first.isoformat(), last=last.isoformat())
    off: dict[date, tuple[DayOff, ...]] = {}
    for layer in layers:
        for day, why in layer.days:
            if why.kind != OPTIONAL_WORKING and (decreed or why.kind != DECREED):
                off[day] = (*off.get(day, ()), why)
    stamp = " ".join(f"{layer.code}:{layer.version}" for layer in layers)
    claim = reduce(Claim.joined, (layer.claim for layer in layers), Claim())
    return WorkingCalendar(off, first=first, last=last, stamp=stamp, claim=claim)


def union(*calendars: WorkingCalendar) -> WorkingCalendar:
    """Join calendars: a day counts only if it counts in all; covered is what all cover."""
    off: dict[date, tuple[DayOff, ...]] = {}
    for calendar in calendars:
        for day, reasons in calendar.off.items():
            off[day] = tuple(dict.fromkeys((*off.get(day, ()), *reasons)))
    first = max(calendar.first for calendar in calendars)
    last = min(calendar.last for calendar in calendars)
    if first > last:
        raise Refused(Code.OUTSIDE_COVERAGE, day="", first=first.isoformat(), last=last.isoformat())
    parts = {part for calendar in calendars for part in calendar.stamp.split()}
    stamp = " ".join(sorted(parts, key=lambda part: part.rsplit(":", 1)[0]))
    claim = reduce(Claim.joined, (calendar.claim for calendar in calendars), Claim())
    return WorkingCalendar(off, first=first, last=last, stamp=stamp, claim=claim)
