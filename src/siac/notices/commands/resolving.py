# SPDX-License-Identifier: EUPL-1.2
"""What staff decides about a notice, and erasing what it said."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app

from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.notices.channels import sent_by_jobs
from siac.notices.commands.queueing import SEND_TASK
from siac.notices.domain.outbox import Code, State
from siac.notices.gate import gone_out
from siac.notices.models import Notice
from siac.notices.registry import announce_sent, lock_subject

_RESENDABLE = {State.UNCERTAIN, State.FAILED}
_MARKABLE = {State.UNCERTAIN, State.FAILED, State.PENDING}


@transaction.atomic
def resend(institution_id: int, notice_id: int, *, actor_id: int, now: datetime) -> None:
    """Send again a notice that failed or of which nobody knows; its Message-ID stays the same.

    Raises:
        Refused: unknown in this body, not in such a state any more, or erased.
    """
    notice = open_notice(institution_id, notice_id, _RESENDABLE)
    if notice.erased_at is not None:
        raise Refused(Code.NOT_OPEN)
    Notice.objects.filter(pk=notice.pk).update(state=State.PENDING, due_at=now, open_since=now)
    record(institution_id, f"notice:{notice.pk}", "notices.resent", now, actor_id)
    if notice.channel in sent_by_jobs():
        app.configure_task(SEND_TASK).defer()


@transaction.atomic
def mark_sent(institution_id: int, notice_id: int, *, actor_id: int, now: datetime, proof: str = "") -> None:
    """Note that a notice went out: a letter with its post receipt, or an uncertain e-mail someone confirmed.

    In a practice body it is noted as one that would have.

    Raises:
        Refused: unknown in this body, or not in such a state any more.
    """
    notice = open_notice(institution_id, notice_id, _MARKABLE)
    state = gone_out(notice)
    sent_at = now if state == State.SENT else None
    notice.proof = proof[:200]
    Notice.objects.filter(pk=notice.pk).update(state=state, sent_at=sent_at, proof=notice.proof)
    record(institution_id, f"notice:{notice.pk}", "notices.marked_sent", now, actor_id)
    announce_sent(notice, now)


@transaction.atomic
def cancel(institution_id: int, notice_id: int, *, actor_id: int | None, now: datetime) -> None:
    """Take back a notice that has not gone out.

    Raises:
        Refused: as `mark_sent`.
    """
    notice = open_notice(institution_id, notice_id, _MARKABLE)
    Notice.objects.filter(pk=notice.pk).update(state=State.CANCELLED)
    record(institution_id, f"notice:{notice.pk}", "notices.cancelled", now, actor_id)


@transaction.atomic
def recall(institution_id: int, notice_ids: Sequence[int], *, actor_id: int | None, now: datetime) -> None:
    """Take back notices none of which anybody has tried to send: all of them, or none.

    Raises:
        Refused: one is unknown in this body, or has been tried (its fate may be
            unknown, so it cannot be taken back).
    """
    for notice_id in notice_ids:
        notice = open_notice(institution_id, notice_id, {State.PENDING})
        if notice.attempts.exists():
            raise Refused(Code.NOT_OPEN)
        cancel(institution_id, notice_id, actor_id=actor_id, now=now)


def erase_notices(institution_id: int, subject_type: str, subject_ids: list[int], *, now: datetime) -> int:
    """Erase the texts of the notices of some subjects (1 SQL); the rows and their proofs of sending stay."""
    rows = Notice.objects.filter(
        institution_id=institution_id, subject_type=subject_type, subject_id__in=subject_ids, erased_at=None
    )
    return rows.update(subject_line="", body="", salt="", proof="", bounce="", erased_at=now)


def open_notice(institution_id: int, notice_id: int, states: set[State]) -> Notice:
    """Return a notice of a body, locked behind its subject, that is in one of `states` (3 SQL).

    Raises:
        Refused: unknown in this body, or in none of them any more.
    """
    known = Notice.objects.filter(institution_id=institution_id, pk=notice_id).first()
    if known is not None:
        lock_subject(known)
    notice = Notice.objects.select_for_update().filter(institution_id=institution_id, pk=notice_id).first()
    if notice is None:
        raise Refused(Code.UNKNOWN)
    if notice.state not in states:
        raise Refused(Code.NOT_OPEN)
    return notice
