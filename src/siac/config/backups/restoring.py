# SPDX-License-Identifier: EUPL-1.2
"""Bringing a backup back into an empty database: looked at first, then files,
database, set-up, erasures, proof.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from siac.config.backups.manifest import (
    DATABASE,
    FILES,
    BackupError,
    Manifest,
    check_whole,
    digest_of,
    read_manifest,
    read_sums,
)
from siac.config.key_check import unknown_keys
from siac.config.keys import KeysLost
from siac.config.roles import as_owner
from siac.documents.public import file_store
from siac.infra.environment import home
from siac.infra.erasures import ledger_path
from siac.infra.postgres_tools import load, tools_to_restore
from siac.infra.roots_file import roots_path, set_roots_aside

Say = Callable[[str], Any]


def examine(folder: Path) -> Manifest:
    """Return the manifest of a backup of which every byte was read and found as it was written.

    Raises:
        BackupError: it is unfinished, incomplete or damaged.
    """
    manifest = read_manifest(folder)
    check_whole(folder, manifest)
    return manifest


def restore(folder: Path, *, say: Say) -> None:
    """Bring a backup back and say each step; nothing is changed before everything was looked at.

    Raises:
        BackupError: the backup is damaged, made by a newer version, or the database is not empty.
        KeysLost: the keys at hand are not those that the backup is sealed with.
        ToolError: the programs of PostgreSQL fail; the database is then as empty as before.
    """
    manifest = examine(folder)
    say(f"Respaldo del {manifest.made_at}, completo: base de datos y {manifest.files} archivos.")
    _check_keys(manifest)
    _check_version(manifest)
    tools = tools_to_restore(manifest.tools)
    with as_owner():
        _check_database()
        _check_files(folder)
        say(f"Archivos: {_bring_files(folder)} puestos en su lugar.")
        load(tools, connection.settings_dict, folder / DATABASE)
    say("Base de datos repuesta.")
    _bring_roots(folder, say)
    _bring_ledger(folder)
    call_command("setup_installation", verbosity=0)
    say("Base de datos y archivos estáticos al día con esta versión.")
    if ledger_path().exists():
        call_command("erasures", "apply")


def _check_keys(manifest: Manifest) -> None:
    names = unknown_keys({name: bytes.fromhex(value) for name, value in manifest.key_checks.items()})
    if names:
        raise KeysLost(
            f"El respaldo está sellado con otra clave {', '.join(names)}: "
            f"ponga en {home() / 'keys.env'} la copia de las claves"
            " de entonces (o las variables con su valor) y repita; no se cambió nada."
        )


def _check_version(manifest: Manifest) -> None:
    known = MigrationLoader(None).disk_migrations
    newer = [f"{app}.{name}" for app, name in manifest.migrations.items() if (app, name) not in known]
    if newer:
        raise BackupError(
            f"El respaldo es de SIAC {manifest.siac}, más nuevo que "
            f"este programa (no conoce {newer[0]}): instale esa versión."
        )


def _check_database() -> None:
    """Make sure that the database is empty and that this role may create tables in it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace),"
            " has_schema_privilege('public', 'CREATE'), current_user"
        )
        count, may, role = cursor.fetchone()
    if count:
        raise BackupError(
            f"La base de datos no está vacía ({count} tablas, índices y "
            "secuencias): restaure en una recién creada; no se cambió nada."
        )
    if not may:
        raise BackupError(
            f"El rol «{role}» no puede crear tablas: indique en "
            "DATABASE_OWNER_URL el que es dueño; no se cambió nada."
        )


def _check_files(folder: Path) -> None:
    """Make sure that no file of the store would be written over."""
    store = file_store()
    for key, digest in read_sums(folder):
        if store.exists(key):
            with store.open(key) as present:
                if digest_of(present)[0] != digest:
                    raise BackupError(
                        f"El almacén ya tiene otro archivo {key}: use uno vacío; no se cambió nada."
                    )


def _bring_files(folder: Path) -> int:
    """Put the files into the store; those that are there stay, so this may be done again."""
    store, count = file_store(), 0
    for key, _ in read_sums(folder):
        if not store.exists(key):
            with (folder / FILES / key).open("rb") as source:
                store.save(key, File(source))
            count += 1
    return count


def _bring_roots(folder: Path, say: Say) -> None:
    """Put the roots of the backup where this installation writes its own; what
    was written here stays beside them.
    """
    former = folder / roots_path().name
    if roots_path().exists():
        set_roots_aside()
        say(
            "Las raíces que había en SIAC_HOME quedan junto, con otro "
            "nombre: las posteriores al respaldo se perdieron de veras."
        )
    if former.exists():
        roots_path().write_bytes(former.read_bytes())
        roots_path().chmod(0o600)


def _bring_ledger(folder: Path) -> None:
    """Add to the ledger of erasures what only the backup knows."""
    source, path = folder / ledger_path().name, ledger_path()
    if not source.exists():
        return
    lines = [*_whole_lines(path), *_whole_lines(source)]
    path.write_text("".join(dict.fromkeys(lines)), encoding="utf-8")
    path.chmod(0o600)


def _whole_lines(path: Path) -> list[str]:
    """Return the lines of a file, without one that a fault cut short."""
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [line for line in text.splitlines(keepends=True) if line.endswith("\n")]
