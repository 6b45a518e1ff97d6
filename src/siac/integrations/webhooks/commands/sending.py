# SPDX-License-Identifier: EUPL-1.2
"""Telling webhooks what waits for them, each try written down before the target is spoken to."""

import json
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, QuerySet

from siac.accounts.public import Role
from siac.infra.crypto import Unreadable
from siac.infra.environment import Misconfigured
from siac.infra.outside import NotAllowed
from siac.infra.outside_http import Unsure, post
from siac.integrations.webhooks.commands.telling import may_be_told
from siac.integrations.webhooks.domain.signing import signatures
from siac.integrations.webhooks.domain.trying import (
    BROKEN_OFF_AFTER,
    Outcome,
    State,
    after_failure,
    outcome_of,
)
from siac.integrations.webhooks.models import Delivery, DeliveryTry, Webhook
from siac.integrations.webhooks.secrets import secrets_of
from siac.notices.public import queue
from siac.organizations.public import holders, institution_of

logger = logging.getLogger(__name__)

SECONDS = 10.0
"""How long a target may take, from the first byte to the last."""
LARGEST = 4096
"""Bytes of its answer that are read: nothing is done with them."""
TURN = timedelta(seconds=15)
"""How long a turn goes on."""
SLOW = timedelta(seconds=2)
"""A target that takes longer is told one message in a turn: it keeps nobody else waiting."""
KEPT_FOR = timedelta(days=30)
DEAD = "webhooks.dead"
"""The notice that a target is dead."""


def deliver_due(clock: Callable[[], datetime], limit: int = 100) -> int:
    """Tell up to `limit` of what is due, for `TURN` at most and what the last try takes; return how many were
    tried. Any number may run at once: no target is spoken to by two.
    """
    began, left_alone = clock(), set[int]()
    for tried in range(limit):
        started = clock()
        claimed = _claim(started, left_alone) if started < began + TURN else None
        if claimed is None:
            return tried
        delivery, attempt = claimed
        fate = _fate(delivery, started)
        ended = clock()
        _conclude(delivery, attempt, fate, ended)
        if ended - started > SLOW:
            left_alone.add(delivery.webhook_id)
    return limit


def settle_broken_off(now: datetime) -> int:
    """Let what a dead worker was telling be tried again; return how many (1 SQL, and 7 for each)."""
    stale = Delivery.objects.filter(state=State.SENDING, due_at__lt=now - BROKEN_OFF_AFTER)
    rows = list(stale.select_related("webhook").order_by("pk")[:200])
    for row in rows:
        attempt = DeliveryTry.objects.filter(delivery=row, ended_at=None).order_by("-pk").first()
        _conclude(row, attempt, Fate(Outcome.BROKEN_OFF), now)
    return len(rows)


@dataclass(frozen=True, slots=True)
class Fate:
    """How a try ended, with the status of HTTP where one was answered."""

    outcome: Outcome
    status: int | None = None


def something_due(now: datetime) -> bool:
    """Return whether anything can be told now (1 SQL)."""
    return _ready(now).exists()


def _ready(now: datetime) -> "QuerySet[Webhook]":
    """Return the webhooks that can be told something now: not those with a try under way, nor those whose
    target failed a moment ago.
    """
    own = Delivery.objects.filter(webhook=OuterRef("pk"))
    return Webhook.objects.filter(
        Exists(own.filter(state=State.PENDING, due_at__lte=now)),
        ~Exists(own.filter(state=State.SENDING)),
        pause="", not_before__lte=now, institution__is_active=True,
    )  # fmt: skip


@transaction.atomic
def _claim(now: datetime, left_alone: set[int]) -> tuple[Delivery, DeliveryTry] | None:
    """Take what is due longest of the webhook whose turn it is, and write its try; those `left_alone` have
    had theirs.

    The webhook is locked, not the delivery: another worker passes it by. What was decided before the lock was
    had is looked at again behind it; one that turns out to be busy joins those left alone.
    """
    while True:
        waiting = _ready(now).exclude(pk__in=left_alone).order_by("not_before", "pk")
        hook = waiting.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
        if hook is None:
            return None
        row = _next_of(hook, now)
        if row is not None:
            break
        left_alone.add(hook.pk)
    row.tries, row.state, row.webhook = row.tries + 1, State.SENDING, hook
    Delivery.objects.filter(pk=row.pk).update(state=State.SENDING, tries=row.tries, due_at=now)
    return row, DeliveryTry.objects.create(institution_id=row.institution_id, delivery=row, started_at=now)


