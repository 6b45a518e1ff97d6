# SPDX-License-Identifier: EUPL-1.2
"""The shapes of territories as outlines of the maps of places."""

from siac.indicators.models import TerritoryShapes
from siac.organizations.public import Institution
from siac.servicepoints.public import Outline


def outline(institution: Institution) -> Outline | None:
    """Return the shapes that a body brought with where they lie; None where it has none, or brought them
    before that was kept (1 SQL).
    """
    row = TerritoryShapes.objects.filter(institution=institution).first()
    if row is None or row.west is None or row.north is None or row.across is None or row.down is None:
        return None
    return Outline(row.areas, row.west, row.north, row.across, row.down, row.source)
