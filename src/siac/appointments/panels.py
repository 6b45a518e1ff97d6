# SPDX-License-Identifier: EUPL-1.2
"""What appointments add to pages of lower contexts: where a service or a place can be booked, and to which
hour somebody who was attended had come.
"""

from collections.abc import Mapping
from typing import Any

from siac.appointments.models import Agenda
from siac.appointments.queries import appointment_of_visits, open_agendas
from siac.appointments.texts import moment_words
from siac.cases.public import AttentionPanel, Interaction
from siac.catalogue.public import Service, ServicePanel
from siac.counter.public import visits_of_attentions
from siac.organizations.public import Access
from siac.servicepoints.public import PointPanel, ServicePoint, service_points


def _of_service(service: Service, access: Access | None) -> Mapping[str, Any] | None:
    """Return the agendas of a service; None where it has none (no SQL when warm)."""
    institution = service.institution
    points = service_points(institution)
    found = [each for each in open_agendas(institution) if each.service_id == service.pk]
    return {"agendas": [(each, points[each.point_id].name) for each in found]} if found else None


def _of_point(point: ServicePoint) -> Mapping[str, Any] | None:
    """Return the agendas of a place; None where it has none (no SQL when warm)."""
    found: list[Agenda] = [each for each in open_agendas(point.institution) if each.point_id == point.pk]
    return {"agendas": [(each, "") for each in found]} if found else None


def _of_attention(row: Interaction, access: Access) -> Mapping[str, Any] | None:
    """Return the hour for which somebody who was attended came; None where they had none (2 SQL)."""
    visits = visits_of_attentions([row.pk])
    found = appointment_of_visits(access.institution, visits) if visits else None
    if found is None:
        return None
    return {"appointment": found, "when": moment_words(found.begins_at, found.zone)}


_BOOK = "appointments/portal/_book.html"
SERVICE_PANELS = (ServicePanel("Pedir hora", _BOOK, _of_service, is_public=True),)
POINT_PANEL = PointPanel("Pedir hora", _BOOK, _of_point)
ATTENTION_PANEL = AttentionPanel("Cita", "appointments/workspace/_attention.html", _of_attention)
