# SPDX-License-Identifier: EUPL-1.2
"""What else can be done at the screen of a point: the public pages that it leads to."""

from urllib.parse import urlencode

from django.urls import reverse

from siac.catalogue.public import services
from siac.counter.doors import KioskDoor
from siac.organizations.public import Institution
from siac.servicepoints.public import ServicePoint, service_points


def _filing(institution: Institution, _: ServicePoint) -> str:
    return reverse("portal:cases:choose", args=[institution.slug])


def _following(institution: Institution, _: ServicePoint) -> str:
    return reverse("portal:cases:track", args=[institution.slug])


def _procedures(institution: Institution, _: ServicePoint) -> str:
    if not any(each.is_active for each in services(institution).values()):
        return ""
    return reverse("portal:catalogue:services", args=[institution.slug])


def _offices(institution: Institution, point: ServicePoint) -> str:
    """Return the list of places open now, the nearest to this one first; none where there is no other."""
    if sum(each.is_active for each in service_points(institution).values()) < 2:
        return ""
    asked = {"abierto": "ahora", **({"cerca": point.commune} if point.commune else {})}
    return f"{reverse('portal:servicepoints:points', args=[institution.slug])}?{urlencode(asked)}"


DOORS = (
    KioskDoor("solicitud", "Ingresar una solicitud", "Reclamos, consultas, sugerencias.", _filing),
    KioskDoor("seguimiento", "Seguir mi solicitud", "Con su código.", _following),
    KioskDoor("tramites", "Buscar un trámite", "Requisitos, plazos y costos.", _procedures),
    KioskDoor("oficinas", "Otra oficina abierta", "La más cercana.", _offices),
)
