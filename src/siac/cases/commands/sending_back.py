# SPDX-License-Identifier: EUPL-1.2
"""A unit sends back a case that is not its own, to be referred again."""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.answer_drafts import call_back
from siac.cases.commands.handling import keep, locked
from siac.cases.commands.terms import hand_to_unit
from siac.cases.commands.writing import write
from siac.cases.domain.states import Move
from siac.cases.models import Case, MessageKind
from siac.journal.public import history
from siac.kernel.errors import Refused
from siac.notices.public import NewNotice, queue_many
from siac.organizations.public import Institution

NOTICE = "cases.sent_back"


@transaction.atomic
def send_back(
    *, institution: Institution, case_id: int, version: int | None, reason: str, actor: User, now: datetime
) -> Case:
    """Take the case from the unit that has it, with the reason as a note; whoever referred it is told.

    Where rules or the form gave it its unit, whoever of the house filed it is told. An answer
    that waited to be approved is a draft again (`call_back`).

    Raises:
        Refused: no unit has it (send_back_no_unit), it is restricted and hardly anybody would see it then
            (send_back_restricted), no reason, changed meanwhile, or not in this state.
    """
    case, state = locked(institution, case_id, version, Move.SEND_BACK)
    if case.unit_id is None:
        raise Refused("send_back_no_unit")
    if case.is_restricted:
        raise Refused("send_back_restricted")
    told = _who_referred(case)
    data = {
        "before": case.unit_id,
        "told": told,
        **write(case, MessageKind.NOTE, reason, author=actor, now=now),
    }
    case.unit_id, case.assignee, case.state = None, None, state
    hand_to_unit(institution, case, now=now)
    call_back(case, actor=actor, now=now)
    if told not in (None, actor.pk):
        notice = NewNotice(
            kind=NOTICE,
            recipient=f"user:{told}",
            channel="email",
            subject_type="user",
            subject_id=told,
            context={},
        )
        queue_many(institution.pk, [notice], now)
    fields = ("unit", "assignee", "state", "due_on", "legal_due_on")
    return keep(case, "cases.sent_back", actor=actor, now=now, fields=fields, data=data)


def _who_referred(case: Case) -> int | None:
    """Return the user who referred a case last, else who filed it for somebody (1 SQL)."""
    referrals = [
        entry for entry in history(case.institution_id, case.stream) if entry.kind == "cases.referred"
    ]
    return referrals[-1].actor_id if referrals else case.filed_by_id
