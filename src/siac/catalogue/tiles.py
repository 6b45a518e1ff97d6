# SPDX-License-Identifier: EUPL-1.2
"""The sheets that wait for somebody, counted on their first page; the lists say which."""

from siac.catalogue.domain.drafts import DraftState
from siac.catalogue.domain.rights import ServiceRight
from siac.catalogue.queries import due_for_review, open_drafts
from siac.ui.tiles import Tile

TILES = (
    Tile(
        "Fichas por aprobar",
        "workspace:catalogue:drafts",
        lambda access: access.has(ServiceRight.PUBLISH),
        47,
        counted=lambda access, today: (open_drafts(access.institution).filter(state=DraftState.REVIEW),),
        query="?estado=review",
    ),
    Tile(
        "Fichas por revisar",
        "workspace:catalogue:reviews",
        lambda access: access.has(ServiceRight.KEEP),
        48,
        counted=lambda access, today: (due_for_review(access.institution, today),),
        late=lambda access, today: due_for_review(access.institution, today).filter(review_on__lte=today),
    ),
)
