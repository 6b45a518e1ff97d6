# SPDX-License-Identifier: EUPL-1.2
"""Making a backup: roots, database and list of files as one snapshot sees them,
then the files, the ledger of erasures last.
"""

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.core.files.storage import Storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

from siac.config.backups.manifest import (
    DATABASE,
    FILES,
    FORM,
    PARTIAL,
    SUMS,
    Manifest,
    Part,
    part_of,
    read_sums,
)
from siac.config.key_check import key_checks
from siac.documents.public import StoredFile, file_store, is_erased, stored_files
from siac.infra.erasures import ledger_path
from siac.infra.file_locks import locked
from siac.infra.postgres_tools import dump, tools_to_dump
from siac.infra.retrying import StoreAway
from siac.infra.roots_file import roots_path

_BLOCK = 1024 * 1024


@dataclass
class _Copied:
    count: int = 0
    size: int = 0
    troubles: list[str] = field(default_factory=list)


def make_backup(target: Path, *, now: datetime, keep: int | None = None) -> tuple[Path, Manifest]:
    """Make a backup inside the folder `target` and return its folder and manifest; of
    older ones the newest `keep` in all stay.

    Files that the backup before holds unchanged are linked, not copied, where the disk allows it.

    Raises:
        ToolError: pg_dump is missing, too old or failed.
        OSError: no room, no permission; what was begun is taken away.
    """
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(target / ".lock"):
        for left in target.glob(f"siac-*{PARTIAL}"):  # of a run that was killed
            shutil.rmtree(left)
        former = finished(target)
        name = f"siac-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        draft = target / f"{name}{PARTIAL}"
        draft.mkdir(mode=0o700)
        try:
            manifest = _fill(draft, former[-1] if former else None, now)
            draft.rename(target / name)
        except BaseException:
            shutil.rmtree(draft, ignore_errors=True)
            raise
        if keep and not manifest.troubles:
            for old in finished(target)[:-keep]:
                shutil.rmtree(old)
    return target / name, manifest


def finished(target: Path) -> list[Path]:
    """Return the finished backups of a folder, the oldest first."""
    return sorted(path for path in target.glob("siac-*Z") if path.is_dir())


def _fill(draft: Path, former: Path | None, now: datetime) -> Manifest:
    parts = list(_aside(draft, roots_path()))  # before the database: none that the dump does not hold
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot(), current_setting('server_version')")
            snapshot, server = cursor.fetchone()
        tools = tools_to_dump(int(server.split(".")[0]))
        dump(tools, connection.settings_dict, draft / DATABASE, snapshot=snapshot)
        applied = dict(sorted(MigrationRecorder(connection).applied_migrations()))
        checks = key_checks()
        wanted = stored_files()
    copied, sums = _copy_files(draft, former, wanted)
    parts += [part_of(draft, DATABASE), sums, *_aside(draft, ledger_path())]
    manifest = Manifest(
        FORM, version("siac"), now.astimezone(UTC).isoformat(), server, tools.major, dict(applied), checks,
        copied.count, copied.size, copied.troubles, parts,
    )  # fmt: skip
    manifest.write(draft)
    return manifest


def _aside(draft: Path, source: Path) -> Iterator[Part]:
    """Copy a file that lies beside the database, where there is one."""
    with contextlib.suppress(FileNotFoundError):
        shutil.copyfile(source, draft / source.name)
        yield part_of(draft, source.name)


def _copy_files(draft: Path, former: Path | None, wanted: Iterable[StoredFile]) -> tuple[_Copied, Part]:
    known = dict(read_sums(former)) if former else {}
    store, copied = file_store(), _Copied()
    with (draft / SUMS).open("w", encoding="utf-8") as sums:
        for each in wanted:
            target = draft / FILES / each.key
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            linked = (
                former is not None and known.get(each.key) == each.sha256 and _link(former, each.key, target)
            )
            if not linked and not _copy(store, each, target, copied):
                continue
            sums.write(f"{each.sha256}  {FILES}/{each.key}\n")
            copied.count += 1
            copied.size += each.size
    return copied, part_of(draft, SUMS)


def _link(former: Path, key: str, target: Path) -> bool:
    try:
        os.link(former / FILES / key, target)
    except OSError:
        return False
    return True


def _copy(store: Storage, each: StoredFile, target: Path, copied: _Copied) -> bool:
    """Copy a file of the store; one that is not as it was sealed is told, unless it was erased meanwhile."""
    digest = sha256()
    try:
        source: Any = store.open(each.key)
    except FileNotFoundError:
        if not is_erased(each.key):
            copied.troubles.append(f"{each.key}: falta en el almacén")
        return False
    except StoreAway:
        raise  # nothing is known of any file
    except OSError:
        copied.troubles.append(f"{each.key}: no se puede leer")
        return False
    with source, os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as sink:
        while block := source.read(_BLOCK):
            digest.update(block)
            sink.write(block)
        sink.flush()
        os.fsync(sink.fileno())
    if digest.hexdigest() == each.sha256:
        return True
    target.unlink()
    copied.troubles.append(f"{each.key}: no es como se recibió")
    return False
