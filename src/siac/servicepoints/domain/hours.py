# SPDX-License-Identifier: EUPL-1.2
"""When a place is open: windows of the week, seasons in their place, days that are otherwise, visits of who
goes about, days off, and the day from which it is closed for good.

Times are of the clock on the wall of the place. A window that ends before it begins goes on past midnight;
one from 0:00 to 0:00 is the whole day. Where a clock is put forward an hour does not exist, and a
window that begins in it begins when the clock goes on; put back, a window that ends in the repeated hour ends
the first time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

DAY = 24 * 60
LONGEST_NIGHT = 12 * 60
"""Minutes that a window past midnight may last: a longer one is a slip, such as 9:00 to 8:00."""
LOOKED_AHEAD = 60
"""Days within which the next opening is looked for."""
IsOff = Callable[[date], bool]
"""Whether the calendar of the place has a day off, weekends aside."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A time during which it is open, from a time of one day to one of the same day or past its midnight."""

    opens: time
    closes: time

    @property
    def minutes(self) -> int:
        """How long it is, by a clock that nobody puts forward or back."""
        return (_minute(self.closes) - _minute(self.opens) - 1) % DAY + 1

    @property
    def is_past_midnight(self) -> bool:
        """Whether it ends on the day after, or at its very beginning."""
        return self.closes <= self.opens


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


@dataclass(frozen=True, slots=True)
class Season:
    """Days of the year, both ends included, that have windows of their own; one that ends before it begins
    goes over the new year. Days are (month, day).
    """

    first: tuple[int, int]
    last: tuple[int, int]
    week: Mapping[int, tuple[Window, ...]]
    name: str = ""

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
class Visit:
    """A day on which an office that goes about attends somewhere, and when."""

    on: date
    place: str
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Hours:
    """When a place is open. `week` by weekday, Monday is 0."""

    week: Mapping[int, tuple[Window, ...]] = field(default_factory=dict)
    seasons: tuple[Season, ...] = ()
    exceptions: tuple[OtherDay, ...] = ()
    opens_on_holidays: bool = False
    visits: tuple[Visit, ...] = ()
    closed_from: date | None = None
    """From this day on it is closed for good."""

    @property
    def is_known(self) -> bool:
        """Whether anything was said."""
        return bool(self.week or self.seasons or self.exceptions or self.visits or self.closed_from)

    @property
    def are_opening(self) -> bool:
        """Whether there are windows at all, or a day that was said to be otherwise."""
        return bool(self.week or self.seasons or self.exceptions or self.visits)

    def windows_on(self, day: date, is_off: IsOff) -> tuple[Window, ...]:
        """Return the windows of a day, in their order: none once it is closed for good, else those of an
        exception, else of visits, else none on a day off, else of a season, else of the week.
        """
        if self.closed_from is not None and day >= self.closed_from:
            return ()
        for other in self.exceptions:
            if other.on == day:
                return other.windows
        visited = [window for visit in self.visits if visit.on == day for window in visit.windows]
        if visited:
            return tuple(sorted(visited))
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

    @property
    def opens_at(self) -> datetime | None:
        """When it opens next, local; None where it is open, or does not open within the days looked at."""
        return None if self.is_open else self.changes_at

    @property
    def closes_at(self) -> datetime | None:
        """When it closes, local; None where it is closed, or goes on without an end."""
        return self.changes_at if self.is_open else None


def spells(
    hours: Hours, first: date, count: int, zone: ZoneInfo, is_off: IsOff
) -> Iterator[tuple[datetime, datetime]]:
    """Yield the spells of opening that begin within `count` days from `first`, as UTC instants in their
    order; those that touch are one.
    """
    begun: tuple[datetime, datetime] | None = None
    for ahead in range(count):
        day = first + timedelta(days=ahead)
        for window in hours.windows_on(day, is_off):
            opens = instant(day, window.opens, zone)
            closes = instant(day + timedelta(days=window.is_past_midnight), window.closes, zone)
            if begun is not None and opens <= begun[1]:
                begun = (begun[0], max(begun[1], closes))
                continue
            if begun is not None:
                yield begun
            begun = (opens, closes) if closes > opens else None
    if begun is not None:
        yield begun


def state_at(hours: Hours, now: datetime, zone: ZoneInfo, is_off: IsOff) -> State:
    """Return whether a place is open at the aware instant `now`; what began the day before may go on."""
    first = now.astimezone(zone).date() - timedelta(days=1)
    end = instant(first + timedelta(days=LOOKED_AHEAD + 1), time(0), zone)
    for opens, closes in spells(hours, first, LOOKED_AHEAD + 1, zone, is_off):
        if opens <= now < closes:
            return State(True, closes.astimezone(zone) if closes < end else None)
        if now < opens:
            return State(False, opens.astimezone(zone))
    return State(False, None)


