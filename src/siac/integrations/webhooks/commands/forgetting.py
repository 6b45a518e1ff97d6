# SPDX-License-Identifier: EUPL-1.2
"""Forgetting what was told long ago, and what was told to a webhook that was removed: in slices, by jobs."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django.db.models import QuerySet

from siac.integrations.webhooks.commands.sending import KEPT_FOR, TURN
from siac.integrations.webhooks.models import Delivery, Webhook

SLICE = 1000
"""Deliveries that are deleted in one transaction, with their tries."""
LEFT_FOR = timedelta(hours=1)
"""How long the row of a removed webhook stays: whoever read it before it was removed may still queue for
it.
"""


def forget_old(now: datetime) -> int:
    """Delete deliveries of thirty days ago or earlier with their tries; return how many deliveries (a few SQL
    for each slice).
    """
    count, old = 0, Delivery.objects.filter(created_at__lt=now - KEPT_FOR)
    while gone := _delete_some(old):
        count += gone
    return count


def forget_removed(clock: Callable[[], datetime]) -> int:
    """Delete what was to be told to removed webhooks, for `TURN` at most, and in the end these themselves;
    return how many deliveries (1 SQL, and a few for each slice).
    """
    count, ends = 0, clock() + TURN
    for row in Webhook.objects.filter(pause="removed").order_by("pk"):
        gone = SLICE
        while gone and clock() < ends:
            gone = _delete_some(Delivery.objects.filter(webhook=row))
            count += gone
        if not gone and row.paused_at is not None and row.paused_at + LEFT_FOR <= clock():
            row.delete()
    return count


def _delete_some(rows: "QuerySet[Delivery]") -> int:
    some = list(rows.order_by("pk").values_list("pk", flat=True)[:SLICE])
    if some:
        Delivery.objects.filter(pk__in=some).delete()
    return len(some)
