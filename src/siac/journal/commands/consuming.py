# SPDX-License-Identifier: EUPL-1.2
"""Readers of the journal: each entry reaches each reader once, and no reader waits for a transaction.

A look notes which transactions have finished; what is read between two looks are the entries of those that
had not finished at the first and have at the second. One that is still running is read after a later look,
however low its number is; see `docs/decisions/0021`.
"""

import json
import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from siac.journal.domain.finished import Finished
from siac.journal.events import events_of
from siac.journal.models import Consumer, JournalEntry

logger = logging.getLogger(__name__)

_LOOK = "SELECT pg_current_snapshot()::text, pg_current_xact_id()::text::bigint, statement_timestamp()"
_ENTRIES = """
SELECT id, xid, institution_id, stream, seq, kind, actor_id, at, data FROM journal_journalentry
WHERE (xid, id) > (%(xid)s, %(id)s) AND xid < %(bound)s AND xid <> ALL (%(running)s)
  AND (xid >= %(seen_bound)s OR xid = ANY (%(seen_running)s)) AND kind = ANY (%(kinds)s)
ORDER BY xid, id LIMIT %(limit)s
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
    from_now: bool = False


_CONSUMERS: dict[str, Registered] = {}


def register_consumer(
    name: str, matters: Sequence[str], handle_batch: Handler, *, from_now: bool = False
) -> None:
    """Have `handle_batch` called with the entries that make any of `matters` untrue, each exactly once.

    `matters` are what entries are declared with (`events.declare_events`). It runs in the transaction that
    moves the position: what it writes and the position go together, and when it raises, neither is kept and
    the batch comes again. Those of one transaction come in order; of two transactions either may come first:
    who needs the order of a chain goes by `seq`. A new consumer starts at the first entry, or, `from_now`,
    at those that are not committed yet when it first looks: for who reads by other means what stood before.
    Raises ValueError where another one has that name: its position would pass over what the other has not
    seen.
    """
    if name in _CONSUMERS:
        raise ValueError(f"there is a consumer {name!r} already")
    _CONSUMERS[name] = Registered(tuple(matters), handle_batch, from_now)


def forget_consumer(name: str) -> None:
    """Take a consumer off the list; its position stays."""
    _CONSUMERS.pop(name, None)


def run_consumers(limit: int = 500) -> int:
    """Let each consumer read up to `limit` entries for it; return how many were read in all.

    One runner at a time per consumer: another is passed over. A consumer that fails does not stop the rest.
    Costs 5 SQL a consumer, and what it does.
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
    # A long transaction may commit entries that stand before what was read already. So a reader goes by what
    # had finished at two moments and reads what the later one has more: it waits for nobody, skips nothing.
    is_old, kinds = bool(position.reading), events_of(consumer.matters)
    if not is_old:
        _look_anew(position, consumer)
    rows = _between_looks(position, kinds, limit)
    if is_old and not rows:  # a batch of just so many entries ended it: what came since is not left for later
        _end_look(position)
        _look_anew(position, consumer)
        rows = _between_looks(position, kinds, limit)
    if rows:
        consumer.handle_batch([entry for _, entry in rows])
        position.xid, position.entry_id = rows[-1][0], rows[-1][1].id
    if len(rows) < limit:
        _end_look(position)
    position.failures, position.last_error = 0, ""
    position.save()
    return len(rows)


def _look_anew(position: Consumer, consumer: Registered) -> None:
    """Note what has finished now (1 SQL)."""
    look, position.looked_at = _look()
    if consumer.from_now and not position.seen:
        position.seen = str(look)
    position.reading = str(look)
    position.xid, position.entry_id = Finished.read(position.seen).lowest, 0


def _end_look(position: Consumer) -> None:
    """Note that all between the two moments is read: the later one is what was seen."""
    position.seen, position.reading, position.read_at = position.reading, "", position.looked_at


def _look() -> tuple[Finished, datetime]:
    """Return the transactions that have finished now (1 SQL), this one not among them, and when that was."""
    with connection.cursor() as cursor:
        cursor.execute(_LOOK)
        snapshot, own, at = cursor.fetchone()
    return Finished.read(snapshot).without(own), at


def read_until(name: str) -> datetime | None:
    """Return the moment up to which a consumer has read all that was committed (1 SQL); None: it never
    ran."""
    return Consumer.objects.filter(name=name).values_list("read_at", flat=True).first()


def _between_looks(position: Consumer, kinds: Collection[str], limit: int) -> list[tuple[int, Entry]]:
    """Return the entries beyond `position` that the last look found and the one before had not (1 SQL)."""
    seen, reading = Finished.read(position.seen), Finished.read(position.reading)
    values: dict[str, Any] = {
        "xid": position.xid,
        "id": position.entry_id,
        "bound": reading.bound,
        "running": list(reading.running),
        "seen_bound": seen.bound,
        "seen_running": list(seen.running),
        "kinds": list(kinds),
        "limit": limit,
    }
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, values)
        return [
            (row[1], Entry(row[0], row[2], row[3], row[4], row[5], row[6], row[7], json.loads(row[8])))
            for row in cursor.fetchall()
        ]


def _note_failure(name: str, error: str) -> None:
    row = Consumer.objects.filter(name=name).first()
    if row is not None:
        Consumer.objects.filter(name=name).update(failures=row.failures + 1, last_error=error[:100])


def entries_of(institution_id: int, ids: Collection[int]) -> list[Entry]:
    """Return entries of a body by their numbers, as its readers got them (1 SQL)."""
    rows = JournalEntry.objects.filter(institution_id=institution_id, pk__in=ids).order_by("pk")
    columns = ("pk", "institution_id", "stream", "seq", "kind", "actor_id", "at", "data")
    return [Entry(*row) for row in rows.values_list(*columns)]
