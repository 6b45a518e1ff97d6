# SPDX-License-Identifier: EUPL-1.2
"""Writing a body into a file, as one snapshot sees it, after its journal was found whole."""

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from siac.accounts.public import carried_accounts
from siac.clocks.public import shared_calendars
from siac.config.moving.naming import people_named
from siac.config.moving.numbers import numbers_of
from siac.config.moving.package import ERASURES, FORM, HEAD, PackageWriter
from siac.config.moving.rows import leaving, selected
from siac.config.moving.tables import USERS, Table, ours, travelling_tables
from siac.config.moving.words import MovingError
from siac.documents.public import StoredFile, file_store, files_of_body, is_erased
from siac.infra.crypto import Keyring, Unreadable, vault_keys
from siac.infra.erasures import ledger_lines
from siac.infra.retrying import StoreAway
from siac.journal.public import make_checkpoints, verify_institution
from siac.organizations.public import Institution, institution_of, note_configuration

_BLOCK = 1 << 20


@dataclass
class Exported:
    """What went into the file. `root`: of the last checkpoint, in hexadecimal."""

    root: str = ""
    tables: int = 0
    rows: int = 0
    files: int = 0
    file_bytes: int = 0
    entries: int = 0
    missing: list[str] = field(default_factory=list)
    """Files that the store no longer gave, or gave otherwise than they were sealed."""


def export_body(institution: Institution, target: Path, key: bytes, *, now: datetime) -> Exported:
    """Write a body into the file `target`, which the key of the journey opens. The body stays as it is.

    Raises:
        MovingError: it is a practice body, its journal is not whole, or something is sealed with a lost key.
        OSError: no room, no permission, or the file is there already; what was begun is taken away.
    """
    if institution.is_practice:
        raise MovingError("Un organismo de práctica no se traslada: allá se abre uno nuevo.")
    with transaction.atomic():
        note_configuration(institution.pk, "organizations.institution_exported", actor=None, now=now, data={})
    make_checkpoints(now, institution.slug)
    descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as sink:
            found = _write(institution.pk, sink, key, now)
            sink.flush()
            os.fsync(sink.fileno())
    except BaseException as error:
        target.unlink(missing_ok=True)
        if isinstance(error, Unreadable):
            raise MovingError(f"Hay datos sellados con una clave que no está aquí: {error}") from None
        raise
    return found


def schema() -> dict[str, str]:
    """Return the newest migration of each of our applications: two installations with the same have the same
    tables."""
    labels = {model._meta.app_label for model in ours()}
    leaves = MigrationLoader(connection).graph.leaf_nodes()
    return {app: name for app, name in sorted(leaves) if app in labels}


def _write(body: int, sink: IO[bytes], key: bytes, now: datetime) -> Exported:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
            (lowered,) = cursor.fetchone()
        report = verify_institution(body)
        if report.problems:
            raise MovingError(f"La bitácora del organismo no está íntegra: {report.problems[0]}")
        package = PackageWriter(sink, key)
        institution = institution_of(body)
        package.put_note(HEAD, _head(institution, report.last_root, now))
        found = Exported(root=report.last_root, entries=report.entries)
        journey = Keyring(key)
        for table in travelling_tables().values():
            package.put_table(
                table.name, leaving(table, _copied(table, body, lowered), vault_keys(), journey)
            )
        for each in files_of_body(body):
            _put_file(package, each, found)
        package.put(ERASURES, ledger_lines(institution.slug))
        package.close(missing=len(found.missing), root=report.last_root, entries=report.entries)
    found.tables, found.files, found.file_bytes = len(package.tables), package.files, package.file_bytes
    found.rows = sum(each.rows for each in package.tables.values())
    return found


def _head(institution: Institution, root: str, now: datetime) -> dict[str, Any]:
    people = carried_accounts(sorted(_people(institution.pk)))
    return {
        "form": FORM, "siac": version("siac"), "made_at": now.isoformat(), "body": institution.pk,
        "slug": institution.slug, "name": institution.name,
        "country": institution.jurisdiction, "root": root, "migrations": schema(),
        "calendars": [asdict(each) for each in shared_calendars(institution.jurisdiction)],
        "people": [{**asdict(each), "created_at": each.created_at.isoformat()} for each in people],
    }  # fmt: skip


def _people(body: int) -> set[int]:
    """Return the accounts that the rows of a body name, the journal too; those by whom only a kept list is
    narrowed are not of it (1 SQL a table that names some).
    """
    found: set[int] = set()
    for table in travelling_tables().values():
        columns = [each.column for each in table.references if each.table == USERS]
        queries = [
            f'SELECT DISTINCT t."{each}"::text FROM {table.name} t WHERE {table.of(body)}'  # noqa: S608 - our models
            for each in columns
        ]
        queries += [f"{each} {table.of(body)}" for each in people_named(table)]
        queries += [
            f"SELECT DISTINCT n.said FROM {table.name} t, LATERAL {each.query} n WHERE {table.of(body)}"  # noqa: S608
            for each in numbers_of(table.name)
            if each.of == USERS and not each.falls
        ]
        if queries:
            with connection.cursor() as cursor:
                cursor.execute(" UNION ".join(queries))
                found.update(int(pk) for (pk,) in cursor.fetchall() if pk is not None and pk.isdecimal())
    return found


def _copied(table: Table, body: int, lowered: int) -> Iterator[bytes]:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY ({selected(table, body, lowered)}) TO STDOUT") as rows,
    ):
        yield from rows


def _put_file(package: PackageWriter, each: StoredFile, found: Exported) -> None:
    try:
        source: Any = file_store().open(each.key)
    except StoreAway:
        raise
    except OSError:
        if not is_erased(each.key):
            found.missing.append(each.key)
        return
    with source:
        tally = package.put_file(each.key, _blocks(source))
    if tally.sha256 != each.sha256:
        raise MovingError(f"El archivo {each.key} del almacén no es como se recibió; no se exportó nada.")


def _blocks(source: IO[bytes]) -> Iterator[bytes]:
    while block := source.read(_BLOCK):
        yield block
