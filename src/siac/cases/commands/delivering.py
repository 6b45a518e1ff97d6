# SPDX-License-Identifier: EUPL-1.2
"""Noting that an answer reached its person by hand: a letter posted, collected at a counter, told by
phone.
"""

from datetime import datetime

from django.db import transaction

from siac.accounts.public import User
from siac.cases.locking import cases_to_lock
from siac.cases.models import Case
from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.notices.public import mark_sent, notices_of
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
