# SPDX-License-Identifier: EUPL-1.2
"""What of plans waits, on the first page of who follows them."""

from collections.abc import Sequence
from datetime import date, timedelta

from django.urls import reverse

from siac.improvement.domain.rights import ImprovementRight
from siac.improvement.queries import late_actions, silent_plans
from siac.organizations.public import Access
from siac.ui.tiles import SHOWN, Tile, TileRow

SILENT_AFTER = timedelta(days=30)
"""A plan of which nobody wrote for so long waits for somebody to ask."""


def _late_rows(access: Access, today: date) -> Sequence[TileRow]:
    slug = access.institution.slug
    return [
        TileRow(
            row.title, reverse("workspace:improvement:action", args=[slug, row.pk]), row.plan.name,
            row.unit.name, row.due_on, "Anotar avance",
        )
        for row in late_actions(access, today=today).order_by("due_on", "pk")[:SHOWN]
    ]  # fmt: skip


TILES = (
    Tile(
        "Mejora: acciones atrasadas", "workspace:improvement:actions",
        lambda access: access.has(ImprovementRight.FOLLOW), 47,
        counted=lambda access, today: (late_actions(access, today=today),),
        late=lambda access, today: late_actions(access, today=today), rows=_late_rows, sql=1,
        query="?estado=atrasadas",
    ),
    Tile(
        "Planes de mejora sin avance", "workspace:improvement:plans",
        lambda access: access.has(ImprovementRight.KEEP), 48,
        counted=lambda access, today: (silent_plans(access, since=today - SILENT_AFTER),),
        query="?estado=sin-avance",
    ),
)  # fmt: skip
