# SPDX-License-Identifier: EUPL-1.2
import logging

import psycopg
import pytest
from django.db import connection, transaction

from siac.journal.commands import consuming
from siac.journal.models import Consumer, JournalEntry
from siac.journal.public import forget_consumer, record, register_consumer, run_consumers

pytestmark = pytest.mark.postgres


@pytest.fixture
def seen(monkeypatch):
    """What a consumer of the test saw; it is the only one, whatever the product itself registered."""
    monkeypatch.setattr(consuming, "_CONSUMERS", {})
    got: list[str] = []
    register_consumer("test", ["wanted"], lambda batch: got.extend(entry.stream for entry in batch))
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


def test_a_late_commit_is_not_skipped(committed, body, now, seen) -> None:
    with other_connection() as late:
        late.execute(COPY, [body.pk, "late"])
        write(body, "early", now)
        run_consumers()
        assert seen == [], "an entry beside an open older transaction is not settled"
        late.commit()
    run_consumers()
    assert seen == ["late", "early"]
    run_consumers()
    assert seen == ["late", "early"], "each entry once"


def test_batches_and_kinds(committed, body, now, seen) -> None:
    for number in range(5):
        write(body, f"s{number}", now, "wanted" if number % 2 else "other")
    assert [run_consumers(2) for _ in range(4)] == [2, 2, 1, 0]
    assert seen == ["s1", "s3"]


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

    register_consumer("shaky", ["wanted"], handle)
    try:
        write(body, "a", now)
        with caplog.at_level(logging.CRITICAL):
            run_consumers()
        row = Consumer.objects.get(name="shaky")
        assert (row.failures, row.last_error, row.entry_id) == (1, "KeyError", 0)
        assert not JournalEntry.objects.filter(stream="made").exists()
        run_consumers()
        assert tries == [1, 1]
        assert Consumer.objects.get(name="shaky").failures == 0
    finally:
        forget_consumer("shaky")
