# SPDX-License-Identifier: EUPL-1.2
"""What can be asked of webhooks."""

from django.db.models import QuerySet

from siac.integrations.webhooks.models import Delivery, DeliveryTry, Webhook
from siac.organizations.public import Institution


def webhooks(institution: Institution) -> list[Webhook]:
    """Return the webhooks of a body, by name (1 SQL)."""
    return list(Webhook.objects.filter(institution=institution).order_by("name", "pk"))


def webhook_of(institution: Institution, webhook_id: int) -> Webhook | None:
    """Return a webhook of a body; None where it has none with that key (1 SQL)."""
    return Webhook.objects.filter(institution=institution, pk=webhook_id).first()


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


def dead_webhooks() -> list[str]:
    """Return the names of the webhooks of all bodies whose target is dead (1 SQL): for `/salud`."""
    rows = Webhook.objects.filter(pause="dead").order_by("institution", "name")
    return [f"{slug}: {name}" for slug, name in rows.values_list("institution__slug", "name")[:20]]
