# SPDX-License-Identifier: EUPL-1.2
"""What everybody is told of a place: whether it is open, its days, how to get in; for programs too."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from siac.catalogue.public import Service, services
from siac.servicepoints.domain.hours import (
    DayTold,
    Hours,
    State,
    Window,
    days_ahead,
    state_at,
    state_in_words,
    visits_ahead,
)
from siac.servicepoints.domain.types import access_features, channels, point_types
from siac.servicepoints.models import ServicePoint
from siac.servicepoints.queries import days_off_of, hours_words, states_of

TOLD_AFTER_CLOSING = 90
"""Days for which a place that closed for good is still listed, with where to go instead."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A place as lists tell it: its state (None: its hours are not known) in words, and of which colour."""

    point: ServicePoint
    state: State | None
    words: str
    colour: str
    next_visit: DayTold | None = None
    """Where an office that goes about attends next."""

    @property
    def is_open(self) -> bool | None:
        """Whether it is open; None where its hours are not known."""
        return self.state.is_open if self.state else None


def listed_points(points: Iterable[ServicePoint], today: date) -> list[ServicePoint]:
    """Return the places that everybody is told of on a local day: in use, and not closed long since; by their
    types, as the file of types has them, and by name.
    """
    order = {code: place for place, code in enumerate(point_types())}
    told = [point for point in points if point.is_active and not _is_long_gone(point, today)]
    return sorted(told, key=lambda point: (order[point.kind], point.sort_key))


def _is_long_gone(point: ServicePoint, today: date) -> bool:
    closed = point.hours.closed_from
    return closed is not None and (today - closed).days > TOLD_AFTER_CLOSING


def standings(points: Sequence[ServicePoint], now: datetime) -> list[Standing]:
    """Return how each place stands at an instant, by its own clock (SQL as `days_off_of`)."""
    states = states_of(points, now)
    return [_standing(point, states[point.pk], now) for point in points]


def _standing(point: ServicePoint, state: State | None, now: datetime) -> Standing:
    today = now.astimezone(point.zone).date()
    closed = point.hours.closed_from
    if closed is not None and closed <= today:
        return Standing(point, state, f"Cerró para siempre el {closed:%d-%m-%Y}", "red")
    if state is None or not point.hours.are_opening:
        return Standing(point, None, "", "grey")
    visit = next(iter(visits_ahead(point.hours, today)), None)
    return Standing(point, state, state_in_words(state, today), "green" if state.is_open else "grey", visit)


@dataclass(frozen=True, slots=True)
class PointTold:
    """A place, whole."""

    standing: Standing
    hours: str
    days: Sequence[DayTold]
    """The seven days to come; empty where its hours are not known."""
    ahead: Sequence[DayTold]
    """Days after those seven that are otherwise, the nearest first."""
    visits: Sequence[DayTold]
    channels: Sequence[str]
    access: Sequence[str]
    services: Sequence[Service]


def point_told(point: ServicePoint, now: datetime) -> PointTold:
    """Return all that everybody is told of a place at an instant (SQL as `days_off_of`)."""
    hours, today = point.hours, now.astimezone(point.zone).date()
    is_off = days_off_of([point])[point.pk]
    state = state_at(hours, now, point.zone, is_off) if hours.is_known else None
    days = days_ahead(hours, today, is_off) if hours.are_opening else []
    last = days[-1].on if days else today
    others = sorted(hours.exceptions, key=lambda each: each.on)
    given = services(point.institution)
    features = access_features()
    return PointTold(
        _standing(point, state, now),
        hours_words(point),
        days,
        [DayTold(each.on, each.windows, reason=each.reason) for each in others if each.on > last],
        visits_ahead(hours, today),
        [channels()[code] for code in point.channel_codes],
        [name for code, name in features.items() if code in point.access],
        [given[pk] for pk in point.service_ids if pk in given and given[pk].is_active],
    )


