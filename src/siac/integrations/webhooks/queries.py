# SPDX-License-Identifier: EUPL-1.2
"""What can be asked of webhooks."""

from datetime import datetime

from django.db.models import QuerySet

from siac.integrations.webhooks.models import Delivery, DeliveryTry, Webhook
from siac.organizations.public import Institution


def webhooks(institution: Institution) -> list[Webhook]:
    """Return the webhooks of a body, by name (1 SQL)."""
    rows = Webhook.objects.filter(institution=institution).exclude(pause="removed")
    return list(rows.order_by("name", "pk"))


def webhook_of(institution: Institution, webhook_id: int) -> Webhook | None:
    """Return a webhook of a body; None where it has none with that key (1 SQL)."""
    rows = Webhook.objects.filter(institution=institution, pk=webhook_id)
    return rows.exclude(pause="removed").first()


def deliveries_of(row: Webhook) -> QuerySet[Delivery]:
    """Return what was to be told to a webhook, unordered. Lazy: no SQL until it is read."""
    return Delivery.objects.filter(webhook=row)


def last_tries(deliveries: list[Delivery]) -> dict[int, DeliveryTry]:
    """Return the last try of each of some deliveries (1 SQL, none without deliveries)."""
    if not deliveries:
        return {}
    rows = (
        DeliveryTry.objects.filter(delivery__in=deliveries).order_by("delivery", "-pk").distinct("delivery")
    )
    return {row.delivery_id: row for row in rows}


def webhook_trouble(now: datetime) -> str | None:
    """Complain of webhooks that were paused because their target is dead (1 SQL)."""
    dead = Webhook.objects.filter(pause="dead", institution__is_active=True).count()
    return f"{dead} webhooks cannot be told" if dead else None


def dead_webhooks(now: datetime) -> dict[str, int]:
    """Return how many webhooks of all bodies are paused because nobody answers there (1 SQL)."""
    return {"": Webhook.objects.filter(pause="dead", institution__is_active=True).count()}


def webhook_detail(now: datetime) -> list[str]:
    """Return the webhooks whose target is dead, for who runs the installation (1 SQL)."""
    rows = Webhook.objects.filter(pause="dead", institution__is_active=True).order_by("pk")
    return [f"{slug}: webhook {pk}" for slug, pk in rows.values_list("institution__slug", "pk")]
