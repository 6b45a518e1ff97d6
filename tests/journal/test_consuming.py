# SPDX-License-Identifier: EUPL-1.2
import logging
from importlib import import_module

import psycopg
import pytest
from django.db import connection, transaction

from siac.journal.commands import consuming
from siac.journal.commands.renumbering import renumber_transactions
from siac.journal.domain.finished import Finished
from siac.journal.models import Consumer, JournalEntry
from siac.journal.public import forget_consumer, record, register_consumer, run_consumers

pytestmark = pytest.mark.postgres


@pytest.fixture
def seen(monkeypatch):
    """What a consumer of the test saw; it is the only one, whatever the product itself registered."""
    monkeypatch.setattr(consuming, "_CONSUMERS", {})
    got: list[str] = []
    register_consumer("test", ["what is wanted"], lambda batch: got.extend(entry.stream for entry in batch))
    yield got
    forget_consumer("test")


def other_connection() -> psycopg.Connection:
    params = connection.get_connection_params()
    return psycopg.connect(
        **{k: v for k, v in params.items() if k in {"dbname", "user", "password", "host", "port"}}
    )


def write(body, stream, now, kind="wanted") -> None:
    with transaction.atomic():
        record(body.pk, stream, kind, now, new_stream=True)


COPY = (
    "INSERT INTO journal_journalentry (institution_id, stream, seq, kind, at, data, prev_hash, hash, mac)"
    " VALUES (%s, %s, 1, 'wanted', now(), '{}', '', '', '')"
)


def test_a_late_commit_holds_nothing_up_and_is_not_skipped(committed, body, now, seen) -> None:
    with other_connection() as late:
        late.execute(COPY, [body.pk, "late"])
        write(body, "early", now)
        run_consumers()
        assert seen == ["early"], "an older transaction that is open holds nothing up"
        write(body, "next", now)
        run_consumers()
        assert seen == ["early", "next"]
        late.commit()
    run_consumers()
    assert seen == ["early", "next", "late"]
    run_consumers()
    assert seen == ["early", "next", "late"], "each entry once"


def test_what_is_taken_back_is_never_seen(committed, body, now, seen) -> None:
    with other_connection() as undone:
        undone.execute(COPY, [body.pk, "undone"])
        write(body, "done", now)
        run_consumers()
        undone.rollback()
    run_consumers()
    assert seen == ["done"]


def test_batches_of_what_makes_the_matter_untrue(committed, body, now, seen) -> None:
    for number in range(9):
        write(body, f"s{number}", now, "wanted" if number % 2 else "other")
    assert [run_consumers(3) for _ in range(3)] == [3, 1, 0]
    assert seen == ["s1", "s3", "s5", "s7"]


def test_a_batch_of_just_so_many_does_not_leave_what_came_since_for_later(committed, body, now, seen) -> None:
    """Who reads until nothing is left had stopped at the empty end of an old look."""
    for number in range(3):
        write(body, f"s{number}", now)
    assert run_consumers(3) == 3
    write(body, "since", now)
    while run_consumers(3):
        continue
    assert seen == ["s0", "s1", "s2", "since"]


def test_a_transaction_that_ends_between_two_batches_comes_with_the_next_look(
    committed, body, now, seen
) -> None:
    with other_connection() as late:
        late.execute(COPY, [body.pk, "late"])
        for number in range(4):
            write(body, f"s{number}", now)
        assert run_consumers(3) == 3
        late.commit()
    while run_consumers(3):
        continue
    run_consumers(3)
    assert seen == ["s0", "s1", "s2", "s3", "late"]


def test_a_matter_that_nothing_makes_untrue_is_a_fault_that_is_noted(committed, caplog, seen) -> None:
    register_consumer("deaf", ["what nobody changes"], lambda batch: None)
    with caplog.at_level(logging.CRITICAL):
        run_consumers()
    assert Consumer.objects.get(name="deaf").last_error == "ValueError"


def test_a_reader_of_before_goes_on_where_it_stood(committed, body, now, seen) -> None:
    write(body, "read", now)
    read = JournalEntry.objects.get(stream="read")
    with transaction.atomic():
        record(body.pk, "half", "wanted", now, new_stream=True)
        record(body.pk, "other half", "wanted", now, new_stream=True)
    half = JournalEntry.objects.get(stream="half")
    Consumer.objects.create(name="test", xid=half.xid, entry_id=half.pk)
    migration = import_module("siac.journal.migrations.0005_consumers_know_what_finished")
    with connection.cursor() as cursor:
        cursor.execute(migration.FORWARD)
    write(body, "new", now)
    while run_consumers():
        continue
    run_consumers()
    assert seen == ["other half", "new"]
    with connection.cursor() as cursor:
        cursor.execute(migration.BACK)
    row = Consumer.objects.get(name="test")
    assert row.xid > read.xid and row.entry_id == 0


AHEAD = 1_000_000_000


def test_in_a_restored_database_nothing_is_read_twice_or_passed_over(committed, body, now, seen) -> None:
    with other_connection() as late:
        late.execute(COPY, [body.pk, "late"])
        write(body, "read", now)
        while run_consumers():
            continue
        assert seen == ["read"]
        late.commit()
    with connection.cursor() as cursor:  # as a server left it that had counted much farther
        cursor.execute("ALTER TABLE journal_journalentry DISABLE TRIGGER journal_journalentry_rows")
        cursor.execute("UPDATE journal_journalentry SET xid = xid + %s", [AHEAD])
        cursor.execute("ALTER TABLE journal_journalentry ENABLE ALWAYS TRIGGER journal_journalentry_rows")
    row = Consumer.objects.get(name="test")
    row.seen = str(Finished.read(row.seen).moved(-AHEAD))
    row.save()
    assert renumber_transactions() == 2
    write(body, "new", now)
    while run_consumers():
        continue
    assert seen == ["read", "late", "new"]
    assert renumber_transactions() == 0


def test_one_runner_at_a_time(committed, body, now, seen) -> None:
    write(body, "a", now)
    Consumer.objects.create(name="test")
    with other_connection() as other:
        other.execute("SELECT 1 FROM journal_consumer WHERE name = 'test' FOR UPDATE")
        assert run_consumers() == 0
    assert run_consumers() == 1
    assert seen == ["a"]


def test_a_failed_batch_comes_again(committed, body, now, caplog) -> None:
    tries: list[int] = []

    def handle(batch) -> None:
        tries.append(len(batch))
        record(body.pk, "made", "made", now)
        if len(tries) == 1:
            raise KeyError("secret")

    register_consumer("shaky", ["what is wanted"], handle)
    try:
        write(body, "a", now)
        with caplog.at_level(logging.CRITICAL):
            run_consumers()
        row = Consumer.objects.get(name="shaky")
        assert (row.failures, row.last_error, row.seen) == (1, "KeyError", "")
        assert not JournalEntry.objects.filter(stream="made").exists()
        run_consumers()
        assert tries == [1, 1]
        assert Consumer.objects.get(name="shaky").failures == 0
    finally:
        forget_consumer("shaky")
