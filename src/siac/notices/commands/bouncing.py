# SPDX-License-Identifier: EUPL-1.2
"""What the receiving server reports after ours had accepted a notice."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from siac.journal.public import record
from siac.kernel.mail_addresses import without_addresses
from siac.notices.domain.outbox import State
from siac.notices.models import Notice

_SENT = {State.SENT, State.UNCERTAIN, State.SENDING}


@transaction.atomic
def note_bounce(
    institution_id: int, message_ids: Sequence[str], *, answer: str, now: datetime
) -> Notice | None:
    """Note that a notice of this body, named by its message id, came back; it then stands as failed.

    Staff sees it in the outbox with what the server said, addresses left out, and may send it again.
    None where no notice has such an id.
    """
    notice = (
        Notice.objects.select_for_update()
        .filter(institution_id=institution_id, message_id__in=list(message_ids))
        .order_by("-pk")
        .first()
    )
    if notice is None or notice.state not in _SENT:
        return notice
    notice.state, notice.bounced_at, notice.bounce = State.FAILED, now, without_addresses(answer[:2000])[:500]
    if notice.erased_at is not None:
        notice.bounce = ""
    notice.save(update_fields=["state", "bounced_at", "bounce"])
    record(institution_id, f"notice:{notice.pk}", "notices.bounced", now, data={"kind": notice.kind})
    return notice