def _next_of(hook: Webhook, now: datetime) -> Delivery | None:
    busy = Delivery.objects.filter(webhook=hook, state=State.SENDING)
    due = Delivery.objects.filter(~Exists(busy), webhook=hook, state=State.PENDING, due_at__lte=now)
    return due.order_by("due_at", "pk").first()


def envelope(delivery: Delivery) -> bytes:
    """Return the message: a CloudEvents 1.0 event in JSON; the same bytes at every try. No SQL when the body
    is at hand.
    """
    body = institution_of(delivery.institution_id)
    event: dict[str, Any] = {
        "specversion": "1.0",
        "id": delivery.message_id,
        "source": f"{settings.SITE_URL}/{body.slug}",
        "type": f"siac.{delivery.event.removeprefix('siac.')}",
        "subject": delivery.subject,
        "time": delivery.happened_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "datacontenttype": "application/json",
        "data": delivery.data,
    }
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode()


def _fate(delivery: Delivery, now: datetime) -> Fate:
    try:
        return _try(delivery, now)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("Delivery %s ended its try with a fault", delivery.pk)
        return Fate(Outcome.BROKEN_OFF)


def _try(delivery: Delivery, now: datetime) -> Fate:
    if not may_be_told(delivery):
        return Fate(Outcome.DROPPED)
    row, content, timestamp = delivery.webhook, envelope(delivery), int(now.timestamp())
    try:
        signed = signatures(secrets_of(row, now), delivery.message_id, timestamp, content)
    except Unreadable:
        return Fate(Outcome.KEY_MISSING)
    headers = {
        "Content-Type": "application/cloudevents+json; charset=utf-8",
        "User-Agent": "SIAC-Webhooks/1",
        "webhook-id": delivery.message_id,
        "webhook-timestamp": str(timestamp),
        "webhook-signature": signed,
    }
    try:
        answer = post(row.url, content, headers, seconds=SECONDS, largest=LARGEST, public_only=True)
    except Misconfigured:
        return Fate(Outcome.BAD_ADDRESS)
    except NotAllowed:
        return Fate(Outcome.NOT_ALLOWED)
    except Unsure:
        return Fate(Outcome.SILENT)
    except TimeoutError:
        return Fate(Outcome.SILENT)
    except OSError:
        return Fate(Outcome.UNREACHED)
    return Fate(outcome_of(answer.status), answer.status)


@transaction.atomic
def _conclude(delivery: Delivery, attempt: DeliveryTry | None, fate: Fate, now: datetime) -> None:
    """Write down how a try ended; what an administrator removed or settled meanwhile stays so."""
    if attempt is not None:
        DeliveryTry.objects.filter(pk=attempt.pk).update(
            ended_at=now, outcome=fate.outcome, status=fate.status
        )
    hook = Webhook.objects.select_for_update(no_key=True).filter(pk=delivery.webhook_id).first()
    if hook is None:
        return
    own = Delivery.objects.filter(pk=delivery.pk, state=State.SENDING)
    if fate.outcome is Outcome.TAKEN:
        own.update(state=State.DONE, due_at=now)
        hook.failing_since, hook.not_before = None, now  # the others have their turn first
    elif fate.outcome is Outcome.DROPPED:
        own.update(state=State.DROPPED, due_at=now, data={})
        if not Delivery.objects.filter(webhook=hook, state=State.PENDING, tries__gt=0).exists():
            hook.failing_since = None  # nothing is left that failed
    else:
        _failed(hook, own, fate, delivery.tries, now)
    hook.save(update_fields=["failing_since", "not_before"])


def _failed(hook: Webhook, own: "QuerySet[Delivery]", fate: Fate, tries: int, now: datetime) -> None:
    """Write down what follows from a failed try, on the webhook without saving it."""
    found = after_failure(fate.outcome, fate.status, tries, hook.failing_since, now)
    given_up = found.again is None
    own.update(state=State.FAILED if given_up else State.PENDING, due_at=found.again or now)
    hook.failing_since = found.failing_since
    hook.not_before = max(found.held_until or hook.not_before, hook.not_before)
    if found.is_dead:
        _stop(hook, now)


def _stop(hook: Webhook, now: datetime) -> None:
    """Pause a webhook whose target is dead, and tell those who administer the body; once."""
    if hook.pause:
        return
    hook.pause, hook.paused_at = "dead", now
    hook.save(update_fields=["pause", "paused_at"])
    body = institution_of(hook.institution_id)
    for user_id in holders(body).over(Role.ADMINISTRATOR, None):
        queue(body.pk, DEAD, f"user:{user_id}", "email", "webhook", hook.pk, {"name": hook.name}, now)
