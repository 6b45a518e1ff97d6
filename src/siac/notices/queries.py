# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Sequence

from django.db.models import QuerySet

from siac.infra.keyset import Page, page
from siac.kernel.errors import Refused
from siac.notices.domain.outbox import Channel, Code, State
from siac.notices.models import Attempt, Notice


def outbox_page(
    institution_id: int, *, state: str = "", cursor: str | None = None, size: int = 50
) -> Page[Notice]:
    """Return notices of a body, newest first, without their texts (1 SQL).

    Raises:
        siac.infra.keyset.BadCursor: the cursor was not made by this list.
    """
    rows = Notice.objects.filter(institution_id=institution_id).defer("body", "context")
    if state:
        rows = rows.filter(state=state)
    return page(rows, ("-created_at", "-pk"), cursor=cursor, size=size)


def notice_with_attempts(institution_id: int, notice_id: int) -> tuple[Notice, list[Attempt]]:
    """Return one notice and its attempts, oldest first (2 SQL).

    Raises:
        Refused: the body has no such notice.
    """
    notice = Notice.objects.filter(institution_id=institution_id, pk=notice_id).first()
    if notice is None:
        raise Refused(Code.UNKNOWN)
    return notice, list(notice.attempts.order_by("started_at", "pk"))


def notice_named(institution_id: int, message_ids: Sequence[str]) -> Notice | None:
    """Return the newest notice of a body that went out under one of `message_ids` (1 SQL)."""
    if not message_ids:
        return None
    rows = Notice.objects.filter(institution_id=institution_id, message_id__in=list(message_ids))
    return rows.order_by("-pk").first()


def notices_of(institution_id: int, subject_type: str, subject_id: int) -> QuerySet[Notice]:
    """Return the notices of one subject, oldest first."""
    return Notice.objects.filter(
        institution_id=institution_id, subject_type=subject_type, subject_id=subject_id
    ).order_by("created_at", "pk")


def has_sent_mail(institution_id: int) -> bool:
    """Return whether a mail server ever took a letter of a body (1 SQL)."""
    rows = Notice.objects.filter(institution_id=institution_id, state=State.SENT, channel=Channel.EMAIL)
    return rows.exists()
