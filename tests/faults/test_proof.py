# SPDX-License-Identifier: EUPL-1.2
"""Somebody with the database in hand changes one thing: `siac verify` sees it,
or the database does not let them.

The owner of the tables may switch triggers off and on again, so that nothing stands in the way of the change.
The role of web and worker may do what its rights allow. What is done to whatever was written after the last
checkpoint by somebody who owns the tables is not looked at here: that window is named by `siac verify`.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from siac.accounts.public import Role
from siac.cases.commands.handling import add_note, assign_case, refer_case
from siac.cases.public import Case, Outcome, answer_case
from siac.config.roles import APPEND_ONLY, grant_rows
from siac.documents.public import check_uploads
from siac.documents.storage import files as file_store
from siac.infra.roots_file import roots_path
from siac.journal.domain.chain import Sealable, entry_hash
from siac.journal.guards import owner_role
from siac.journal.public import make_checkpoints, verify_institution
from siac.journal.roots import lost_roots
from tests.factories import NOW, House, file, make_house

pytestmark = [pytest.mark.postgres, pytest.mark.slow]

APPLICATION = "siac_app"
PROTECTED = {
    "journal_journalentry": {"id", "xid"},
    "journal_checkpoint": set(),
    "journal_sealedhead": {"id"},
    "cases_case": {"version", "snoozed_until", "snoozed_version", "idempotency_print"},
    "cases_casetext": {"search"},
    "cases_casemessage": set(),
    "cases_foliocounter": {"id"},
    "documents_attachment": {"scan_state", "scan_after"},
}
"""Tables, and the columns of each that say nothing about what happened: places for readers, reminders, words
for the search, what a repeated sending is compared with, and what the scanner said last.
"""
WRITING = {
    "bigint": "{0} + 1",
    "integer": "{0} + 1",
    "smallint": "{0} + 1",
    "boolean": "NOT {0}",
    "date": "{0} + 1",
    "timestamp with time zone": "{0} + interval '1 second'",
    "bytea": "{0} || '\\x01'::bytea",
    "jsonb": "{0} || '{{\"otro\": 1}}'::jsonb",
    "character varying": "{0} || 'x'",
    "text": "{0} || ' x'",
}
FILLED = {
    "bigint": "{first}",
    "integer": "{first}",
    "smallint": "1",
    "boolean": "true",
    "date": "'2026-09-08'",
    "bytea": "'\\x01'",
    "timestamp with time zone": "'2026-09-08'",
    "jsonb": "'{{}}'",
    "character varying": "'x'",
    "text": "'x'",
}
FORGED = """INSERT INTO journal_journalentry (institution_id, stream, seq, kind, actor_id, at, data, xid,
  prev_hash, hash, mac)
SELECT institution_id, stream, seq + 1, kind, actor_id, %s, data, %s, hash, %s, %s FROM journal_journalentry
  WHERE id = %s"""


@pytest.fixture
def house(real_commits, tmp_path, monkeypatch, settings) -> House:
    """A body with a bit of everything, sealed."""
    monkeypatch.setenv("SIAC_HOME", str(tmp_path))
    settings.MEDIA_ROOT = tmp_path / "files"
    monkeypatch.setattr(
        "siac.documents.storage.DurableStorage.base_location", str(tmp_path / "files"), raising=False
    )
    house = make_house()
    papers = check_uploads([SimpleUploadedFile("carta.txt", b"Estimados:")])
    case = file(house, kind="reclamo", files=papers)
    file(house, kind="consulta")
    answered = file(house, kind="reclamo")
    on: dict[str, Any] = {
        "institution": house.institution,
        "actor": house.user(Role.HEAD_OF_UNIT),
        "now": NOW,
    }
    refer_case(**on, case_id=case.pk, version=None, unit_id=house.units["obras"], reason="Es de ellos")
    assign_case(**on, case_id=case.pk, version=None, assignee_id=house.user(Role.UNIT_OFFICER).pk)
    add_note(
        **on,
        case_id=case.pk,
        body="Se llamó a la persona",
        files=check_uploads([SimpleUploadedFile("a.txt", b"a")]),
    )
    answer_case(**on, case_id=answered.pk, version=None, body="Se reparó", outcome=Outcome.UPHELD)
    make_checkpoints(timezone.now())
    return house


def seen(house: House) -> bool:
    """Whether `siac verify` complains."""
    return bool(verify_institution(house.institution.pk).problems) or any(lost_roots(roots_path()))


@contextmanager
def put_back() -> Iterator[None]:
    """Undo what is done inside, whatever it was."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def run(*statements: str, values: Any = None) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values) if values else cursor.execute(statement)


