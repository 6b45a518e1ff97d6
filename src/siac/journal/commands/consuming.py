# SPDX-License-Identifier: EUPL-1.2
"""Readers of the journal with a stored position: each entry reaches each reader once."""

import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from siac.journal.events import events_of
from siac.journal.models import Consumer

logger = logging.getLogger(__name__)

_SETTLED = """
SELECT id, xid, institution_id, stream, seq, kind, actor_id, at, data FROM journal_journalentry
WHERE (xid, id) > (%s, %s) AND xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
ORDER BY xid, id LIMIT %s
"""


@dataclass(frozen=True)
class Entry:
    """An entry as consumers and pages see it."""

    id: int
    institution_id: int
    stream: str
    seq: int
    kind: str
    actor_id: int | None
    at: datetime
    data: dict[str, Any]


Handler = Callable[[list[Entry]], None]


@dataclass(frozen=True)
class Registered:
    matters: tuple[str, ...]
    handle_batch: Handler


_CONSUMERS: dict[str, Registered] = {}


def register_consumer(name: str, matters: Sequence[str], handle_batch: Handler) -> None:
    """Have `handle_batch` called with the settled entries that make any of `matters` untrue, each exactly once.

    `matters` are what entries are declared with (`events.declare_events`). It runs in the transaction that moves the position: what it writes and the position go together, and when
    it raises, neither is kept and the batch comes again. A new consumer starts at the first entry. Raises
    ValueError where another one has that name: its position would pass over what the other has not seen.
    """
    if name in _CONSUMERS:
        raise ValueError(f"there is a consumer {name!r} already")
    _CONSUMERS[name] = Registered(tuple(matters), handle_batch)


def forget_consumer(name: str) -> None:
    """Take a consumer off the list; its position stays."""
    _CONSUMERS.pop(name, None)


def run_consumers(limit: int = 500) -> int:
    """Let each consumer read up to `limit` settled entries; return how many were read in all.

    One runner at a time per consumer: another is passed over. A consumer that fails does not stop the rest.
    """
    return sum(_run(name, consumer, limit) for name, consumer in list(_CONSUMERS.items()))


def _run(name: str, consumer: Registered, limit: int) -> int:
    Consumer.objects.bulk_create([Consumer(name=name)], ignore_conflicts=True)
    try:
        with transaction.atomic():
            return _read_batch(name, consumer, limit)
    except Exception as error:
        logger.exception("Journal consumer %s failed", name)
        _note_failure(name, type(error).__name__)
        return 0


def _read_batch(name: str, consumer: Registered, limit: int) -> int:
    position = Consumer.objects.select_for_update(skip_locked=True).filter(name=name).first()
    if position is None:
        return 0
    rows = _settled(position, limit)
    if not rows:
        return 0
    kinds = events_of(consumer.matters)
    wanted = [entry for _, entry in rows if entry.kind in kinds]
    if wanted:
        consumer.handle_batch(wanted)
    last_xid, last = rows[-1]
    Consumer.objects.filter(name=name).update(xid=last_xid, entry_id=last.id, failures=0, last_error="")
    return len(rows)


def _settled(position: Consumer, limit: int) -> list[tuple[int, Entry]]:
    with connection.cursor() as cursor:
        cursor.execute(_SETTLED, [position.xid, position.entry_id, limit])
        return [
            (row[1], Entry(row[0], row[2], row[3], row[4], row[5], row[6], row[7], json.loads(row[8])))
            for row in cursor.fetchall()
        ]


def _note_failure(name: str, error: str) -> None:
    row = Consumer.objects.filter(name=name).first()
    if row is not None:
        Consumer.objects.filter(name=name).update(failures=row.failures + 1, last_error=error[:100])
