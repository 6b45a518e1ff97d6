# SPDX-License-Identifier: EUPL-1.2
"""Another place of a body or of a unit: its running terms follow as those of a changed calendar do."""

from datetime import datetime

from django.db import transaction

from siac.clocks.commands.changes import start_moving
from siac.clocks.commands.moves import placed
from siac.clocks.commands.previews import approved_place, way_between
from siac.clocks.models import CalendarChange
from siac.organizations.public import ShownMoves


@transaction.atomic
def follow_place(
    institution_id: int,
    unit_id: int | None,
    before: str,
    after: str,
    *,
    actor_id: int | None,
    now: datetime,
    shown: ShownMoves | None = None,
) -> None:
    """Start the job that moves the live clocks of the body, or of its unit, from
    the days of one place to those of another.

    Raises:
        Refused: what was `shown` of it is not what it would do now (as `approved_place`).
    """
    preview = None
    if shown is not None:
        preview = approved_place(
            shown,
            institution_id=institution_id,
            unit_id=unit_id,
            before=before,
            after=after,
            actor_id=actor_id,
        )
    elif not placed(institution_id, unit_id, before).exists():
        return
    change = CalendarChange(
        institution_id=institution_id,
        unit_id=unit_id,
        action=CalendarChange.Action.PLACE,
        days=[],
        name=way_between(before, after),
        place_from=before,
        place_to=after,
        created_by_id=actor_id,
        created_at=now,
    )
    start_moving(change)
    if preview is not None:
        preview.change = change
        preview.save(update_fields=["state", "change"])