def single_changes(house: House) -> Iterator[tuple[str, str, str]]:
    """Yield (table, what, statement): each column of one row of each table changed, each row of it
    deleted. A key that is empty is filled with one that many tables of the house have.
    """
    first = house.institution.pk
    with connection.cursor() as cursor:
        for table, silent in PROTECTED.items():
            cursor.execute(
                (
                    "SELECT column_name, data_type FROM "
                    "information_schema.columns WHERE table_name = %s ORDER BY 1"
                ),
                [table],
            )
            columns = cursor.fetchall()
            cursor.execute(f"SELECT ctid::text FROM {table} ORDER BY 1")
            places = [row[0] for row in cursor.fetchall()]
            for name, kind in columns:
                if name in silent:
                    continue
                for place in {places[0], places[-1]}:
                    value = f"coalesce({WRITING[kind]}, {FILLED[kind]})".format(f'"{name}"', first=first)
                    yield (
                        table,
                        f"{name} at {place}",
                        f"UPDATE {table} SET \"{name}\" = {value} WHERE ctid = '{place}'",
                    )
            for place in places[:12]:
                yield table, f"delete {place}", f"DELETE FROM {table} WHERE ctid = '{place}'"


def as_owner(table: str, statement: str) -> None:
    """Do it with nothing in the way, and leave no trace of that."""
    always = "; ".join(
        f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {table}_{name}"
        for name in ("rows", "truncate")
        if table in APPEND_ONLY
    )
    run(f"ALTER TABLE {table} DISABLE TRIGGER USER")
    with connection.cursor() as cursor:
        cursor.execute(statement)
        assert cursor.rowcount > 0
    run(
        "SET CONSTRAINTS ALL IMMEDIATE",
        f"ALTER TABLE {table} ENABLE TRIGGER USER",
        *([always] if always else []),
    )


def test_every_single_change_of_a_row_is_seen_or_impossible(house):
    assert verify_institution(house.institution.pk).problems == []
    assert not seen(house)
    impossible, found, unseen = 0, 0, []
    for table, what, statement in list(single_changes(house)):
        with put_back():
            try:
                with transaction.atomic():
                    as_owner(table, statement)
            except DatabaseError:
                impossible += 1
                continue
            if seen(house):
                found += 1
            else:
                unseen.append((table, what))
    assert unseen == []
    assert found + impossible >= 200, (found, impossible)
    assert found >= 150
    assert not seen(house)


def test_whole_chains_tails_checkpoints_and_bodies_taken_away_are_seen(house):
    pk = house.institution.pk
    case = first_stream()
    ways = {
        "a tail": [
            ("journal_journalentry", f"DELETE FROM journal_journalentry WHERE stream = '{case}' AND seq > 2")
        ],
        "a chain": [("journal_journalentry", f"DELETE FROM journal_journalentry WHERE stream = '{case}'")],
        "a case with its chain": [
            ("journal_sealedhead", f"DELETE FROM journal_sealedhead WHERE stream = '{case}'"),
            ("journal_journalentry", f"DELETE FROM journal_journalentry WHERE stream = '{case}'"),
        ],
        "the last checkpoint": [
            ("journal_sealedhead", "DELETE FROM journal_sealedhead"),
            ("journal_checkpoint", "DELETE FROM journal_checkpoint"),
        ],
        "the whole journal of a body": [
            ("journal_sealedhead", f"DELETE FROM journal_sealedhead WHERE institution_id = {pk}"),
            ("journal_checkpoint", f"DELETE FROM journal_checkpoint WHERE institution_id = {pk}"),
            ("journal_journalentry", f"DELETE FROM journal_journalentry WHERE institution_id = {pk}"),
        ],
    }
    for way, steps in ways.items():
        with put_back():
            for table, statement in steps:
                as_owner(table, statement)
            assert seen(house), way


def first_stream() -> str:
    """Return the stream of the body's first case; its number goes by what other tests used up."""
    return str(Case.objects.earliest("pk").stream)


