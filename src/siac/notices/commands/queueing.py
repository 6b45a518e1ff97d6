# SPDX-License-Identifier: EUPL-1.2
"""Putting notices into the outbox, in the transaction of what they tell."""

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from siac.infra.jobs import deferred
from siac.infra.ready import Part, ReadyInsert, store
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
    """Put one notice into the outbox, to go out after `delay`: its row and the job that sends it (1 SQL)."""
    new = NewNotice(kind, recipient, channel, subject_type, subject_id, context or {}, legal_effect_on)
    return queue_many(institution_id, [new], now, delay=delay)[0]


def queue_many(
    institution_id: int, notices: Sequence[NewNotice], now: datetime, *, delay: timedelta = timedelta(0)
) -> list[Notice]:
    """Put any number of notices into the outbox, with the job that sends them (1 SQL, none without notices).

    If the caller's transaction fails, neither row nor job remains. Letters and what is collected or told wait
    for staff to mark them as sent; a notice with channel "none" is only shown.

    Raises:
        KeyError: a channel is not registered.
    """
    rows = _rows(institution_id, notices, now, delay)
    if rows:
        store(rows, *_parts(rows, now + delay if delay else None))
    return rows


def queueing(institution_id: int, notices: Sequence[NewNotice], now: datetime) -> list[Part]:
    """Return the parts of a statement that put notices, at least one, into the outbox and send them at once.

    Raises:
        KeyError: a channel is not registered.
    """
    return _parts(_rows(institution_id, notices, now))


def _parts(rows: Sequence[Notice], at: datetime | None = None) -> list[Part]:
    """Return what stores notices, and what queues the job that sends them, from `at` on, where one does."""
    by_job = sent_by_jobs()
    is_sent = any(row.channel in by_job for row in rows)
    return [_NOTICES(rows), *([deferred(SEND_TASK, at)] if is_sent else [])]


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
