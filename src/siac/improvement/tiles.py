# SPDX-License-Identifier: EUPL-1.2
"""What of plans waits, on the first page of who follows them."""

from datetime import timedelta

from siac.improvement.domain.rights import ImprovementRight
from siac.improvement.queries import late_actions, silent_plans
from siac.ui.tiles import Tile

SILENT_AFTER = timedelta(days=30)
"""A plan of which nobody wrote for so long waits for somebody to ask."""


TILES = (
    Tile(
        "Mejora: acciones atrasadas", "workspace:improvement:actions",
        lambda access: access.has(ImprovementRight.FOLLOW), 47,
        counted=lambda access, today: (late_actions(access, today=today),),
        late=lambda access, today: late_actions(access, today=today),
        query="?estado=atrasadas",
    ),
    Tile(
        "Planes de mejora sin avance", "workspace:improvement:plans",
        lambda access: access.has(ImprovementRight.KEEP), 48,
        counted=lambda access, today: (silent_plans(access, since=today - SILENT_AFTER),),
        query="?estado=sin-avance",
    ),
)  # fmt: skip
