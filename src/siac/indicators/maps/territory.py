# SPDX-License-Identifier: EUPL-1.2
"""Where people live, as whoever counts them tells it."""

from collections.abc import Mapping

from siac.infra.metrics import sources
from siac.organizations.public import Institution

TERRITORY = "commune"
"""The trait that says where people live."""


def territory_names(institution: Institution) -> Mapping[str, str]:
    """Return every territory by its code (1 SQL where no list of the country ships); none where nobody counts
    by territory.
    """
    found = (each for of in sources() for each in of.dimensions if each.key == TERRITORY)
    dimension = next(found, None)
    return dimension.names(institution) if dimension else {}
