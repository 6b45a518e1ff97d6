# SPDX-License-Identifier: EUPL-1.2
"""When a place is open: windows of the week, seasons in their place, days that are otherwise, days off.

Times are of the clock on the wall of the place. Where a clock is put forward an hour does not exist, and a
window that begins in it begins when the clock goes on; put back, a window that ends in the repeated hour ends
the first time.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

LOOKED_AHEAD = 60
"""Days within which the next opening is looked for."""
IsOff = Callable[[date], bool]
"""Whether the calendar of the place has a day off, weekends aside."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A time during which it is open, within one day."""

    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Season:
    """Days of the year, both ends included, that have windows of their own; one that ends before it begins
    goes over the new year. Days are (month, day).
    """

    first: tuple[int, int]
    last: tuple[int, int]
    week: Mapping[int, tuple[Window, ...]]

    def covers(self, day: date) -> bool:
        """Return whether a day is in it."""
        at = (day.month, day.day)
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


@dataclass(frozen=True, slots=True)
class OtherDay:
    """A day that is otherwise: closed where it has no windows, and why."""

    on: date
    windows: tuple[Window, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Hours:
    """When a place is open. `week` by weekday, Monday is 0."""

    week: Mapping[int, tuple[Window, ...]] = field(default_factory=dict)
    seasons: tuple[Season, ...] = ()
    exceptions: tuple[OtherDay, ...] = ()
    opens_on_holidays: bool = False

    @property
    def is_known(self) -> bool:
        """Whether anything was said."""
        return bool(self.week or self.seasons or self.exceptions)

    def windows_on(self, day: date, is_off: IsOff) -> tuple[Window, ...]:
        """Return the windows of a day, in their order: those of an exception, else none on a day off, else of
        a season, else of the week.
        """
        for other in self.exceptions:
            if other.on == day:
                return other.windows
        if not self.opens_on_holidays and is_off(day):
            return ()
        for season in self.seasons:
            if season.covers(day):
                return season.week.get(day.weekday(), ())
        return self.week.get(day.weekday(), ())


@dataclass(frozen=True, slots=True)
class State:
    """Whether a place is open at an instant, and the next local time at which that changes (None: not within
    the days looked at).
    """

    is_open: bool
    changes_at: datetime | None


def state_at(hours: Hours, now: datetime, zone: ZoneInfo, is_off: IsOff) -> State:
    """Return whether a place is open at the aware instant `now`."""
    today = now.astimezone(zone).date()
    for ahead in range(LOOKED_AHEAD):
        day = today + timedelta(days=ahead)
        for window in hours.windows_on(day, is_off):
            opens, closes = instant(day, window.opens, zone), instant(day, window.closes, zone)
            if opens <= now < closes:
                return State(True, closes.astimezone(zone))
            if now < opens:
                return State(False, opens.astimezone(zone))
    return State(False, None)


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the instant in UTC at which the clock of a zone shows a time on a day; of an hour that does not
    exist, when it would have been by the clock of before.
    """
    return datetime.combine(day, at, zone).astimezone(UTC)


def overlaps(windows: Iterable[Window]) -> bool:
    """Return whether two windows of a day share a moment, or one ends before it begins."""
    ordered = sorted(windows)
    if any(each.closes <= each.opens for each in ordered):
        return True
    return any(before.closes > after.opens for before, after in pairwise(ordered))


_DAYS = ("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")


def week_words(week: Mapping[int, Sequence[Window]]) -> str:
    """Return the windows of a week in words, days alike together: «Lunes a viernes de 9:00 a 14:00»."""
    groups: list[tuple[list[int], tuple[Window, ...]]] = []
    for day in range(7):
        windows = tuple(sorted(week.get(day, ())))
        if not windows:
            continue
        if groups and groups[-1][1] == windows and groups[-1][0][-1] == day - 1:
            groups[-1][0].append(day)
        else:
            groups.append(([day], windows))
    return "; ".join(f"{_span(days)} {_times(windows)}" for days, windows in groups).capitalize()


def _span(days: Sequence[int]) -> str:
    if len(days) == 1:
        return _DAYS[days[0]]
    between = "y" if len(days) == 2 else "a"
    return f"{_DAYS[days[0]]} {between} {_DAYS[days[-1]]}"


def _times(windows: Sequence[Window]) -> str:
    return " y ".join(f"de {clock(each.opens)} a {clock(each.closes)}" for each in windows)


def clock(at: time) -> str:
    """Return a time as people write it: «9:00»."""
    return f"{at.hour}:{at:%M}"


def pack(hours: Hours) -> dict[str, Any]:
    """Return hours as they are kept: JSON."""
    return {
        "week": _packed_week(hours.week),
        "seasons": [
            {"first": list(each.first), "last": list(each.last), "week": _packed_week(each.week)}
            for each in hours.seasons
        ],
        "exceptions": [
            {"on": each.on.isoformat(), "windows": _packed(each.windows), "reason": each.reason}
            for each in hours.exceptions
        ],
        "opens_on_holidays": hours.opens_on_holidays,
    }


def _packed(windows: Iterable[Window]) -> list[list[str]]:
    return [[f"{each.opens:%H:%M}", f"{each.closes:%H:%M}"] for each in sorted(windows)]


def _packed_week(week: Mapping[int, Iterable[Window]]) -> dict[str, list[list[str]]]:
    return {str(day): _packed(week[day]) for day in sorted(week) if week[day]}


def unpack(kept: Mapping[str, Any]) -> Hours:
    """Return hours that were kept; none of an empty mapping."""
    return Hours(
        _week(kept.get("week", {})),
        tuple(
            Season(_day(each["first"]), _day(each["last"]), _week(each["week"]))
            for each in kept.get("seasons", ())
        ),
        tuple(
            OtherDay(date.fromisoformat(each["on"]), _windows(each["windows"]), each["reason"])
            for each in kept.get("exceptions", ())
        ),
        bool(kept.get("opens_on_holidays")),
    )


def _day(kept: Sequence[int]) -> tuple[int, int]:
    return kept[0], kept[1]


def _windows(kept: Iterable[Sequence[str]]) -> tuple[Window, ...]:
    return tuple(Window(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in kept)


def _week(kept: Mapping[str, Iterable[Sequence[str]]]) -> dict[int, tuple[Window, ...]]:
    return {int(day): _windows(windows) for day, windows in kept.items()}
