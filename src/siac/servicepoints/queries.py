# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about the places and channels of a body."""

from contextlib import suppress
from datetime import date, datetime

from siac.clocks.public import WorkingCalendar, calendar_for
from siac.infra.config_cache import ConfigCache
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.servicepoints.domain.hours import OtherDay, State, clock, state_at, week_words
from siac.servicepoints.models import ServicePoint


def _load_points(institution_id: int) -> dict[int, ServicePoint]:
    rows = ServicePoint.objects.filter(institution_id=institution_id).select_related("unit")
    return {point.pk: point for point in rows.order_by("sort_key", "pk")}


_POINTS: ConfigCache[dict[int, ServicePoint]] = ConfigCache(_load_points)


def service_points(institution: Institution) -> dict[int, ServicePoint]:
    """Return the service points of a body by primary key, in the order of their names; no SQL when warm."""
    return _POINTS.get(institution)


def points_giving(institution: Institution, service_id: int) -> list[ServicePoint]:
    """Return the points in use that give a service, in the order of their names; no SQL when warm."""
    known = service_points(institution).values()
    return [point for point in known if point.is_active and service_id in point.service_ids]


def hours_words(point: ServicePoint) -> str:
    """Return when a place is open, in words: its week, its seasons, and what was noted beside; empty where
    nobody said it. No SQL.
    """
    hours = point.hours
    told = [week_words(hours.week)] if hours.week else []
    for season in hours.seasons:
        first, last = (f"{day}/{month}" for month, day in (season.first, season.last))
        told.append(f"Del {first} al {last}: {week_words(season.week) or 'cerrado'}")
    if point.hours_note:
        told.append(point.hours_note)
    return ". ".join(told)


def other_day_words(other: OtherDay) -> str:
    """Return a day that is otherwise, in words: «24-12-2026: de 9:00 a 12:00 (víspera)». No SQL."""
    times = " y ".join(f"de {clock(each.opens)} a {clock(each.closes)}" for each in other.windows)
    return f"{other.on:%d-%m-%Y}: {times or 'cerrado'}" + (f" ({other.reason})" if other.reason else "")


def state_of(point: ServicePoint, now: datetime) -> State | None:
    """Return whether a place is open at an instant and when that changes; None where its hours are not known
    (1 SQL at most). Days off are those of the calendar of its own place.
    """
    hours, institution = point.hours, point.institution
    if not hours.is_known:
        return None
    calendar: WorkingCalendar | None = None
    with suppress(Refused):  # a place without a calendar keeps its week
        calendar = calendar_for(institution.place, institution.pk, office_id=point.unit_id)

    def is_off(day: date) -> bool:
        return calendar is not None and calendar.first <= day <= calendar.last and bool(calendar.reasons(day))

    return state_at(hours, now, institution.zone, is_off)
