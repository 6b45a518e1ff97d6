# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about the places and channels of a body."""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from siac.clocks.public import WorkingCalendar, calendar_for, layer_codes, layer_versions
from siac.infra.config_cache import ConfigCache
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.servicepoints.domain.hours import (
    DayTold,
    IsOff,
    OtherDay,
    State,
    Visit,
    hours_in_words,
    instant,
    spells,
    state_at,
)
from siac.servicepoints.domain.types import channels
from siac.servicepoints.models import CareProtocol, ServicePoint


def _load_points(institution_id: int) -> dict[int, ServicePoint]:
    rows = ServicePoint.objects.filter(institution_id=institution_id)
    rows = rows.select_related("unit", "institution").order_by("sort_key", "pk")
    found = {point.pk: point for point in rows}
    for point in found.values():  # one body for all, not one each
        point.institution = next(iter(found.values())).institution
    return found


_POINTS: ConfigCache[dict[int, ServicePoint]] = ConfigCache(_load_points)


def service_points(institution: Institution) -> dict[int, ServicePoint]:
    """Return the service points of a body by primary key, in the order of their names; no SQL when warm."""
    return _POINTS.get(institution)


def points_giving(institution: Institution, service_id: int) -> list[ServicePoint]:
    """Return the points in use that give a service, in the order of their names; no SQL when warm."""
    known = service_points(institution).values()
    return [point for point in known if point.is_active and service_id in point.service_ids]


def _load_care(institution_id: int) -> list[CareProtocol]:
    rows = {row.channel: row for row in CareProtocol.objects.filter(institution_id=institution_id)}
    return [rows[code] for code in ("", *channels()) if code in rows]


_CARE: ConfigCache[list[CareProtocol]] = ConfigCache(_load_care)


def care_protocols(institution: Institution) -> list[CareProtocol]:
    """Return how people are attended, the protocol of all channels first; no SQL when warm."""
    return _CARE.get(institution)


@dataclass(frozen=True, slots=True)
class CareTold:
    """How people are attended: by each channel in words, and their rights and duties, each said once."""

    by_channel: Sequence[tuple[str, Sequence[str]]]
    rights: Sequence[str]
    duties: Sequence[str]

    @property
    def says_something(self) -> bool:
        """Whether anything was published."""
        return bool(self.by_channel or self.rights or self.duties)


def care_told(institution: Institution, codes: Iterable[str] | None = None) -> CareTold:
    """Return how people are attended by some channels (None: all), what holds for all first; no SQL when
    warm.
    """
    wanted = None if codes is None else {"", *codes}
    published = [row for row in care_protocols(institution) if row.is_active]
    told = [row for row in published if wanted is None or row.channel in wanted]
    return CareTold(
        [(row.channel_name, row.steps) for row in told if row.steps],
        list(dict.fromkeys(line for row in told for line in row.rights)),
        list(dict.fromkeys(line for row in told for line in row.duties)),
    )


def hours_words(point: ServicePoint) -> str:
    """Return when a place is open, in words: its week, its seasons, and what was noted beside; empty where
    nobody said it. Whatever tells hours tells these. No SQL.
    """
    return hours_in_words(point.hours, point.hours_note)


def other_day_words(other: OtherDay) -> str:
    """Return a day that is otherwise, in words: «24-12-2026: de 9:00 a 12:00 (víspera)». No SQL."""
    return f"{other.on:%d-%m-%Y}: {DayTold(other.on, other.windows, reason=other.reason).words}"


def visit_words(visit: Visit) -> str:
    """Return a visit in words: «24-12-2026: de 9:00 a 12:00 en la plaza». No SQL."""
    return f"{visit.on:%d-%m-%Y}: {DayTold(visit.on, visit.windows, visit.place).words}"


def days_off_of(points: Iterable[ServicePoint]) -> dict[int, IsOff]:
    """Return for each place whether a day is off there: by the calendar of its own commune, of its body and
    of its unit; nothing is off where no calendar is. Points of one body (1 SQL, more until a process has
    built the calendars).
    """
    asked = {point.pk: _places(point) for point in points}
    of_unit = {point.pk: (point.institution_id, point.unit_id) for point in points}
    codes: set[str] = set()
    for pk, places in asked.items():
        for place in places:
            with suppress(Refused):
                codes.update(layer_codes(place, of_unit[pk][0], of_unit[pk][1]))
    versions = layer_versions(codes) if codes else {}
    built: dict[tuple[Any, ...], IsOff] = {}
    for pk, places in asked.items():
        key = (places, of_unit[pk])
        if key not in built:
            built[key] = _off_by(_calendar(places, *of_unit[pk], versions))
    return {pk: built[asked[pk], of_unit[pk]] for pk in asked}


def _places(point: ServicePoint) -> tuple[str, ...]:
    """Return where the calendar of a place is looked for: its commune, else where its body sits."""
    return tuple(dict.fromkeys((point.place, point.institution.place)))


def _calendar(
    places: tuple[str, ...], institution_id: int, unit_id: int | None, versions: Mapping[str, int]
) -> WorkingCalendar | None:
    for place in places:
        with suppress(Refused):  # a place without a calendar keeps its week
            return calendar_for(place, institution_id, office_id=unit_id, versions=versions)
    return None


def _off_by(calendar: WorkingCalendar | None) -> IsOff:
    def is_off(day: date) -> bool:
        return calendar is not None and calendar.first <= day <= calendar.last and bool(calendar.reasons(day))

    return is_off


def states_of(points: Iterable[ServicePoint], now: datetime) -> dict[int, State | None]:
    """Return whether each place is open at an instant and when that changes, by its own clock; None where its
    hours are not known (SQL as `days_off_of`).
    """
    told = list(points)
    known = [point for point in told if point.hours.is_known]
    off = days_off_of(known) if known else {}
    found: dict[int, State | None] = dict.fromkeys((point.pk for point in told), None)
    for point in known:
        found[point.pk] = state_at(point.hours, now, point.zone, off[point.pk])
    return found


def state_of(point: ServicePoint, now: datetime) -> State | None:
    """Return whether a place is open at an instant and when that changes; None where its hours are not known
    (SQL as `days_off_of`).
    """
    return states_of([point], now)[point.pk]


def open_spells(point: ServicePoint, first: date, count: int) -> list[tuple[datetime, datetime]]:
    """Return when a place is open, as UTC instants in their order, in the spells that begin within `count`
    local days from `first`. Where nobody said its hours it is taken for open on whole days that are not off
    there (SQL as `days_off_of`).
    """
    is_off = days_off_of([point])[point.pk]
    if point.hours.is_known:
        return list(spells(point.hours, first, count, point.zone, is_off))
    days = [first + timedelta(days=ahead) for ahead in range(count)]
    return [
        (instant(day, time(0), point.zone), instant(day + timedelta(days=1), time(0), point.zone))
        for day in days
        if not is_off(day)
    ]
