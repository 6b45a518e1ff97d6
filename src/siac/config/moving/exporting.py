# SPDX-License-Identifier: EUPL-1.2
"""Writing a body into a file, as one snapshot sees it, after its journal was found whole."""

import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import datetime
from hashlib import sha256
from importlib.metadata import version
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, Any

from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from siac.accounts.public import carried_accounts
from siac.clocks.public import shared_calendars
from siac.config.moving.ledger import sound_lines
from siac.config.moving.naming import people_named, strays_named
from siac.config.moving.numbers import numbers_of
from siac.config.moving.package import FORM, HEAD, PackageWriter
from siac.config.moving.rows import leaving, selected
from siac.config.moving.storing import Say, is_lost, patiently
from siac.config.moving.tables import USERS, Table, ours, travelling_tables
from siac.config.moving.words import MovingError
from siac.documents.public import StoredFile, file_row_problems, file_store, files_of_body, is_erased
from siac.infra.crypto import Keyring, Unreadable, vault_keys
from siac.infra.erasures import ledger_lines
from siac.journal.public import make_checkpoints, verify_institution
from siac.organizations.public import Institution, institution_of, note_configuration
from siac.signin.public import mail_domains

_BLOCK, _SPOOLED = 1 << 20, 8 << 20


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
    gone: int = 0
    """Files that were erased while the body was written: the ledger that goes along tells."""


def export_body(
    institution: Institution,
    target: Path,
    key: bytes,
    *,
    now: datetime,
    say: Say,
    without_lost: bool = False,
) -> Exported:
    """Write a body into the file `target`, which the key of the journey opens. The body stays as it is.
    `without_lost`: files that are lost or damaged stay behind, their rows go.

    Raises:
        MovingError: it is a practice body, its journal is not whole, a file is lost or damaged, or something
            is sealed with a lost key.
        StoreAway: the store does not answer.
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
            found = _write(institution.pk, sink, key, now, say, without_lost)
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


def _write(body: int, sink: IO[bytes], key: bytes, now: datetime, say: Say, without_lost: bool) -> Exported:
    with TemporaryFile("w+") as files:
        package, found, institution = _write_rows(body, sink, key, now, files)
        # The snapshot ends here: a store that is slow holds nothing of the other bodies up.
        files.seek(0)
        for line in files:
            name, size, digest = line.rsplit(maxsplit=2)
            _put_file(package, StoredFile(name, int(size), digest), found, say, without_lost)
    lines = list(ledger_lines(institution.slug))
    sound_lines(lines, institution.slug)
    package.put_erasures(lines)
    package.close(missing=len(found.missing) + found.gone, root=found.root, entries=found.entries)
    found.tables, found.files, found.file_bytes = len(package.tables), package.files, package.file_bytes
    found.rows = sum(each.rows for each in package.tables.values())
    return found


def _write_rows(
    body: int, sink: IO[bytes], key: bytes, now: datetime, files: IO[str]
) -> tuple[PackageWriter, Exported, Institution]:
    """Write head and rows as one snapshot sees them, and into `files` which files there are."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
            (lowered,) = cursor.fetchone()
        report = verify_institution(body, without=["files"])
        problems = [*report.problems, *islice(file_row_problems(body), 1)]  # bytes are read on their way out
        if problems:
            raise MovingError(f"La bitácora del organismo no está íntegra: {problems[0]}")
        check_named(body)
        package = PackageWriter(sink, key)
        institution = institution_of(body)
        package.put_note(HEAD, _head(institution, report.last_root, now))
        journey = Keyring(key)
        for table in travelling_tables().values():
            package.put_table(
                table.name, leaving(table, _copied(table, body, lowered), vault_keys(), journey)
            )
        for each in files_of_body(body):
            files.write(f"{each.key} {each.size} {each.sha256}\n")
    return package, Exported(root=report.last_root, entries=report.entries), institution


def check_named(body: int) -> None:
    """Look whether some row names by number alone what is not of the body, or a sort of thing that no context
    knows: nobody would take it in, and it is told before the file is carried anywhere.

    1 SQL for each such column of the tables, and 1 for each sort of thing that one names.

    Raises:
        MovingError: some row does.
    """
    people = _people(body)
    for table in travelling_tables().values():
        for column, (query, values) in strays_named(table, body, people, {}):
            with connection.cursor() as cursor:
                cursor.execute(query, values)
                if cursor.fetchone() is not None:
                    raise MovingError(
                        f"Una fila de {table.name} ({column}) apunta a algo que no es del organismo, y nadie"
                        " la recibiría: no se exportó nada."
                    )


def _head(institution: Institution, root: str, now: datetime) -> dict[str, Any]:
    people = carried_accounts(sorted(_people(institution.pk)))
    return {
        "form": FORM, "siac": version("siac"), "made_at": now.isoformat(), "body": institution.pk,
        "slug": institution.slug, "name": institution.name,
        "country": institution.jurisdiction, "root": root, "migrations": schema(),
        "mail_domains": mail_domains(institution),
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


def _put_file(
    package: PackageWriter, each: StoredFile, found: Exported, say: Say, without_lost: bool
) -> None:
    with SpooledTemporaryFile(max_size=_SPOOLED) as held:
        try:
            digest = patiently(lambda: _fetched(each.key, held), say)
        except OSError as error:
            if not is_lost(error):
                raise
            digest = ""
        if digest == each.sha256:
            held.seek(0)
            package.put_file(each.key, iter(lambda: held.read(_BLOCK), b""))
        elif is_erased(each.key):
            found.gone += 1
        elif without_lost:
            found.missing.append(each.key)
        else:
            raise MovingError(
                f"El archivo {each.key} falta en el almacén o no es como se recibió: devuélvalo de un"
                " respaldo (siac verify dice cuáles faltan) o, si está perdido, exporte con"
                " --without-lost-files. No se exportó nada."
            )


def _fetched(key: str, held: Any) -> str:
    """Copy a stored file and return its SHA-256 in hexadecimal."""
    held.seek(0)
    held.truncate()
    digest = sha256()
    with file_store().open(key) as source:
        while block := source.read(_BLOCK):
            digest.update(block)
            held.write(block)
    return digest.hexdigest()
