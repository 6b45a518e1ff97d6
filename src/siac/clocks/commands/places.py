# SPDX-License-Identifier: EUPL-1.2
"""Another place of a body or of a unit: its running terms follow as those of a changed calendar do."""

from datetime import datetime

from django.db import transaction

from siac.clocks.commands.changes import start_moving
from siac.clocks.commands.moves import placed
from siac.clocks.models import CalendarChange
from siac.clocks.queries.places import place_name


@transaction.atomic
def follow_place(
    institution_id: int, unit_id: int | None, before: str, after: str, *, actor_id: int | None, now: datetime
) -> None:
    """Start the job that moves the live clocks of the body, or of its unit, from
    the days of one place to those of another.
    """
    total = placed(institution_id, unit_id, before).count()
    if not total:
        return
    change = CalendarChange(
        institution_id=institution_id,
        unit_id=unit_id,
        action=CalendarChange.Action.PLACE,
        days=[],
        name=f"{place_name(before)} → {place_name(after)}"[:120],
        place_from=before,
        place_to=after,
        created_by_id=actor_id,
        created_at=now,
    )
    start_moving(change, total)
