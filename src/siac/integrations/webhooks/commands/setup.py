# SPDX-License-Identifier: EUPL-1.2
"""Setting up webhooks: where, of what, with which secret, and pausing them."""

import secrets as random
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Least

from siac.accounts.public import User
from siac.infra.environment import items
from siac.integrations.webhooks.commands.telling import may_be_told
from siac.integrations.webhooks.domain.signing import new_secret
from siac.integrations.webhooks.domain.trying import State
from siac.integrations.webhooks.models import Delivery, Webhook
from siac.integrations.webhooks.secrets import sealed
from siac.integrations.webhooks.texts import PING
from siac.journal.public import outside_events
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.organizations.public import Institution, note_configuration

MOST = 20
"""Addresses of one body."""
BOTH_FOR = timedelta(hours=24)
"""How long a secret still signs after it was changed for another."""


@transaction.atomic
def save_webhook(
    *,
    institution: Institution,
    name: str,
    url: str,
    events: Sequence[str],
    webhook_id: int | None = None,
    based_on: int | None = None,
    actor: User | None,
    now: datetime,
) -> tuple[Webhook, str]:
    """Add a webhook, or change one; return it and, of a new one, its secret, shown this once (at most 8 SQL).
    The journal keeps that it changed and to which machine it leads, never the secret.

    Raises:
        Refused: the body is one to practise on (webhook_practice), the address is none of the web that is
            encrypted (webhook_url) or is told already (webhook_taken), no event is chosen or an unknown one
            (webhook_events), somebody else changed it (webhook_changed), or there are many (webhook_crowded).
    """
    if institution.is_practice:
        raise Refused("webhook_practice")
    row, secret = _row(institution, webhook_id, now)
    if based_on is not None and row.version != based_on:
        raise Refused("webhook_changed")
    row.name, row.url = squeeze(name)[:80], checked_url(url)
    row.events = sorted(set(events))
    if not row.events or not set(row.events) <= set(outside_events()):
        raise Refused("webhook_events")
    row.version += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise Refused("webhook_taken") from error
    _note(row, "saved", actor, now)
    return row, secret


def _row(institution: Institution, webhook_id: int | None, now: datetime) -> tuple[Webhook, str]:
    if webhook_id is not None:
        return locked(institution, webhook_id), ""
    if Webhook.objects.filter(institution=institution).exclude(pause="removed").count() >= MOST:
        raise Refused("webhook_crowded", most=MOST)
    secret = new_secret()
    kept = sealed(institution.pk, secret)
    return Webhook(institution=institution, secret=kept, created_at=now, not_before=now, version=0), secret


def checked_url(url: str) -> str:
    """Return an address that messages may go to: encrypted, or in a network that the operator opened; where
    it leads is looked at again whenever something is sent. As it goes over the line: without «ñ».

    Raises:
        Refused: it is none (webhook_url).
    """
    said = url.strip()
    try:
        parts = urlsplit(said)
        is_right = bool(parts.hostname) and parts.port != 0 and not (parts.username or parts.password)
    except ValueError:
        is_right = False
    schemes = {"https", "http"} if items("SIAC_OUTSIDE_ALLOWED") else {"https"}
    if (
        not is_right
        or parts.scheme not in schemes
        or len(said) > 500
        or not said.isprintable()
        or " " in said
        or not said.isascii()
    ):
        raise Refused("webhook_url")
    return said


def locked(institution: Institution, webhook_id: int) -> Webhook:
    """Return a webhook of a body, locked until the transaction ends (1 SQL).

    Raises:
        Webhook.DoesNotExist: the body has none with that key.
    """
    rows = Webhook.objects.exclude(pause="removed").select_for_update(no_key=True)
    return rows.get(institution=institution, pk=webhook_id)


@transaction.atomic
def change_secret(
    *, institution: Institution, webhook_id: int, actor: User | None, now: datetime
) -> tuple[Webhook, str]:
    """Give a webhook another secret and return it, shown this once; the one before also signs for a day (5
    SQL).
    """
    row, secret = locked(institution, webhook_id), new_secret()
    row.old_secret, row.old_until = row.secret, now + BOTH_FOR
    row.secret, row.version = sealed(institution.pk, secret), row.version + 1
    row.save(update_fields=["secret", "old_secret", "old_until", "version"])
    _note(row, "secret_changed", actor, now)
    return row, secret


