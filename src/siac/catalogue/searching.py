# SPDX-License-Identifier: EUPL-1.2
"""What the search of the house finds in the catalogue: services, by everyday words."""

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse

from siac.catalogue.domain.rights import ServiceRight
from siac.catalogue.finding import find_services
from siac.catalogue.models import Service
from siac.catalogue.queries import term_words
from siac.organizations.public import Access
from siac.ui.searching import Match, SearchGroup, SearchSource


def _find(access: Access, text: str, now: datetime, most: int) -> list[SearchGroup]:
    if not access.has(ServiceRight.READ):
        return []
    found = find_services(access.institution, text)[: most + 1]
    return [SearchGroup("servicios", "Servicios", 20, [_match(access, row, text) for row in found])]


def _match(access: Access, row: Service, text: str) -> Match:
    term = term_words(row)
    told = (
        row.summary, f"Plazo: {term}" if term else "Sin plazo comprometido",
        f"Costo: {row.cost}" if row.cost else "Costo sin decir",
    )  # fmt: skip
    url = reverse("workspace:catalogue:script", args=[access.institution.slug, row.pk])
    return Match(row.name, f"{url}?{urlencode({'q': text})}", [each for each in told if each])


SERVICES = SearchSource("services", _find)