@dataclass(frozen=True, slots=True)
class DayTold:
    """A day to come: its windows, where an office that goes about attends, and why it is otherwise."""

    on: date
    windows: tuple[Window, ...]
    place: str = ""
    reason: str = ""

    @property
    def words(self) -> str:
        """When it is open that day: «de 9:00 a 14:00», «cerrado (feriado)»."""
        said = times(self.windows) or "cerrado"
        place = f" en {self.place}" if self.place else ""
        return f"{said}{place}" + (f" ({self.reason})" if self.reason else "")


def days_ahead(hours: Hours, today: date, is_off: IsOff, count: int = 7) -> list[DayTold]:
    """Return the days from a local day on, each as it will be: the next seven where nothing is said."""
    found = []
    for ahead in range(count):
        day = today + timedelta(days=ahead)
        windows = hours.windows_on(day, is_off)
        places = dict.fromkeys(visit.place for visit in hours.visits if visit.on == day and visit.windows)
        is_visited = bool(windows) and not any(each.on == day for each in hours.exceptions)
        found.append(
            DayTold(day, windows, ", ".join(places) if is_visited else "", _reason(hours, day, is_off))
        )
    return found


def visits_ahead(hours: Hours, today: date) -> list[DayTold]:
    """Return the visits from a local day on, the nearest first; none of a day that was closed since, or once
    it is closed for good.
    """
    closed = {each.on for each in hours.exceptions}
    end = hours.closed_from or date.max
    return [
        DayTold(each.on, each.windows, each.place)
        for each in sorted(hours.visits, key=lambda each: (each.on, each.windows))
        if today <= each.on < end and each.on not in closed
    ]