def _forged(*, at: Any, xid: int | None) -> None:
    """Add an entry as whoever owns the tables can: every link right, only the key is not theirs."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, institution_id, stream, seq, kind, actor_id, hash, pg_current_xact_id()::text::bigint"
            " FROM journal_journalentry WHERE stream = %s ORDER BY seq DESC LIMIT 1",
            [first_stream()],
        )
        pk, body, name, seq, kind, actor, last, here = cursor.fetchone()
        cursor.execute("SELECT data FROM journal_journalentry WHERE id = %s", [pk])
        data = json.loads(cursor.fetchone()[0])
        digest = entry_hash(Sealable(body, name, seq + 1, kind, actor, at, data), bytes(last))
        cursor.execute("SELECT mac FROM journal_journalentry WHERE id = %s", [pk])
        (mac,) = cursor.fetchone()
        cursor.execute(FORGED, [at, here if xid is None else xid, digest, bytes(mac), pk])


@pytest.mark.parametrize("back", [timedelta(0), timedelta(days=300)])
@pytest.mark.parametrize("xid", [None, 3])
def test_a_forged_or_backdated_entry_is_seen_also_behind_a_checkpoint(house, back, xid):
    with put_back():
        _forged(at=timezone.now() - back, xid=xid)
        problems = verify_institution(house.institution.pk).problems
        assert any("no lleva la firma" in problem for problem in problems)
        assert (xid is None) != any("detrás del último sello" in problem for problem in problems)


T = "journal_journalentry"
WEAKENED = {
    "a trigger dropped": f"DROP TRIGGER {T}_rows ON {T}",
    "a trigger off": f"ALTER TABLE {T} DISABLE TRIGGER {T}_truncate",
    "a trigger that a replica skips": f"ALTER TABLE {T} ENABLE TRIGGER {T}_rows",
    "another function": (
        "CREATE OR REPLACE FUNCTION journal_append_only() RETURNS "
        "trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$"
    ),
    "a trigger for less": f"DROP TRIGGER {T}_rows ON {T}; CREATE TRIGGER "
    f"{T}_rows BEFORE UPDATE ON {T} FOR EACH ROW"
    f" EXECUTE FUNCTION journal_append_only(); ALTER TABLE {T} ENABLE ALWAYS TRIGGER {T}_rows",
    "a rule": f"CREATE RULE quiet AS ON INSERT TO {T} DO INSTEAD NOTHING",
    "a rule on cases": "CREATE RULE quiet AS ON UPDATE TO cases_case DO INSTEAD NOTHING",
    "a policy": f"ALTER TABLE {T} ENABLE ROW LEVEL SECURITY",
    "a trigger of their own": "CREATE FUNCTION f() RETURNS trigger LANGUAGE "
    "plpgsql AS $$ BEGIN RETURN NULL; END $$;"
    " CREATE TRIGGER mine BEFORE INSERT ON cases_casemessage FOR EACH ROW EXECUTE FUNCTION f()",
    "an heir": f"CREATE TABLE more () INHERITS ({T})",
    "a constraint": f"ALTER TABLE {T} DROP CONSTRAINT journal_entry_place",
    "a default": f"ALTER TABLE {T} ALTER COLUMN xid SET DEFAULT 3",
}


@pytest.mark.parametrize("way", WEAKENED)
def test_what_protects_the_journal_is_looked_at_too(house, way):
    with put_back():
        run(WEAKENED[way])
        assert seen(house)
    assert not seen(house)


def test_bytes_changed_or_gone_in_the_store_are_seen(house, tmp_path):
    store = file_store()
    (month,) = store.listdir("")[0]
    path = store.path(f"{month}/{sorted(store.listdir(month)[1])[0]}")
    kept = open(path, "rb").read()  # noqa: SIM115
    open(path, "wb").write(kept + b" ")  # noqa: SIM115
    assert any("contenido" in problem for problem in verify_institution(house.institution.pk).problems)
    open(path, "wb").write(kept)  # noqa: SIM115
    assert not seen(house)


@pytest.fixture
def application(house) -> Iterator[None]:
    """Connect as the role of web and worker, which the embedded server brings and `.ci/run` makes."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [APPLICATION])
        if cursor.fetchone() is None:
            pytest.skip(f"this server has no role {APPLICATION}")
    changes = list(single_changes(house))
    grant_rows(APPLICATION)
    kept = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = APPLICATION
    try:
        yield changes
    finally:
        connection.close()
        connection.settings_dict["USER"] = kept


def test_the_role_of_web_and_worker_can_change_no_entry_no_trigger_and_no_table(house, application):
    """Its rights on rows of cases are what the product needs; what it does there without an entry is seen."""
    assert owner_role() == ""
    impossible, found, unseen = 0, 0, []
    for table, what, statement in application:
        with put_back():
            try:
                with transaction.atomic():
                    run(statement, "SET CONSTRAINTS ALL IMMEDIATE")
            except DatabaseError:
                impossible += 1
                continue
            if table in APPEND_ONLY or not seen(house):
                unseen.append((table, what))
            else:
                found += 1
    for statement in WEAKENED.values():
        with pytest.raises(DatabaseError), transaction.atomic():
            run(statement)
    assert unseen == []
    assert impossible >= 60 and found + impossible >= 200, (found, impossible)


def test_the_role_of_web_and_worker_files_and_handles_cases(house, application):
    case = file(house, kind="reclamo", files=check_uploads([SimpleUploadedFile("b.txt", b"b")]))
    on: dict[str, Any] = {
        "institution": house.institution,
        "actor": house.user(Role.HEAD_OF_UNIT),
        "now": NOW,
    }
    answer_case(**on, case_id=case.pk, version=None, body="Se reparó", outcome=Outcome.UPHELD)
    make_checkpoints(timezone.now())
    assert not seen(house)
