# SPDX-License-Identifier: EUPL-1.2
"""What was agreed in bodies and is not done, on the first page of who follows it."""

from siac.governance.domain.rights import CouncilRight
from siac.governance.queries import open_agreements
from siac.ui.tiles import Tile

TILE = Tile(
    "Acuerdos pendientes",
    "workspace:governance:agreements",
    lambda access: access.has(CouncilRight.KEEP),
    48,
    counted=lambda access, today: (open_agreements(access),),
    late=lambda access, today: open_agreements(access).filter(due_on__lt=today),
)
