# SPDX-License-Identifier: EUPL-1.2
"""What was agreed in bodies and is not done, and what waits for a vote, on the first page of who does it."""

from siac.governance.domain.rights import CouncilRight
from siac.governance.queries import open_agreements, to_vote, was_seated
from siac.ui.tiles import Tile

TILES = (
    Tile(
        "Acuerdos pendientes",
        "workspace:governance:agreements",
        lambda access: access.has(CouncilRight.KEEP),
        48,
        counted=lambda access, today: (open_agreements(access),),
        late=lambda access, today: open_agreements(access).filter(due_on__lt=today),
    ),
    Tile(
        "Por votar",
        "workspace:governance:mine",
        was_seated,  # a seat, not a role: quality managers and authorities have some too
        1,
        counted=lambda access, today: (to_vote(access, today),),
    ),
)