def _reason(hours: Hours, day: date, is_off: IsOff) -> str:
    if hours.closed_from is not None and day >= hours.closed_from:
        return "cierre definitivo"
    other = next((each for each in hours.exceptions if each.on == day), None)
    if other is not None:
        return other.reason
    usual = hours.week.get(day.weekday())
    return "feriado" if usual and is_off(day) and not hours.windows_on(day, is_off) else ""


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return the instant in UTC at which the clock of a zone shows a time on a day; of an hour that does not
    exist, when it would have been by the clock of before.
    """
    return datetime.combine(day, at, zone).astimezone(UTC)


def overlaps(windows: Iterable[Window]) -> bool:
    """Return whether two windows of a day share a moment, or one cannot be: it would last no time, or go on
    too long past midnight.
    """
    ordered = sorted(windows)
    if any(_is_slip(each) for each in ordered):
        return True
    return any(_end(before) > _minute(after.opens) for before, after in pairwise(ordered))


def week_overlaps(week: Mapping[int, Iterable[Window]]) -> bool:
    """Return whether windows of a week share a moment, those past midnight with the day after too."""
    days = {day: sorted(windows) for day, windows in week.items()}
    if any(overlaps(windows) for windows in days.values()):
        return True
    return any(
        _end(last) - DAY > _minute(following.opens)
        for day, windows in days.items()
        for last in windows[-1:]
        for following in days.get((day + 1) % 7, ())[:1]
    )


def _is_slip(window: Window) -> bool:
    if not window.is_past_midnight:
        return False
    is_to_midnight = window.closes == time(0)
    return window.minutes > (DAY if is_to_midnight else LONGEST_NIGHT)


def _end(window: Window) -> int:
    return _minute(window.opens) + window.minutes


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
    return "; ".join(f"{_span(days)} {times(windows)}" for days, windows in groups).capitalize()


def _span(days: Sequence[int]) -> str:
    if len(days) == 7:
        return "todos los días"
    if len(days) == 1:
        return _DAYS[days[0]]
    between = "y" if len(days) == 2 else "a"
    return f"{_DAYS[days[0]]} {between} {_DAYS[days[-1]]}"


def times(windows: Sequence[Window]) -> str:
    """Return windows in words: «de 9:00 a 14:00 y de 15:00 a 17:00»; empty of none."""
    if any(each.minutes == DAY for each in windows):
        return "las 24 horas"
    return " y ".join(f"de {clock(each.opens)} a {clock(each.closes)}" for each in windows)


def hours_in_words(hours: Hours, note: str = "") -> str:
    """Return when a place is open, in words: its week, its seasons, whether it goes about, the end of it, and
    what was noted beside; empty where nobody said it.
    """
    told = [week_words(hours.week)] if hours.week else []
    for season in hours.seasons:
        first, last = (f"{day}/{month}" for month, day in (season.first, season.last))
        begins = f"{season.name} (del {first} al {last})" if season.name else f"Del {first} al {last}"
        said = week_words(season.week) or "cerrado"
        told.append(f"{begins}: {said[0].lower()}{said[1:]}")
    if hours.visits:
        told.append("Los días y lugares de su calendario de visitas")
    if hours.closed_from is not None:
        told.append(f"Cierra para siempre el {hours.closed_from:%d-%m-%Y}")
    return ". ".join(filter(None, [*told, note]))


def state_in_words(state: State, today: date) -> str:
    """Return a state as people say it on a local day: «Abierto hasta las 14:00», «Cerrado, abre el lunes 7 a
    las 9:00».
    """
    at = state.changes_at
    if state.is_open:
        if at is None:
            return "Abierto a toda hora"
        day = "" if at.date() == today else f" del {_DAYS[at.weekday()]}"
        return f"Abierto hasta {_hour(at.time())}{day}"
    if at is None:
        return "Cerrado"
    ahead = (at.date() - today).days
    near = {0: "hoy", 1: "mañana"}.get(ahead)
    day = near or f"el {_DAYS[at.weekday()]} {at.day}" + (f" de {_MONTHS[at.month - 1]}" if ahead > 6 else "")
    return f"Cerrado, abre {day} a {_hour(at.time())}"


_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre",
    "noviembre", "diciembre",
)  # fmt: skip


def _hour(at: time) -> str:
    return f"la {clock(at)}" if at.hour == 1 else f"las {clock(at)}"


def clock(at: time) -> str:
    """Return a time as people write it: «9:00»."""
    return f"{at.hour}:{at:%M}"


def pack(hours: Hours) -> dict[str, Any]:
    """Return hours as they are kept: JSON. What was not said is left out, so that hours that were kept before
    it could be said are the same hours still.
    """
    kept: dict[str, Any] = {
        "week": _packed_week(hours.week),
        "seasons": [
            {"first": list(each.first), "last": list(each.last), "week": _packed_week(each.week)}
            | ({"name": each.name} if each.name else {})
            for each in hours.seasons
        ],
        "exceptions": [
            {"on": each.on.isoformat(), "windows": _packed(each.windows), "reason": each.reason}
            for each in hours.exceptions
        ],
        "opens_on_holidays": hours.opens_on_holidays,
    }
    if hours.visits:
        kept["visits"] = [
            {"on": each.on.isoformat(), "place": each.place, "windows": _packed(each.windows)}
            for each in hours.visits
        ]
    if hours.closed_from:
        kept["closed_from"] = hours.closed_from.isoformat()
    return kept


def _packed(windows: Iterable[Window]) -> list[list[str]]:
    return [[f"{each.opens:%H:%M}", f"{each.closes:%H:%M}"] for each in sorted(windows)]


def _packed_week(week: Mapping[int, Iterable[Window]]) -> dict[str, list[list[str]]]:
    return {str(day): _packed(week[day]) for day in sorted(week) if week[day]}


def unpack(kept: Mapping[str, Any]) -> Hours:
    """Return hours that were kept; none of an empty mapping."""
    return Hours(
        _week(kept.get("week", {})),
        tuple(
            Season(_day(each["first"]), _day(each["last"]), _week(each["week"]), each.get("name", ""))
            for each in kept.get("seasons", ())
        ),
        tuple(
            OtherDay(date.fromisoformat(each["on"]), _windows(each["windows"]), each["reason"])
            for each in kept.get("exceptions", ())
        ),
        bool(kept.get("opens_on_holidays")),
        tuple(
            Visit(date.fromisoformat(each["on"]), each["place"], _windows(each["windows"]))
            for each in kept.get("visits", ())
        ),
        date.fromisoformat(kept["closed_from"]) if kept.get("closed_from") else None,
    )


def _day(kept: Sequence[int]) -> tuple[int, int]:
    return kept[0], kept[1]


def _windows(kept: Iterable[Sequence[str]]) -> tuple[Window, ...]:
    return tuple(Window(time.fromisoformat(opens), time.fromisoformat(closes)) for opens, closes in kept)


def _week(kept: Mapping[str, Iterable[Sequence[str]]]) -> dict[int, tuple[Window, ...]]:
    return {int(day): _windows(windows) for day, windows in kept.items()}
