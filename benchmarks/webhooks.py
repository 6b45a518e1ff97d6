# SPDX-License-Identifier: EUPL-1.2
"""How many messages a second one worker tells a program on this machine, signed and kept until taken."""

import os
import time
from collections.abc import Iterable
from datetime import timedelta

from django.utils import timezone

from siac.integrations.webhooks.commands.sending import deliver_due
from siac.integrations.webhooks.commands.setup import remove_webhook, save_webhook
from siac.integrations.webhooks.commands.telling import queue_entries
from siac.integrations.webhooks.models import Delivery
from siac.journal.public import Entry, JournalEntry
from siac.organizations.public import Institution

MESSAGES = 500


def told_a_second(institution: Institution) -> Iterable[str]:
    """Yield a line: what the last filings of the body take to queue and to tell."""
    from tests.webhooks.targets import listening

    os.environ["SIAC_OUTSIDE_ALLOWED"] = "127.0.0.1"
    names = ("pk", "institution_id", "stream", "seq", "kind", "actor_id", "at", "data")
    rows = JournalEntry.objects.filter(institution=institution, kind="cases.filed").order_by("-pk")
    entries = [Entry(*row) for row in rows.values_list(*names)[:MESSAGES]]
    with listening() as target:
        hook, _ = save_webhook(
            institution=institution, name=f"Banco {time.time_ns()}", url=target.url, events=["case.filed"],
            actor=None, now=min(entry.at for entry in entries) - timedelta(days=1),
        )  # fmt: skip
        begun = time.perf_counter()
        queue_entries(entries)
        queued = time.perf_counter() - begun
        begun, spent = time.perf_counter(), time.process_time()
        while Delivery.objects.filter(webhook=hook, state="pending").exists():
            deliver_due(lambda: timezone.now() + timedelta(minutes=1))
        took, worked = time.perf_counter() - begun, time.process_time() - spent
        told = len(target.told)
        remove_webhook(webhook_id=hook.pk, institution=institution, actor=None, now=timezone.now())
    if told != len(entries):
        raise SystemExit(f"webhooks: {len(entries)} queued, {told} told")
    yield (
        f"- webhooks: {told / took:.0f} messages a second by one worker to one program on this machine,"
        f" {worked / told * 1000:.1f} ms of Python each, the program's own among them;"
        f" {len(entries) / queued:.0f} a second queued ({told} messages)"
    )
