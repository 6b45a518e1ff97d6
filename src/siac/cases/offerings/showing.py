# SPDX-License-Identifier: EUPL-1.2
"""Where the service of a request is shown, what narrows the list by it, and where it begins."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.urls import reverse

from siac.cases.access import may_read_cases
from siac.cases.domain.rights import CaseRight
from siac.cases.models import Case
from siac.cases.offerings.texts import BEGIN
from siac.cases.queries import portal_kinds
from siac.catalogue.public import Service, ServiceAct, ServiceLink, ServicePanel, services
from siac.organizations.public import Access

SERVICE = "servicio"
"""What names a service in addresses: by its code outside, by its key in the house."""


def about_part(access: Access, case: Case, now: datetime) -> Mapping[str, Any]:
    """Return the service that a request is about, for its page; no SQL when warm."""
    return {"about": services(access.institution).get(case.service_id or 0)}


def by_service(access: Access, value: str) -> tuple[str, Q] | None:
    """Narrow the work list to the requests about a service of the body; no SQL when warm."""
    found = next((row for pk, row in services(access.institution).items() if str(pk) == value), None)
    return None if found is None else (f"Servicio: {found.name}", Q(service=found.pk))


def _begin(service: Service) -> str:
    """Return where somebody begins a request about a service; empty where the portal takes none. No SQL when
    warm.
    """
    if not portal_kinds(service.institution):
        return ""
    choose = reverse("portal:cases:choose", args=[service.institution.slug])
    return f"{choose}?{SERVICE}={service.code}"


def _file(service: Service, access: Access) -> str:
    if not access.has(CaseRight.FILE):
        return ""
    return f"{reverse('workspace:cases:new', args=[access.institution.slug])}?{SERVICE}={service.pk}"


def _listed(service: Service, access: Access | None) -> Mapping[str, Any] | None:
    if access is None or not may_read_cases(access):
        return None
    listed = reverse("workspace:cases:list", args=[access.institution.slug])
    return {"url": f"{listed}?vista=todas&{SERVICE}={service.pk}"}


LINK = ServiceLink(lambda service: BEGIN[service.offering], _begin)
ACT = ServiceAct("Ingresar solicitud", "i", _file)
PANEL = ServicePanel("Solicitudes sobre esto", "cases/workspace/_about_service.html", _listed)
