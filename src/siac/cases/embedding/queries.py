# SPDX-License-Identifier: EUPL-1.2
"""Which sites may show the form of a body."""

from siac.cases.models import EmbeddingSite
from siac.organizations.public import Institution


def embedding_sites(institution: Institution) -> list[EmbeddingSite]:
    """Return the sites, by address (1 SQL)."""
    return list(EmbeddingSite.objects.filter(institution=institution))


def origins(institution: Institution) -> list[str]:
    """Return the origins that browsers may show the form under (1 SQL)."""
    return [site.origin for site in embedding_sites(institution)]
