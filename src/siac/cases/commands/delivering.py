# SPDX-License-Identifier: EUPL-1.2
"""Noting that an answer reached its person by hand: a letter posted, collected at a counter, told by
phone; and that a letter came back.
"""

from datetime import date, datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.commands.undo_offers import UNDO_FOR
from siac.cases.locking import cases_to_lock
from siac.cases.models import Case
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.notices.public import ReturnReason, mark_sent, note_returned, notices_of, undo_returned
from siac.organizations.public import Institution

PROOF_LIMIT = 200


@transaction.atomic
def record_delivery(
    *, institution: Institution, case_id: int, notice_id: int, proof: str, actor: User, now: datetime
) -> Case:
    """Note what proves that the notice `notice_id` of a case reached its person, or was posted; once.

    Raises:
        Refused: no proof is given (delivery_unproven), the notice is none of this
            case or was noted already (delivery_done).
    """
    case = cases_to_lock().get(institution=institution, pk=case_id)
    text = squeeze(proof)
    if not text:
        raise Refused("delivery_unproven")
    notice = notices_of(institution.pk, "case", case.pk).filter(pk=notice_id).first()
    if notice is None:
        raise Refused("delivery_done")
    try:
        mark_sent(institution.pk, notice_id, actor_id=actor.pk, now=now, proof=text[:PROOF_LIMIT])
    except Refused:
        raise Refused("delivery_done") from None
    data = {"notice": notice_id, "channel": notice.channel}
    record(institution.pk, case.stream, "cases.delivered", now, actor.pk, data)
    return case


@transaction.atomic
def record_return(
    *,
    institution: Institution,
    case_id: int,
    notice_id: int,
    returned_on: date,
    reason: ReturnReason,
    actor: User,
    now: datetime,
) -> Case:
    """Note that the letter `notice_id` of a case came back on a local day: its person waits to be told again.

    Raises:
        Refused: as `note_returned`; a notice of another case is none (return_no_letter).
    """
    case = _case_of(institution, case_id, notice_id)
    note_returned(
        institution.pk, notice_id, returned_on=returned_on, reason=reason, actor_id=actor.pk, now=now
    )
    data = {"notice": notice_id, "reason": reason.value, "returned_on": returned_on.isoformat()}
    record(institution.pk, case.stream, "cases.letter_returned", now, actor.pk, data)
    return case


@transaction.atomic
def undo_return(
    *, institution: Institution, case_id: int, notice_id: int, actor: User, now: datetime
) -> Case:
    """Take back that a letter came back, by whoever noted it and for `UNDO_FOR`.

    Raises:
        Refused: as `undo_returned`; a notice of another case is none (return_no_letter).
    """
    case = _case_of(institution, case_id, notice_id)
    undo_returned(institution.pk, notice_id, within=UNDO_FOR, actor_id=actor.pk, now=now)
    record(institution.pk, case.stream, "cases.letter_return_undone", now, actor.pk, {"notice": notice_id})
    return case


def _case_of(institution: Institution, case_id: int, notice_id: int) -> Case:
    case = cases_to_lock().get(institution=institution, pk=case_id)
    if not notices_of(institution.pk, "case", case.pk).filter(pk=notice_id).exists():
        raise Refused("return_no_letter")
    return case
