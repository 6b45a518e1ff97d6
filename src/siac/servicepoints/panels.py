# SPDX-License-Identifier: EUPL-1.2
"""Where a service is given, on its own pages."""

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import now as current_time

from siac.catalogue.public import Service, ServicePanel
from siac.organizations.public import Access
from siac.servicepoints.queries import hours_words, points_giving
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
