# SPDX-License-Identifier: EUPL-1.2
"""Every entry is seen exactly once, however writers commit, roll back and overlap while readers read."""

import logging
import random
import threading
import time
from collections import Counter
from functools import partial

import pytest
from django.db import connection, transaction

from siac.journal.commands import consuming
from siac.journal.models import JournalEntry
from siac.journal.public import NewEntry, record_many, register_consumer, run_consumers

pytestmark = pytest.mark.postgres

WRITERS, ROUNDS, READERS = 6, 40, 3


class Undone(Exception):
    """What a writer takes its own transaction back with."""


def _write(body, now, writer: int) -> None:
    """Commit some entries and take others back, in transactions that overlap those of others by chance."""
    chance = random.Random(writer)
    try:
        for number in range(ROUNDS):
            try:
                with transaction.atomic():
                    _entries(body, now, f"w{writer}:{number}", chance)
            except Undone:
                continue
    finally:
        connection.close()


def _entries(body, now, name: str, chance: random.Random) -> None:
    for part in range(chance.randint(1, 3)):
        entries = [NewEntry(f"{name}:{part}:{n}", "wanted") for n in range(chance.randint(1, 4))]
        record_many(body.pk, entries, now, new_streams=True)
        time.sleep(chance.choice((0, 0, 0.002, 0.02)))
    if chance.random() < 0.2:
        try:
            with transaction.atomic():
                record_many(body.pk, [NewEntry(f"{name}:savepoint", "wanted")], now, new_streams=True)
                raise Undone
        except Undone:
            pass
    if chance.random() < 0.25:
        raise Undone


def _read(over: threading.Event, chance: random.Random) -> None:
    try:
        while not over.is_set():
            run_consumers(chance.randint(1, 9))
    finally:
        connection.close()


def test_each_entry_is_seen_once_by_each_reader(committed, body, now, monkeypatch, caplog) -> None:
    """The first reader writes an entry for each it sees, in its own transaction; the second reads those."""
    monkeypatch.setattr(consuming, "_CONSUMERS", {})
    echoed: list[str] = []

    def note(batch) -> None:
        chance = random.Random(batch[0].id)
        entries = [NewEntry(f"made:{entry.id}", "made", {"of": entry.stream}) for entry in batch]
        # No `new_streams`: an entry that came twice would be a second one in its chain, not an error.
        record_many(body.pk, entries, now)
        time.sleep(chance.choice((0, 0.005)))
        if chance.random() < 0.2 and batch[0].id not in failed:
            failed.add(batch[0].id)
            raise RuntimeError("once")

    failed: set[int] = set()
    register_consumer("first", ["what is wanted"], note)
    register_consumer("second", ["what is made"], lambda batch: echoed.extend(e.data["of"] for e in batch))
    over = threading.Event()
    readers = [threading.Thread(target=_read, args=(over, random.Random(n))) for n in range(READERS)]
    writers = [threading.Thread(target=partial(_write, body, now, n)) for n in range(WRITERS)]
    with caplog.at_level(logging.CRITICAL):
        for thread in (*readers, *writers):
            thread.start()
        for thread in writers:
            thread.join()
        over.set()
        for thread in readers:
            thread.join()
        idle = 0
        while idle < 2:  # a batch that fails once comes again
            idle = 0 if run_consumers(9) else idle + 1  # small: on a busy machine most is still to be read
    written = Counter(JournalEntry.objects.filter(kind="wanted").values_list("stream", flat=True))
    made = JournalEntry.objects.filter(kind="made").order_by("pk")
    assert len(written) > WRITERS * ROUNDS / 2 and not any("savepoint" in name for name in written)
    assert Counter(entry.data["of"] for entry in made) == written, "the first reader saw each entry once"
    assert Counter(echoed) == written, "the second saw once what the first wrote"
    assert failed, "no batch failed: the test tries less than it says"