@transaction.atomic
def pause_webhook(*, institution: Institution, webhook_id: int, actor: User | None, now: datetime) -> Webhook:
    """Send nothing more to a webhook; what happens meanwhile is not kept for it, what waits stays (at most 5
    SQL).
    """
    row = locked(institution, webhook_id)
    if row.pause != "asked":
        row.pause, row.paused_at, row.version = "asked", now, row.version + 1
        row.save(update_fields=["pause", "paused_at", "version"])
        _note(row, "paused", actor, now)
    return row


@transaction.atomic
def resume_webhook(
    *, institution: Institution, webhook_id: int, actor: User | None, now: datetime
) -> Webhook:
    """Send to a webhook again, first what waits for it and what was given up since it failed (at most 6
    SQL).
    """
    row = locked(institution, webhook_id)
    if row.pause:
        waits = Q(state=State.PENDING)
        if row.failing_since is not None:
            waits |= Q(state=State.FAILED, due_at__gte=row.failing_since)
        row.pause, row.paused_at, row.failing_since = "", None, None
        row.not_before, row.version = now, row.version + 1
        row.save(update_fields=["pause", "paused_at", "failing_since", "not_before", "version"])
        Delivery.objects.filter(waits, webhook=row).update(state=State.PENDING, due_at=now, tries=0)
        _note(row, "resumed", actor, now)
    return row


@transaction.atomic
def remove_webhook(*, institution: Institution, webhook_id: int, actor: User | None, now: datetime) -> None:
    """Forget a webhook: nothing more is sent, its secret is gone and nobody sees it; what was told to it is
    deleted by a job (at most 6 SQL).
    """
    row = locked(institution, webhook_id)
    row.pause, row.paused_at, row.version = "removed", now, row.version + 1
    row.secret, row.old_secret, row.old_until = b"", b"", None
    row.save(update_fields=["pause", "paused_at", "version", "secret", "old_secret", "old_until"])
    _note(row, "removed", actor, now)


@transaction.atomic
def send_ping(*, institution: Institution, webhook_id: int, now: datetime) -> Delivery:
    """Queue a message that only tries the way, before all that waits for it (3 SQL).

    Raises:
        Refused: it is paused (webhook_paused).
    """
    row = locked(institution, webhook_id)
    if not row.is_on:
        raise Refused("webhook_paused")
    Webhook.objects.filter(pk=row.pk).update(not_before=Least("not_before", now))
    return Delivery.objects.create(
        institution=institution, webhook=row, message_id=f"msg_{random.token_hex(12)}", event=PING,
        subject=row.name, happened_at=now, due_at=row.created_at, created_at=now,
    )  # fmt: skip


@transaction.atomic
def send_again(*, institution: Institution, webhook_id: int, delivery_id: int, now: datetime) -> Delivery:
    """Queue a delivery again, with the same id and content, before all that waits (4 SQL, and those of
    `may_be_told`).

    Raises:
        Refused: it is not over yet (webhook_moving), may not be told any more (webhook_dropped), or the
            webhook is paused (webhook_paused).
        Delivery.DoesNotExist: there is none.
    """
    row = locked(institution, webhook_id)
    if not row.is_on:
        raise Refused("webhook_paused")
    delivery = Delivery.objects.select_for_update().get(webhook=row, pk=delivery_id)
    if delivery.state in (State.PENDING, State.SENDING):
        raise Refused("webhook_moving")
    if delivery.state == State.DROPPED or not may_be_told(delivery):
        raise Refused("webhook_dropped")
    delivery.state, delivery.tries, delivery.due_at = State.PENDING, 0, row.created_at
    delivery.save(update_fields=["state", "tries", "due_at"])
    Webhook.objects.filter(pk=row.pk).update(not_before=Least("not_before", now))
    return delivery


def _note(row: Webhook, kind: str, actor: User | None, now: datetime) -> None:
    data = {"webhook": row.pk, "host": urlsplit(row.url).hostname, "events": list(row.events)}
    note_configuration(row.institution_id, f"webhooks.{kind}", actor=actor, now=now, data=data)
