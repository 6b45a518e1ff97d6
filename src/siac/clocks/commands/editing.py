# SPDX-License-Identifier: EUPL-1.2
"""One edit of a calendar as staff make it: the day, the version, the journal and the moved clocks together."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from siac.clocks.commands.calendar import add_days, revoke_days
from siac.clocks.commands.moves import apply_calendar_change
from siac.clocks.domain.registry import Moved


@transaction.atomic
def add_days_and_move(
    *,
    layer_code: str,
    days: Sequence[date],
    name: str,
    kind: str,
    source: str,
    reason: str,
    institution_id: int,
    actor_id: int | None,
    now: datetime,
) -> list[Moved]:
    """Add days off and move every live clock they touch; return the moves.

    Raises:
        Refused: as `add_days` and `apply_calendar_change`; nothing is changed then.
    """
    add_days(
        layer_code=layer_code,
        days=days,
        name=name,
        kind=kind,
        source=source,
        reason=reason,
        institution_id=institution_id,
        actor_id=actor_id,
        now=now,
    )
    return apply_calendar_change(layer_code, days=days, now=now)


@transaction.atomic
def revoke_days_and_move(
    *,
    layer_code: str,
    days: Sequence[date],
    reason: str,
    institution_id: int,
    actor_id: int | None,
    now: datetime,
) -> list[Moved]:
    """Revoke days off and move every live clock they touch; return the moves.

    Raises:
        Refused: as `revoke_days` and `apply_calendar_change`; nothing is changed then.
    """
    revoke_days(
        layer_code=layer_code,
        days=days,
        reason=reason,
        institution_id=institution_id,
        actor_id=actor_id,
        now=now,
    )
    return apply_calendar_change(layer_code, days=days, now=now)
