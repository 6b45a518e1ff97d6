# SPDX-License-Identifier: EUPL-1.2
"""From entries of the journal to deliveries: the journal is the outbox, written with what happened."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress

from django.db import transaction
from django.utils.timezone import now as current_time
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from siac.integrations.webhooks.models import Delivery, Webhook
from siac.integrations.webhooks.texts import PING
from siac.journal.public import Entry, OutsideEvent, Told, entries_of, outside_events

DELIVER_TASK = "webhooks.deliver"
_OF_ENTRY = "msg_"


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
    for row in (
        Webhook.objects.filter(institution__in=by_body).exclude(pause__in=["asked", "removed"]).order_by("pk")
    ):
        hooks[row.institution_id].append(row)
    made = [each for pk, rows in hooks.items() for each in _of_body(pk, by_body[pk], rows)]
    if made:
        Delivery.objects.bulk_create(made, ignore_conflicts=True)
        deliver_soon()


def deliver_soon() -> None:
    """Queue the job that tells what is due, unless it waits in the queue already: one does it for all (3 SQL
    with its savepoint).
    """
    with suppress(AlreadyEnqueued), transaction.atomic():
        app.configure_task(DELIVER_TASK, queueing_lock=DELIVER_TASK).defer()


def may_be_told(delivery: Delivery) -> bool:
    """Return whether what was queued may still be told: what it is about may have been restricted or erased
    meanwhile (1 SQL and what the telling of its event costs; none for a message that only tries the way).
    """
    if delivery.event == PING:
        return True
    event, number = outside_events().get(delivery.event), _entry_of(delivery.message_id)
    if event is None or not number.isdecimal():
        return False
    found = entries_of(delivery.institution_id, [int(number)])
    return bool(found) and found[0].id in event.telling(delivery.institution_id, found)


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
            institution_id=row.institution_id, webhook=row, message_id=_name_of(entry),
            event=event.type, subject=told[entry.id].subject, happened_at=entry.at,
            data=dict(told[entry.id].data), due_at=now, created_at=now,
        )
        for entry in entries
        if entry.id in told
        for row in hooks
        if entry.at >= row.created_at
    ]  # fmt: skip


def _name_of(entry: Entry) -> str:
    """Return what a program knows the message of an entry by: its number and the second it happened, for a
    database that was put back to an earlier moment gives the numbers since then again.
    """
    return f"{_OF_ENTRY}{entry.id}_{int(entry.at.timestamp())}"


def _entry_of(message_id: str) -> str:
    return message_id.removeprefix(_OF_ENTRY).partition("_")[0]
