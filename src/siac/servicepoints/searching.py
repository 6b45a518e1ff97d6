# SPDX-License-Identifier: EUPL-1.2
"""What the search of the house finds of places: those called so, those of a commune, those that give a
service that was found; each with whether it is open.
"""

from collections.abc import Sequence
from datetime import datetime

from django.urls import reverse

from siac.catalogue.public import Index, Service, find_services
from siac.infra.config_cache import ConfigCache
from siac.organizations.public import Access, Institution
from siac.servicepoints.models import ServicePoint
from siac.servicepoints.queries import hours_words, service_points
from siac.servicepoints.telling import Standing, listed_points, standings
from siac.ui.searching import FEW, Match, SearchGroup, SearchSource

_NAME, _COMMUNE, _REST = 8, 8, 1
"""How much a word counts by where it stands."""
_INDEXES: ConfigCache[dict[str, Index]] = ConfigCache(lambda institution_id: {}, size=16)


def _find(access: Access, text: str, now: datetime, most: int) -> list[SearchGroup]:
    institution = access.institution
    services = find_services(institution, text)[:FEW]
    shown = _meant(institution, text, services, now)[: most + 1]
    told = [_match(access, each, services) for each in standings(shown, now)]
    return [SearchGroup("oficinas", "Oficinas y otros puntos de atención", 30, told)]


def _meant(
    institution: Institution, text: str, services: Sequence[Service], now: datetime
) -> list[ServicePoint]:
    """Return the places that are told and meant: first those named or of a commune named that give the
    first service found, then the other named ones, then those that only give a service, in the order of
    these. No SQL when warm.
    """
    points = listed_points(service_points(institution).values(), institution.local_date(now))
    known = {point.pk: point for point in points}
    named = [each.key for each in _index(institution).find(text, most=len(known) or 1) if each.key in known]
    ranks = {pk: rank for rank, pk in enumerate(named)}
    given = [service.pk for service in services]

    def order(point: ServicePoint) -> tuple[bool, int, int]:
        gives = next((place for place, pk in enumerate(given) if pk in point.service_ids), len(given))
        return point.pk not in ranks, gives, ranks.get(point.pk, 0)

    wanted = [point for point in points if point.pk in ranks or set(given) & set(point.service_ids)]
    return sorted(wanted, key=order)


def _index(institution: Institution) -> Index:
    kept = _INDEXES.get(institution)
    if "points" not in kept:
        kept["points"] = Index(
            {
                pk: ((_NAME, point.name), (_COMMUNE, point.commune), (_REST, point.address))
                for pk, point in service_points(institution).items()
            }
        )
    return kept["points"]


def _match(access: Access, each: Standing, services: Sequence[Service]) -> Match:
    point = each.point
    gives = [service.name for service in services if service.pk in point.service_ids]
    where = " · ".join(filter(None, (point.type.name, point.address, point.commune)))
    told = (
        where,
        hours_words(point) or "Sin horario publicado",
        f"Teléfono {point.phone}" if point.phone else "",
        f"Da: {', '.join(gives)}" if gives else "",
    )
    url = reverse("portal:servicepoints:point", args=[access.institution.slug, point.code])
    return Match(point.name, url, [line for line in told if line], each.words, each.colour)


POINTS = SearchSource("points", _find)
