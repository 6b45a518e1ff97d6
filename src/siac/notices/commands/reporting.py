# SPDX-License-Identifier: EUPL-1.2
"""What a gateway reports of a notice after it had taken it."""

from datetime import datetime

from django.db import transaction

from siac.journal.public import record
from siac.notices.commands.bouncing import note_bounce
from siac.notices.domain.outbox import State
from siac.notices.domain.reports import Report
from siac.notices.models import Notice
from siac.notices.registry import announce_sent, lock_subject


@transaction.atomic
def note_report(notice_id: int, report: Report, *, answer: str, now: datetime) -> None:
    """Note that a notice reached its telephone, or that it did not: then it stands as failed, with `answer`.

    What was reported first stands; a report on a notice that has not gone out, or on none, changes nothing.
    """
    known = Notice.objects.filter(pk=notice_id).first()
    if known is None:
        return
    lock_subject(known)
    notice = Notice.objects.select_for_update().get(pk=notice_id)
    if notice.delivered_at is not None:
        return
    if report is Report.FAILED:
        note_bounce(notice.institution_id, [notice.message_id], answer=answer, now=now)
    elif notice.state in (State.SENT, State.UNCERTAIN, State.SENDING):
        _arrived(notice, now)


def _arrived(notice: Notice, now: datetime) -> None:
    """Note that a notice arrived; whether it had gone out is settled by that."""
    was_open = notice.state == State.UNCERTAIN
    notice.delivered_at = now
    if was_open:
        notice.state, notice.sent_at = State.SENT, now
    notice.save(update_fields=["delivered_at", "state", "sent_at"])
    data = {"kind": notice.kind, "channel": notice.channel}
    record(notice.institution_id, f"notice:{notice.pk}", "notices.delivered", now, data=data)
    if was_open:
        announce_sent(notice, now)
