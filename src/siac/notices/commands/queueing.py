# SPDX-License-Identifier: EUPL-1.2
"""Putting notices into the outbox, in the transaction of what they tell."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from procrastinate.contrib.django import app

from siac.infra.jobs import deferred
from siac.infra.ready import Part, ReadyInsert
from siac.notices.channels import channel_named, sent_by_jobs
from siac.notices.channels.by_hand import NONE
from siac.notices.channels.email import sender
from siac.notices.domain.outbox import State
from siac.notices.models import Notice

SEND_TASK = "notices.send"
_NOTICES = ReadyInsert(Notice)


@dataclass(frozen=True)
class NewNotice:
    """What to tell whom; `context` holds ids and codes only."""

    kind: str
    recipient: str
    channel: str
    subject_type: str
    subject_id: int
    context: Mapping[str, Any] = field(default_factory=dict)
    legal_effect_on: date | None = None


def queue(
    institution_id: int,
    kind: str,
    recipient: str,
    channel: str,
    subject_type: str,
    subject_id: int,
    context: Mapping[str, Any] | None,
    now: datetime,
    legal_effect_on: date | None = None,
    delay: timedelta = timedelta(0),
) -> Notice:
    """Put one notice into the outbox, to go out after `delay`: 2 SQL, the row and the job that
    sends it, or 1 where nothing is to be sent.
    """
    new = NewNotice(kind, recipient, channel, subject_type, subject_id, context or {}, legal_effect_on)
    return queue_many(institution_id, [new], now, delay=delay)[0]


@transaction.atomic(savepoint=False)
def queue_many(
    institution_id: int, notices: Sequence[NewNotice], now: datetime, *, delay: timedelta = timedelta(0)
) -> list[Notice]:
    """Put many notices into the outbox: 1 SQL for all rows and 1 for the job that sends them.

    If the caller's transaction fails, neither row nor job remains. Letters and what is collected or told wait
    for staff to mark them as sent; a notice with channel "none" is only shown.

    Raises:
        KeyError: a channel is not registered.
    """
    rows = Notice.objects.bulk_create(_rows(institution_id, notices, now, delay), batch_size=5000)
    if _goes_by_job(rows):
        app.configure_task(SEND_TASK, schedule_at=now + delay if delay else None).defer()
    return rows


def queueing(institution_id: int, notices: Sequence[NewNotice], now: datetime) -> list[Part]:
    """Return the parts of a statement that put notices, at least one, into the outbox and send them at once.

    Raises:
        KeyError: a channel is not registered.
    """
    rows = _rows(institution_id, notices, now)
    return [_NOTICES(rows), *([deferred(SEND_TASK)] if _goes_by_job(rows) else [])]


def _goes_by_job(rows: Sequence[Notice]) -> bool:
    by_job = sent_by_jobs()
    return any(row.channel in by_job for row in rows)


def _rows(
    institution_id: int, notices: Sequence[NewNotice], now: datetime, delay: timedelta = timedelta(0)
) -> list[Notice]:
    domain = sender().rpartition("@")[2]
    return [
        Notice(
            institution_id=institution_id,
            kind=new.kind,
            recipient=new.recipient,
            channel=channel_named(new.channel).code,
            subject_type=new.subject_type,
            subject_id=new.subject_id,
            context=dict(new.context),
            state=State.SHOWN if new.channel == NONE.code else State.PENDING,
            message_id=f"<{uuid.uuid4().hex}@{domain}>",
            legal_effect_on=new.legal_effect_on,
            created_at=now,
            open_since=now,
            due_at=now + delay,
        )
        for new in notices
    ]
