# SPDX-License-Identifier: EUPL-1.2
"""Where a service is given, on its own pages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.utils.timezone import now as current_time

from siac.catalogue.public import Service, ServiceLine, ServicePanel
from siac.organizations.public import Access, Institution
from siac.servicepoints.nearest import named_in, nearness
from siac.servicepoints.queries import hours_words, points_giving, service_points
from siac.servicepoints.telling import Standing, listed_points, standings


def _where(service: Service, access: Access | None) -> Mapping[str, Any] | None:
    """Return the places that give a service with how they stand now; None where none does (SQL as
    `days_off_of`).
    """
    now = current_time()
    points = points_giving(service.institution, service.pk)
    told = listed_points(points, service.institution.local_date(now))
    return {"standings": standings(told, now)} if told else None


def _said(service: Service, access: Access | None) -> Mapping[str, Any] | None:
    """Return what is said of those places by telephone: how each stands, where it is and its hours (SQL as
    `days_off_of`).
    """
    found = _where(service, access)
    return found and {"rows": [_row(each) for each in found["standings"]]}


def _row(each: Standing) -> dict[str, Any]:
    where = ", ".join(filter(None, (each.point.address, each.point.commune)))
    return {"standing": each, "where": where, "hours": hours_words(each.point)}


PANELS = (
    ServicePanel("Dónde se da", "servicepoints/portal/_giving.html", _where, is_public=True),
    ServicePanel("Dónde se da", "servicepoints/portal/_giving.html", _where),
    ServicePanel("Dónde y a qué hora", "servicepoints/workspace/_said.html", _said, is_read_aloud=True),
)


def _lines(institution: Institution, found: Sequence[Service], asked: str) -> Mapping[int, Mapping[str, Any]]:
    """Return for each service that a place gives the one to go to, and how many more there are: the nearest
    to the commune that the question names, else one that is open, else the next to open (SQL as
    `days_off_of`).
    """
    now = current_time()
    wanted = {row.pk for row in found}
    points = listed_points(service_points(institution).values(), institution.local_date(now))
    giving = [point for point in points if wanted & set(point.service_ids)]
    if not giving:
        return {}
    names = institution.country.places.locals.values()
    origin = named_in(institution, asked, names, points)
    told = [each for each in standings(giving, now) if not _is_closed(each, now)]

    def order(each: Standing) -> tuple[Any, ...]:
        opens = each.state.changes_at if each.state and not each.is_open else None
        soon = (not each.is_open, opens is None, opens.timestamp() if opens else 0)
        return (*nearness(origin, each.point)[:2], *soon) if origin else soon

    lines: dict[int, Mapping[str, Any]] = {}
    for row in found:
        places = sorted((each for each in told if row.pk in each.point.service_ids), key=order)
        if places:
            first = places[0]
            lines[row.pk] = {
                "standing": first,
                "hours": hours_words(first.point),
                "more": len(places) - 1,
                "code": row.code,
            }
    return lines


def _is_closed(each: Standing, now: datetime) -> bool:
    closed = each.point.hours.closed_from
    return closed is not None and closed <= now.astimezone(each.point.zone).date()


LINE = ServiceLine("servicepoints/portal/_nearest.html", _lines)
