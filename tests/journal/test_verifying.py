# SPDX-License-Identifier: EUPL-1.2
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from siac.infra import crypto
from siac.journal.guards import guard_problems
from siac.journal.public import (
    NewEntry,
    forget_verification,
    make_checkpoint,
    record,
    record_many,
    register_verification,
    verify_institution,
)

pytestmark = pytest.mark.postgres


@pytest.fixture
def sealed(committed, body, now):
    with transaction.atomic():
        for number in range(1, 4):
            record_many(body.pk, [NewEntry(f"case:{n}", "k", {"n": number}) for n in range(1, 5)], now)
    assert make_checkpoint(body.pk, now) is not None
    with transaction.atomic():
        record(body.pk, "case:9", "k", now)
    return body


def tamper(*statements: str) -> None:
    with connection.cursor() as cursor:
        for table in ("journal_journalentry", "journal_checkpoint", "journal_sealedhead"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for statement in statements:
            cursor.execute(statement)
            assert cursor.rowcount != 0
        for table in ("journal_journalentry", "journal_checkpoint", "journal_sealedhead"):
            cursor.execute(
                f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER "
                f"{table}_rows, ENABLE ALWAYS TRIGGER {table}_truncate"
            )


def test_an_untouched_journal_is_whole(sealed, now) -> None:
    report = verify_institution(sealed.pk)
    assert report.problems == []
    assert (report.entries, report.streams, report.checkpoints, report.unsealed) == (13, 5, 1, 1)
    assert make_checkpoint(sealed.pk, now) is not None
    assert make_checkpoint(sealed.pk, now) is None
    report = verify_institution(sealed.pk)
    assert (report.problems, report.checkpoints, report.unsealed) == ([], 2, 0)


E = "journal_journalentry"
TAMPERED = {
    "altered data": (
        [f"UPDATE {E} SET data = '{{}}' WHERE stream = 'case:2' AND seq = 2"],
        "case:2: la anotación 2",
    ),
    "altered time": (
        [f"UPDATE {E} SET at = at + interval '1 s' WHERE stream = 'case:3' AND seq = 1"],
        "case:3",
    ),
    "altered actor": (
        [f"UPDATE {E} SET actor_id = 5 WHERE stream = 'case:3' AND seq = 3"],
        "case:3: la anotación 3",
    ),
    "middle deleted": (
        [f"DELETE FROM {E} WHERE stream = 'case:1' AND seq = 2"],
        "case:1: falta la anotación 2",
    ),
    "first deleted": (
        [f"DELETE FROM {E} WHERE stream = 'case:1' AND seq = 1"],
        "case:1: falta la anotación 1",
    ),
    "tail deleted": (
        [f"DELETE FROM {E} WHERE stream = 'case:4' AND seq = 3"],
        "case:4: falta la anotación 3",
    ),
    "stream deleted": ([f"DELETE FROM {E} WHERE stream = 'case:4'"], "case:4: falta la anotación 3"),
    "swapped": (
        [
            f"UPDATE {E} SET seq = seq + 100 WHERE stream = 'case:1' AND seq = 2",
            f"UPDATE {E} SET seq = 2 WHERE stream = 'case:1' AND seq = 3",
            f"UPDATE {E} SET seq = 3 WHERE stream = 'case:1' AND seq = 102",
        ],
        "case:1: la anotación 2",
    ),
    "moved to another stream": ([f"UPDATE {E} SET stream = 'case:8' WHERE stream = 'case:9'"], "case:8"),
    "checkpoint redated": (["UPDATE journal_checkpoint SET at = at + interval '1 day'"], "Sello 1: la firma"),
    "head removed": (["DELETE FROM journal_sealedhead WHERE stream = 'case:2'"], "Sello 1: sus anotaciones"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_tampering_is_found_and_named(sealed, name) -> None:
    statements, expected = TAMPERED[name]
    tamper(*statements)
    assert expected in verify_institution(sealed.pk).problems[0]


def test_a_rewritten_chain_does_not_match_its_seal(sealed, now) -> None:
    tamper(f"DELETE FROM {E} WHERE stream = 'case:4' AND seq = 3")
    with transaction.atomic():
        record(sealed.pk, "case:4", "k", now, data={"n": 999})
    problems = verify_institution(sealed.pk).problems
    assert problems == ["case:4: la anotación 3 no es la que vio el sello 1."]


def test_a_removed_checkpoint_shows_in_the_next_or_by_its_noted_root(sealed, now) -> None:
    root = verify_institution(sealed.pk).last_root
    assert verify_institution(sealed.pk, root).problems == []
    tamper("DELETE FROM journal_sealedhead", "DELETE FROM journal_checkpoint")
    assert root in verify_institution(sealed.pk, root).problems[0]


def test_without_its_key_a_seal_is_not_believed(sealed, monkeypatch) -> None:
    monkeypatch.setenv("SIAC_JOURNAL_KEY", "ab" * 32)
    crypto._keyring.cache_clear()
    try:
        assert "no está configurada" in verify_institution(sealed.pk).problems[0]
    finally:
        monkeypatch.delenv("SIAC_JOURNAL_KEY")
        crypto._keyring.cache_clear()


def test_other_contexts_add_checks(sealed) -> None:
    register_verification("test", lambda institution_id: ["Falta el folio 3."])
    try:
        assert verify_institution(sealed.pk).problems == ["Falta el folio 3."]
    finally:
        forget_verification("test")


def test_no_check_takes_the_place_of_another() -> None:
    with pytest.raises(ValueError, match="folios"):
        register_verification("folios", lambda institution_id: [])


def test_the_command_says_so_in_spanish(sealed, now) -> None:
    out = StringIO()
    call_command("verify", institution=sealed.slug, stdout=out)
    assert "íntegra" in out.getvalue()
    assert "sin sellar todavía: 1" in out.getvalue()
    call_command("seal_journal", stdout=out)
    assert "Sellos nuevos: 1" in out.getvalue()
    tamper(f"DELETE FROM {E} WHERE stream = 'case:9'")
    with pytest.raises(SystemExit) as stop:
        call_command("verify", stdout=out)
    assert stop.value.code == 1
    assert "✗ case:9: falta la anotación 1" in out.getvalue()
    with pytest.raises(CommandError):
        call_command("verify", institution="nadie", stdout=out)


@pytest.mark.django_db
def test_every_guard_that_is_registered_is_found_whatever_its_application():
    """One of an application that nobody named was told as missing in every body."""
    assert [problem for problem in guard_problems() if problem[0].startswith("guard")] == []
