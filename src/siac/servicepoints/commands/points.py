# SPDX-License-Identifier: EUPL-1.2
"""Changes of the inventory of service points."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction

from siac.accounts.public import User
from siac.catalogue.public import services
from siac.kernel.errors import Refused
from siac.kernel.text import sort_key, squeeze
from siac.organizations.public import Institution, note_configuration, save_version
from siac.servicepoints.domain.hours import Hours, Window, overlaps, pack, week_overlaps
from siac.servicepoints.models import ServicePoint

MOST_OTHER_DAYS = 200


@transaction.atomic
def save_service_point(
    *,
    institution: Institution,
    actor: User | None,
    now: datetime,
    point: ServicePoint | None = None,
    based_on: int | None = None,
    hours: Hours | None = None,
    **fields: Any,
) -> ServicePoint:
    """Add a service point, or change `point` as its next version (see
    `organizations.versioned.save_version`); `fields` are those of the model, `hours` when it is open
    (None: as it is).

    The commune is kept as the list of the country writes it, with its code.

    Raises:
        Refused: the code is another point's (point_code_taken), windows of a day overlap or cannot be
            (point_hours), two seasons share a day (point_seasons), there are too many other days
            (point_days), the list of the country has no such commune (point_commune), it would lie outside
            the country (point_outside, point_swapped), it closes without a reason (point_closing), a service
            is not the body's (point_service), or somebody saved it meanwhile (saved_meanwhile).
    """
    row = point or ServicePoint(institution=institution)
    values = dict(fields)
    if hours is not None:
        _check_hours(hours, reason=values.get("closing_reason", row.closing_reason))
        values["schedule"] = pack(hours)
    _check_coordinates(institution, values.get("latitude"), values.get("longitude"))
    values |= _commune(institution, values) | _services(institution, values)
    if "name" in values:
        values["sort_key"] = sort_key(values["name"])
    try:
        saved = save_version(row, values, based_on=based_on, actor=actor, now=now)
    except IntegrityError as error:
        raise Refused("point_code_taken", code=values.get("code", row.code)) from error
    if saved.is_changed:
        data = {"point": saved.row.pk, "code": saved.row.code, "version": saved.row.version}
        note_configuration(institution.pk, "servicepoints.point_saved", actor=actor, now=now, data=data)
    return saved.row


def _services(institution: Institution, values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the services that are given and why none is, where they were said."""
    if "service_ids" not in values:
        return {}
    given = sorted(values["service_ids"] or [])
    if not set(given) <= set(services(institution)):
        raise Refused("point_service")
    return {"service_ids": given, "no_services": "" if given else values.get("no_services", "")}


def _commune(institution: Institution, values: Mapping[str, Any]) -> dict[str, str]:
    """Return the commune and its code as the list of the country has them; as typed where none ships."""
    if "commune" not in values:
        return {}
    places, typed = institution.country.places, squeeze(values["commune"])
    if not typed or not places.locals:
        return {"commune": typed, "territory": ""}
    code = places.local_named(typed)
    if code is None:
        raise Refused("point_commune", name=typed)
    return {"commune": places.locals[code], "territory": code}


def _check_coordinates(institution: Institution, latitude: Decimal | None, longitude: Decimal | None) -> None:
    if latitude is None or longitude is None:
        return
    places = institution.country.places
    if not places.holds(latitude, longitude):
        is_swapped = abs(longitude) <= 90 and places.holds(longitude, latitude)
        raise Refused(
            "point_swapped" if is_swapped else "point_outside", country=institution.country.name,
            latitude=f"{latitude:.4f}", longitude=f"{longitude:.4f}",
        )  # fmt: skip


_LEAP = date(2024, 1, 1)


def _check_hours(hours: Hours, *, reason: str) -> None:
    if hours.closed_from and not squeeze(reason):
        raise Refused("point_closing")
    weeks = [hours.week, *(season.week for season in hours.seasons)]
    of_days = [other.windows for other in hours.exceptions]
    visits: dict[date, list[Window]] = {}
    for visit in hours.visits:
        visits.setdefault(visit.on, []).extend(visit.windows)
    of_days += [tuple(windows) for windows in visits.values()]
    if any(week_overlaps(week) for week in weeks) or any(overlaps(windows) for windows in of_days):
        raise Refused("point_hours")
    if len(hours.exceptions) > MOST_OTHER_DAYS or len(hours.visits) > MOST_OTHER_DAYS:
        raise Refused("point_days", most=MOST_OTHER_DAYS)
    days = [_LEAP + timedelta(days=ahead) for ahead in range(366)]
    if any(sum(season.covers(day) for season in hours.seasons) > 1 for day in days):
        raise Refused("point_seasons")
