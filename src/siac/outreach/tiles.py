# SPDX-License-Identifier: EUPL-1.2
"""What waits of outreach, on the first page of who keeps it."""

from siac.outreach.domain.rights import OutreachRight
from siac.outreach.queries import outdated, to_evaluate
from siac.ui.tiles import Tile

OUTDATED = Tile(
    "Afiches y folletos por rehacer", "workspace:outreach:materials",
    lambda access: access.has(OutreachRight.KEEP), 60,
    counted=lambda access, today: (outdated(access.institution, today),),
)  # fmt: skip
UNEVALUATED = Tile(
    "Campañas por evaluar", "workspace:outreach:campaigns", lambda access: access.has(OutreachRight.KEEP), 62,
    counted=lambda access, today: (to_evaluate(access.institution, today),),
)  # fmt: skip
TILES = (OUTDATED, UNEVALUATED)
