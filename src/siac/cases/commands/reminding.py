# SPDX-License-Identifier: EUPL-1.2
"""The person is reminded, once, that a request must be completed before its term ends."""

from collections.abc import Iterator
from datetime import datetime
from functools import partial

from django.db import transaction

from siac.cases.commands.planning import calendar_of
from siac.cases.commands.terms import correction_clock
from siac.cases.commands.writing import tell
from siac.cases.domain.clock_kinds import CORRECTION, SUBJECT
from siac.cases.domain.states import State
from siac.cases.locking import cases_to_lock
from siac.cases.models import CaseMessage, MessageKind
from siac.clocks.public import Clock, running_clocks
from siac.infra.turns import Step
from siac.journal.public import record
from siac.notices.public import notices_of
from siac.organizations.public import Institution, steps_in_each_body

REMINDER = "cases.correction_reminder"


def remind_to_complete(*, now: datetime, limit: int = 500) -> int:
    """Remind the persons whose term to complete a request ends soon; return how many.

    Soon is two business days before the last day for a term of five or more, one for a shorter one;
    never on the very day on which it was asked.
    """
    return steps_in_each_body("cases.remind_to_complete", partial(_soon, now=now, limit=limit), now=now)


def _soon(institution: Institution, *, now: datetime, limit: int) -> Iterator[Step]:
    today, calendar = institution.local_date(now), calendar_of(institution)
    soon = calendar.add_business(today, 2)
    running = running_clocks(institution.pk, SUBJECT, (CORRECTION,), first=today, last=soon)
    for clock in running.filter(event_on__lt=today)[:limit]:
        if calendar.business_between(today, clock.due_on) <= (2 if clock.amount >= 5 else 1):
            yield f"case:{clock.subject_id}", partial(_remind, institution, clock, now=now)


@transaction.atomic
def _remind(institution: Institution, clock: Clock, *, now: datetime) -> int:
    case = cases_to_lock().get(institution=institution, pk=clock.subject_id)
    current = correction_clock(case)
    if case.state != State.WAITING or current is None or current.pk != clock.pk or case.person_id is None:
        return 0
    told = notices_of(institution.pk, SUBJECT, case.pk).filter(
        kind=REMINDER, created_at__gte=clock.started_at
    )
    if told.exists():
        return 0
    asked = CaseMessage.objects.filter(case=case, kind=MessageKind.ASK).order_by("-at", "-pk").first()
    tell(case, REMINDER, now=now, message=asked.pk if asked else None)
    record(institution.pk, case.stream, REMINDER, now, data={"until": clock.due_on.isoformat()})
    return 1
