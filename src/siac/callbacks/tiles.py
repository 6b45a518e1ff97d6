# SPDX-License-Identifier: EUPL-1.2
"""Calls to return on the first page of those who make them."""

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from siac.callbacks.domain.rights import CallRight
from siac.callbacks.models import CallBack
from siac.callbacks.queries import late_calls, open_calls
from siac.callbacks.telling import due_words
from siac.organizations.public import Access
from siac.ui.tiles import SHOWN, Ahead, AheadItem, Tile, TileRow


def _counted(access: Access, today: date) -> Sequence[QuerySet[CallBack]]:
    return [open_calls(access)]


def _rows(access: Access, today: date) -> Sequence[TileRow]:
    """Return the first calls to be made (1 SQL); whom to call is said on their pages only."""
    rows = open_calls(access).select_related("interaction__topic", "taken_by", "institution")
    return [
        TileRow(
            row.interaction.topic.name if row.interaction.topic else "Devolver una llamada",
            reverse("workspace:callbacks:call", args=[access.institution.slug, row.pk]),
            f"a más tardar el {due_words(row)}",
            row.taken_by.name if row.taken_by else "",
            due_on=row.due_on,
            act="Llamar",
        )
        for row in rows.order_by("due_at", "pk")[:SHOWN]
    ]


def _ahead(access: Access, first: date, last: date) -> Sequence[AheadItem]:
    """Return the days on which calls are due (1 SQL)."""
    url = reverse("workspace:callbacks:calls", args=[access.institution.slug])
    days = open_calls(access).filter(due_on__range=(first, last), first_call_at=None)
    counts: dict[date, int] = {}
    for day in days.order_by("due_on").values_list("due_on", flat=True):
        counts[day] = counts.get(day, 0) + 1
    return [
        AheadItem(day, f"{count} llamada{'' if count == 1 else 's'} por devolver", url)
        for day, count in counts.items()
    ]


TILE = Tile(
    "Llamadas por devolver",
    "workspace:callbacks:calls",
    lambda access: access.has(CallRight.CALL),
    12,
    counted=_counted,
    late=late_calls,
    rows=_rows,
    sql=1,
)
AHEAD = Ahead("callbacks.due", lambda access: access.has(CallRight.CALL), _ahead, 1)
