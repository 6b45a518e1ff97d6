# SPDX-License-Identifier: EUPL-1.2
"""From entries of the journal to deliveries: the journal is the outbox, written with what happened."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from django.utils.timezone import now as current_time
from procrastinate.contrib.django import app

from siac.integrations.webhooks.models import Delivery, Webhook
from siac.journal.public import Entry, OutsideEvent, Told, outside_events

DELIVER_TASK = "webhooks.deliver"


def queue_entries(entries: Sequence[Entry]) -> None:
    """Queue what some entries tell to the webhooks of their bodies, each entry once for each (1 SQL; for each
    body with webhooks what the telling of its events costs, and 2 more in all).

    Runs in the transaction that moves the place of the reader: each entry is told once, also where a worker
    dies between two of them.
    """
    by_body: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_body[entry.institution_id].append(entry)
    hooks: dict[int, list[Webhook]] = defaultdict(list)
    for row in Webhook.objects.filter(institution__in=by_body).exclude(pause="asked").order_by("pk"):
        hooks[row.institution_id].append(row)
    made = [each for pk, rows in hooks.items() for each in _of_body(pk, by_body[pk], rows)]
    if made:
        Delivery.objects.bulk_create(made, ignore_conflicts=True)
        app.configure_task(DELIVER_TASK).defer()


def _of_body(institution_id: int, entries: Sequence[Entry], hooks: Sequence[Webhook]) -> list[Delivery]:
    wanted = {event for row in hooks for event in row.events}
    found: list[Delivery] = []
    for event in outside_events().values():
        own = [entry for entry in entries if entry.kind in event.kinds] if event.type in wanted else []
        if own:
            told = event.telling(institution_id, own)
            rows = [row for row in hooks if event.type in row.events]
            found += _deliveries(event, own, told, rows)
    return found


def _deliveries(
    event: OutsideEvent, entries: Sequence[Entry], told: Mapping[int, Told], hooks: Sequence[Webhook]
) -> list[Delivery]:
    now = current_time()
    return [
        Delivery(
            institution_id=row.institution_id, webhook=row, message_id=f"msg_{entry.id}", event=event.type,
            subject=told[entry.id].subject, happened_at=entry.at, data=dict(told[entry.id].data), due_at=now,
            created_at=now,
        )
        for entry in entries
        if entry.id in told
        for row in hooks
        if entry.at >= row.created_at
    ]  # fmt: skip
