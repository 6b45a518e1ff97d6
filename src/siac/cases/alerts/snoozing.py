# SPDX-License-Identifier: EUPL-1.2
"""Putting a case out of one's own list for a while: until a day, or until something happens; no clock
stops.
"""

from datetime import date, datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.handling import keep, locked
from siac.cases.domain.states import Move
from siac.cases.models import Case
from siac.kernel.errors import Refused
from siac.organizations.public import Institution
from siac.ui.public import long_date


@transaction.atomic
def snooze_case(
    *,
    institution: Institution,
    case_id: int,
    version: int | None,
    until: date | None,
    actor: User,
    now: datetime,
) -> Case:
    """Hide a case from «Mías» of its assignee until the local day `until`, or
    (None) until anything happens to it.

    It is never hidden on the day on which its next term ends, nor after it; and
    whatever the person does brings it back.

    Raises:
        Refused: it is not the actor's (snooze_not_yours), nothing runs or it is due (snooze_due), the day is
            not to come or lies beyond the next due day (snooze_beyond); changed meanwhile, or not open.
    """
    case, _ = locked(institution, case_id, version, Move.SNOOZE)
    today = institution.local_date(now)
    if case.assignee_id != actor.pk:
        raise Refused("snooze_not_yours")
    if case.due_on is None or case.due_on <= today:
        raise Refused("snooze_due")
    if until is not None and not today < until <= case.due_on:
        raise Refused("snooze_beyond", due=long_date(case.due_on))
    case.snoozed_until = until or case.due_on
    case.snoozed_version = None if until else case.version
    data = {"until": case.snoozed_until.isoformat(), "or_news": until is None}
    return keep(
        case, "cases.snoozed", actor=actor, now=now, fields=("snoozed_until", "snoozed_version"), data=data
    )


@transaction.atomic
def wake_case(
    *, institution: Institution, case_id: int, version: int | None, actor: User, now: datetime
) -> Case:
    """Show a snoozed case in «Mías» again.

    Raises:
        Refused: changed meanwhile, or not open.
    """
    case, _ = locked(institution, case_id, version, Move.SNOOZE)
    case.snoozed_until = None
    return keep(case, "cases.woken", actor=actor, now=now, fields=("snoozed_until",), data={})
