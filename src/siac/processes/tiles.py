# SPDX-License-Identifier: EUPL-1.2
"""The tasks of processes that somebody has, on their first page."""

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from siac.organizations.public import Access
from siac.processes.domain.rights import ProcessRight
from siac.processes.queries import task_text, waiting_tasks
from siac.ui.tiles import SHOWN, Ahead, AheadItem, Tile, TileRow


def _rows(access: Access, today: date) -> Sequence[TileRow]:
    rows = waiting_tasks(access).select_related("run__guide").order_by("due_on", "pk")[:SHOWN]
    found = []
    for row in rows:
        url = reverse(
            "workspace:processes:task", args=[access.institution.slug, row.run_id, row.phase, row.task]
        )
        found.append(TileRow(task_text(row), url, row.run.guide.title, due_on=row.due_on, act="Hacer"))
    return found


def _ahead(access: Access, first: date, last: date) -> Sequence[AheadItem]:
    rows = waiting_tasks(access).filter(due_on__range=(first, last)).select_related("run")
    url = reverse("workspace:processes:tasks", args=[access.institution.slug])
    return [
        AheadItem(row.due_on, f"Tarea de {row.phase}", url)
        for row in rows.order_by("due_on", "pk")
        if row.due_on is not None
    ]


TILE = Tile(
    "Tareas de procesos",
    "workspace:processes:tasks",
    lambda access: access.has(ProcessRight.READ),
    46,
    counted=lambda access, today: (waiting_tasks(access),),
    late=lambda access, today: waiting_tasks(access).filter(due_on__lt=today),
    rows=_rows,
    sql=1,
)
AHEAD = Ahead("processes.tasks", lambda access: access.has(ProcessRight.READ), _ahead, 1)
