# SPDX-License-Identifier: EUPL-1.2
"""The clocks that a change of calendar moved, as a file that a job prepares for who asked for it."""

import tempfile
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction

from siac.clocks.models import CalendarChange, MoveList
from siac.clocks.queries.changes import changes_for, move_rows, moves_of
from siac.documents.public import Content, Prepared
from siac.infra.jobs import ASKED
from siac.infra.longwork import Line, TimeSource, begin, tell
from siac.infra.tables.rows import csv_bytes
from siac.kernel.errors import Refused
from siac.organizations.public import Access, StaffRight, access_in

LINE = Line(
    MoveList, "clocks.list_moves", "list_id", queue=ASKED, related=("institution", "requested_by", "change")
)
HEADERS = ("Solicitud", "Unidad", "Plazo", "Vencía", "Vence")
NOT_COVERED = "Sin cambio: fuera de los años del calendario"
_TOLD_EVERY = 1000


@transaction.atomic
def begin_move_list(*, access: Access, change: CalendarChange, now: datetime) -> MoveList:
    """Start the job that lists what `change` moved in the body of `access`.

    Raises:
        PermissionDenied: the user does not look after calendars.
    """
    access.require(StaffRight.CALENDARS)
    total = moves_of(change, access.institution).count()
    made = MoveList(
        institution=access.institution, requested_by=access.user, change=change, total=total, created_at=now
    )
    return begin(LINE, made, now=now, refusal="move_list_begun")


def _build(made: MoveList, clock: TimeSource) -> Content:
    access = access_in(made.requested_by, made.institution.slug)
    _may(made, access, clock())
    target = tempfile.TemporaryFile()  # noqa: SIM115 - whoever keeps it closes it
    try:
        for line in csv_bytes(HEADERS, _rows(made, clock)):
            target.write(line)
    except BaseException:
        target.close()
        raise
    return Content(f"plazos-movidos-{made.change_id}.csv", "text/csv", target)


def _rows(made: MoveList, clock: TimeSource) -> Iterator[tuple[str, str, str, date, date | str]]:
    moves = moves_of(made.change, made.institution).iterator(chunk_size=_TOLD_EVERY)
    for done, row in enumerate(move_rows(made.institution, moves), start=1):
        if done % _TOLD_EVERY == 0:
            tell(made, clock(), done=done)
        yield row.subject.name, row.subject.unit, row.label, row.before, row.after or NOT_COVERED


def _kept(made: MoveList, content: Content, now: datetime) -> None:
    made.done = made.total
    made.save(update_fields=["done"])


def _may(made: MoveList, access: Access, now: datetime) -> None:
    """Ask again for the right to calendars, and whether the change is one of this body."""
    access.require(StaffRight.CALENDARS)
    if not changes_for(access.institution).filter(pk=made.change_id).exists():
        raise Refused("prepared_out_of_reach")


MOVE_LISTS: Prepared[MoveList, Any] = Prepared(
    "move_list", LINE, _build, _may, keep=timedelta(hours=24), kept=_kept
)
