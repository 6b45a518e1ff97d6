# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from itertools import groupby
from typing import Any

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth

from siac.kernel.errors import Refused
from siac.notices.channels import sent_by_jobs
from siac.notices.channels.email import EMAIL
from siac.notices.channels.sms import SMS
from siac.notices.domain.outbox import Code, State
from siac.notices.models import Attempt, Notice
from siac.notices.registry import address_of

STUCK_AFTER = timedelta(hours=1)


def outbox_trouble(now: datetime) -> str | None:
    """Complain of what waits for more than an hour, and of what nobody knows
    whether it went out, of all bodies (1 SQL).
    """
    open_states = Q(state__in=(State.PENDING, State.SENDING))
    rows = Notice.objects.filter(open_states | Q(state=State.UNCERTAIN), channel__in=sent_by_jobs())
    found = rows.aggregate(
        stuck=Count(
            "pk", filter=open_states & Q(open_since__lt=now - STUCK_AFTER, due_at__lt=now + STUCK_AFTER)
        ),
        uncertain=Count("pk", filter=Q(state=State.UNCERTAIN)),
    )
    told = [f"{found['stuck']} wait for more than an hour"] if found["stuck"] else []
    told += [f"{found['uncertain']} uncertain"] if found["uncertain"] else []
    return ", ".join(told) or None


def outbox_sizes(now: datetime) -> dict[str, int]:
    """Return how many notices of all bodies are in each state that is not the last: pending, sending,
    uncertain, failed (1 SQL).
    """
    states = (State.PENDING, State.SENDING, State.UNCERTAIN, State.FAILED)
    rows = Notice.objects.filter(channel__in=sent_by_jobs(), state__in=states)
    counted = dict(rows.order_by().values_list("state").annotate(Count("pk")))
    return {str(state): counted.get(state, 0) for state in states}


def outbox_detail(now: datetime) -> list[str]:
    """Return how many notices of each body are not sent yet, or failed, and since when (1 SQL)."""
    states = (State.PENDING, State.SENDING, State.UNCERTAIN, State.FAILED)
    rows = Notice.objects.filter(channel__in=sent_by_jobs(), state__in=states).values(
        "institution__slug", "state"
    )
    told = rows.annotate(count=Count("pk"), since=Min("created_at")).order_by("institution__slug", "state")
    return [
        f"{row['institution__slug']}: {row['count']} {row['state']} since {row['since']:%Y-%m-%d %H:%M}Z"
        for row in told
    ]


def outbox(institution_id: int, *, state: str = "") -> QuerySet[Notice]:
    """Return the notices of a body without their texts, in one state or all.

    Lazy: no SQL until it is read.
    """
    rows = Notice.objects.filter(institution_id=institution_id).defer("body", "context")
    return rows.filter(state=state) if state else rows


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


def is_sent_to(notice: Notice, addresses: Collection[str]) -> bool:
    """Return whether the mail address of a notice's recipient is among `addresses`, folded.

    SQL as its recipients' resolver.
    """
    found = address_of(notice)
    return found is not None and found.email.strip().casefold() in addresses


def notices_of(institution_id: int, subject_type: str, subject_id: int) -> QuerySet[Notice]:
    """Return the notices of one subject, oldest first. Lazy: no SQL until it is read."""
    return Notice.objects.filter(
        institution_id=institution_id, subject_type=subject_type, subject_id=subject_id
    ).order_by("created_at", "pk")


def undelivered(institution_id: int, subject_type: str) -> QuerySet[Notice, int]:
    """Return the subjects of one type whose notice did not arrive, by id, to be made part of another query.

    Lazy: no SQL until it is read. One that came back counts, one that is still on its way does not.
    """
    rows = Notice.objects.filter(institution_id=institution_id, subject_type=subject_type, state=State.FAILED)
    return rows.values_list("subject_id", flat=True)


def has_sent_mail(institution_id: int) -> bool:
    """Return whether a mail server ever took a letter of a body (1 SQL)."""
    rows = Notice.objects.filter(institution_id=institution_id, state=State.SENT, channel=EMAIL.code)
    return rows.exists()


def texts_trouble(now: datetime) -> str | None:
    """Complain of text messages of the last day that failed or did not arrive, of all bodies (1 SQL)."""
    rows = Notice.objects.filter(
        channel=SMS.code, created_at__gte=now - timedelta(days=1), state=State.FAILED
    )
    failed = rows.count()
    return f"{failed} failed within a day" if failed else None


@dataclass(frozen=True)
class TextMonth:
    """The text messages of a month: its first day, how many went out, arrived for certain and failed, in
    how many parts, and what they cost by currency, in thousandths.
    """

    month: date
    sent: int
    delivered: int
    failed: int
    parts: int
    costs: Mapping[str, int]


def text_months(institution_id: int, zone: tzinfo, *, since: datetime) -> list[TextMonth]:
    """Return what a body sent as text messages by month in `zone`, the newest first (1 SQL)."""
    rows = Notice.objects.filter(institution_id=institution_id, channel=SMS.code, created_at__gte=since)
    counted = (
        rows.annotate(month=TruncMonth("created_at", tzinfo=zone))
        .values("month", "currency")
        .annotate(
            sent=Count("pk", filter=Q(state__in=(State.SENT, State.SHOWN))),
            delivered=Count("delivered_at"),
            failed=Count("pk", filter=Q(state=State.FAILED)),
            pieces=Sum("parts", default=0),
            paid=Sum("cost", default=0),
        )
        .order_by("-month", "currency")
    )
    return [
        _month(month.date(), list(lines)) for month, lines in groupby(counted, key=lambda row: row["month"])
    ]


def _month(first: date, lines: Sequence[Mapping[str, Any]]) -> TextMonth:
    return TextMonth(
        first,
        sent=sum(line["sent"] for line in lines),
        delivered=sum(line["delivered"] for line in lines),
        failed=sum(line["failed"] for line in lines),
        parts=sum(line["pieces"] for line in lines),
        costs={line["currency"]: line["paid"] for line in lines if line["paid"]},
    )