_SCHEMA_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def linked_data(point: ServicePoint, url: str, today: date) -> dict[str, Any]:
    """Return a place as schema.org has it (JSON-LD), with the same hours that people are told; `url` is its
    public page.
    """
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": point.type.schema,
        "@id": url,
        "url": url,
        "name": point.name,
        "parentOrganization" if point.type.is_place else "provider": {
            "@type": "GovernmentOrganization", "name": point.institution.name,
        },
    }  # fmt: skip
    found |= {"telephone": point.phone} if point.phone else {}
    found |= {"email": point.email} if point.email else {}
    found |= {"sameAs": point.website} if point.website else {}
    if point.type.is_place:
        found |= _where(point)
    hours = hours_linked(point.hours, today)
    return found | (hours if point.type.is_place else {"hoursAvailable": hours["openingHoursSpecification"]})


def _where(point: ServicePoint) -> dict[str, Any]:
    found: dict[str, Any] = {
        "address": {
            "@type": "PostalAddress", "addressCountry": point.institution.jurisdiction,
            **({"streetAddress": point.address} if point.address else {}),
            **({"addressLocality": point.commune} if point.commune else {}),
        }
    }  # fmt: skip
    if point.coordinates:
        latitude, longitude = (f"{each:.6f}" for each in point.coordinates)
        found["geo"] = {"@type": "GeoCoordinates", "latitude": latitude, "longitude": longitude}
    names = access_features()
    if point.access:
        found["amenityFeature"] = [
            {"@type": "LocationFeatureSpecification", "name": names[code], "value": True}
            for code in names
            if code in point.access
        ]
    return found


def hours_linked(hours: Hours, today: date) -> dict[str, list[dict[str, Any]]]:
    """Return hours as schema.org has them: the week, the seasons as they come next, and the days from today
    that are otherwise; nothing of who closed for good, and until then no day beyond it.
    """
    end = hours.closed_from
    if end is not None and end <= today:
        return {"openingHoursSpecification": [], "specialOpeningHoursSpecification": []}
    until = {"validThrough": (end - timedelta(days=1)).isoformat()} if end is not None else {}
    week = [_opening(windows, {"dayOfWeek": days, **until}) for days, windows in _alike(hours.week)]
    for season in hours.seasons:
        span = _next_span(season.first, season.last, today)
        for days, windows in _alike(season.week) or [(list(_SCHEMA_DAYS), ())]:
            week.append(_opening(windows, {"dayOfWeek": days, **span}))
    special = [(each.on, each.windows) for each in hours.exceptions]
    special += [(each.on, each.windows) for each in hours.visits]
    ahead = sorted(each for each in special if today <= each[0] and (end is None or each[0] < end))
    return {
        "openingHoursSpecification": [one for each in week for one in each],
        "specialOpeningHoursSpecification": [
            one
            for on, windows in ahead
            for one in _opening(windows, {"validFrom": on.isoformat(), "validThrough": on.isoformat()})
        ],
    }


def _alike(week: Mapping[int, tuple[Window, ...]]) -> list[tuple[list[str], tuple[Window, ...]]]:
    """Return the days of a week under the windows that they share."""
    found: dict[tuple[Window, ...], list[str]] = {}
    for day in sorted(week):
        if week[day]:
            found.setdefault(tuple(sorted(week[day])), []).append(_SCHEMA_DAYS[day])
    return [(days, windows) for windows, days in found.items()]


def _opening(windows: Sequence[Window], fields: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return a specification for each window; of none, one that opens and closes at midnight: closed."""
    told = windows or (Window(time(0), time(0)),)
    return [
        {
            "@type": "OpeningHoursSpecification", **fields, "opens": f"{each.opens:%H:%M}",
            "closes": "23:59" if windows and each.opens == each.closes else f"{each.closes:%H:%M}",
        }
        for each in told
    ]  # fmt: skip


def _next_span(first: tuple[int, int], last: tuple[int, int], today: date) -> dict[str, str]:
    """Return the days of a season that goes on today or comes next."""
    goes_over = last < first
    year = today.year if (today.month, today.day) <= last or goes_over else today.year + 1
    if goes_over and (today.month, today.day) <= last:
        year -= 1
    begins, ends = _day(year, first), _day(year + goes_over, last)
    return {"validFrom": begins.isoformat(), "validThrough": ends.isoformat()}


def _day(year: int, day: tuple[int, int]) -> date:
    month, number = day
    try:
        return date(year, month, number)
    except ValueError:  # the 29th of February of a year without one
        return date(year, 2, 28)
