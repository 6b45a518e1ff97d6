# SPDX-License-Identifier: EUPL-1.2
"""Letters that the post brought back."""

from datetime import date, datetime, timedelta

from django.db import transaction

from siac.journal.public import record
from siac.kernel.errors import Refused
from siac.notices.channels.by_hand import LETTER
from siac.notices.commands.resolving import open_notice
from siac.notices.domain.outbox import Code, ReturnReason, State
from siac.notices.models import Notice, ReturnedLetter
from siac.notices.texts import RETURN_REASONS


@transaction.atomic
def note_returned(
    institution_id: int,
    notice_id: int,
    *,
    returned_on: date,
    reason: ReturnReason,
    actor_id: int,
    now: datetime,
) -> ReturnedLetter:
    """Note that a letter came back on a local day; it then stands as failed, as a mail that bounced does.

    Whoever sees it tries another way and notes that it was sent.

    Raises:
        Refused: unknown in this body (notice_unknown), no letter that went out (return_no_letter), or a day
            before that, or after today (return_day).
    """
    notice = _letter(institution_id, notice_id, State.SENT)
    body = notice.institution
    sent_on = body.local_date(notice.sent_at or notice.created_at)
    if not sent_on <= returned_on <= body.local_date(now):
        raise Refused(Code.RETURN_DAY)
    row = ReturnedLetter.objects.create(
        institution_id=institution_id,
        notice=notice,
        returned_on=returned_on,
        reason=reason.value,
        noted_at=now,
        noted_by_id=actor_id,
    )
    _stand(notice, State.FAILED, row)
    data = {"kind": notice.kind, "reason": reason.value, "returned_on": returned_on.isoformat()}
    record(institution_id, f"notice:{notice.pk}", "notices.returned", now, actor_id, data)
    return row


@transaction.atomic
def undo_returned(
    institution_id: int, notice_id: int, *, within: timedelta, actor_id: int, now: datetime
) -> None:
    """Take back what `actor_id` noted last of a letter, for so long after they did; it stands as sent again.

    Raises:
        Refused: unknown in this body (notice_unknown), it does not stand as returned any more
            (return_no_letter), or somebody else noted it or the time is over (return_undo).
    """
    notice = _letter(institution_id, notice_id, State.FAILED)
    last, *earlier = ReturnedLetter.objects.filter(notice=notice).order_by("-noted_at", "-pk")[:2]
    if last.noted_by_id != actor_id or now >= last.noted_at + within:
        raise Refused(Code.RETURN_UNDO)
    last.delete()
    _stand(notice, State.SENT, earlier[0] if earlier else None)
    record(institution_id, f"notice:{notice.pk}", "notices.return_undone", now, actor_id)


def _letter(institution_id: int, notice_id: int, state: State) -> Notice:
    """Return a letter in such a state, locked; only the post makes one fail."""
    try:
        notice = open_notice(institution_id, notice_id, {state})
    except Refused as refused:
        raise Refused(Code.NO_LETTER if refused.code == Code.NOT_OPEN else refused.code) from None
    if notice.channel != LETTER.code:
        raise Refused(Code.NO_LETTER)
    return notice


def _stand(notice: Notice, state: State, last: ReturnedLetter | None) -> None:
    notice.state = state
    notice.bounced_at = last.noted_at if last else None
    notice.bounce = RETURN_REASONS[ReturnReason(last.reason)] if last else ""
    notice.save(update_fields=["state", "bounced_at", "bounce"])
