# SPDX-License-Identifier: EUPL-1.2
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from siac.journal.models import Consumer, JournalEntry
from siac.journal.public import (
    NewEntry,
    histories,
    history,
    record,
    record_access,
    record_many,
    verify_institution,
)

pytestmark = pytest.mark.postgres


def test_entries_follow_each_other(body, now, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        record(body.pk, "probe:1", "probe.made", now, data={"folio": 1}, new_stream=True)
    with django_assert_num_queries(2):
        record(body.pk, "probe:1", "probe.moved", now, actor_id=4)
    first, second = history(body.pk, "probe:1")
    assert (first.seq, second.seq, second.actor_id) == (1, 2, 4)
    assert bytes(second.prev_hash) == bytes(first.hash)
    assert first.xid == second.xid > 0
    assert verify_institution(body.pk).problems == []


def test_ten_thousand_cost_two_queries(body, now, django_assert_num_queries) -> None:
    entries = [NewEntry(f"probe:{n // 2}", "probe.kept", {"n": n}) for n in range(10_000)]
    with django_assert_num_queries(1):
        record_many(body.pk, entries, now, new_streams=True)
    with django_assert_num_queries(2):
        record_many(body.pk, entries, now)
    assert [e.data["n"] for e in history(body.pk, "probe:3")] == [6, 7, 6, 7]
    assert sorted(histories(body.pk, ["probe:3", "none"])) == ["none", "probe:3"]
    report = verify_institution(body.pk)
    assert (report.entries, report.streams, report.problems) == (20_000, 5_000, [])


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE journal_journalentry SET kind = 'x'",
        "DELETE FROM journal_journalentry",
        "TRUNCATE journal_journalentry CASCADE",
        "TRUNCATE journal_checkpoint CASCADE",
    ],
)
def test_the_triggers_forbid_change(body, now, sql) -> None:
    record(body.pk, "case:1", "cases.filed", now)
    connection.check_constraints()
    with (
        pytest.raises(IntegrityError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)


@pytest.mark.parametrize("bad", [{"n": 1.5}, {"text": "x" * 300}])
def test_what_does_not_belong_is_refused_whole(body, now, bad) -> None:
    with pytest.raises(ValueError):
        record_many(body.pk, [NewEntry("a", "k"), NewEntry("b", "k", bad)], now)
    assert not JournalEntry.objects.exists()
    with pytest.raises(ValueError):
        record(body.pk, "a", "k", now.replace(tzinfo=None))


def test_two_windows_of_one_user_keep_one_chain(committed, body, now) -> None:
    def read() -> None:
        for number in range(5):
            record_access(body.pk, 9, f"person:{number}", now, "identity")
        connection.close()

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [entry.seq for entry in history(body.pk, "access:9")] == list(range(1, 16))
    assert verify_institution(body.pk).problems == []
    with pytest.raises(RuntimeError):
        record(body.pk, "a", "k", now)
    assert not Consumer.objects.exists()
