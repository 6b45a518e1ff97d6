# SPDX-License-Identifier: EUPL-1.2
"""What a backup says of itself, and whether it is still so.

A backup is a folder `siac-20261127T031500Z`: `manifest.json`, `database.dump`, `files/`, `SHA256SUMS` (of the
files, as `sha256sum -c` reads it), `erasures.jsonl` and `journal-roots.jsonl`. While it is made its name ends
in `.partial`; the manifest is written last.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

FORM = 1
MANIFEST, DATABASE, SUMS, FILES, PARTIAL = "manifest.json", "database.dump", "SHA256SUMS", "files", ".partial"
_BLOCK = 1024 * 1024


class BackupError(Exception):
    """A backup cannot be made, is damaged, or does not fit here; the message is for the operator."""


@dataclass(frozen=True, slots=True)
class Part:
    """One file of the backup: its place in the folder, its bytes and their SHA-256 in hexadecimal."""

    path: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """`made_at`: moment of the snapshot, ISO 8601 in UTC.

    `key_checks`: by what the keys are known, in hexadecimal.
    """

    form: int
    siac: str
    made_at: str
    postgresql: str
    tools: int
    """Version of the pg_dump that wrote the database (18)."""
    migrations: dict[str, str]
    """Newest migration of each application."""
    key_checks: dict[str, str]
    files: int
    file_bytes: int
    troubles: list[str]
    """Files that the store no longer gave, or gave otherwise than they were sealed."""
    parts: list[Part]

    def write(self, folder: Path) -> None:
        """Write it into `folder`, on disk before this returns."""
        with (folder / MANIFEST).open("w", encoding="utf-8") as target:
            json.dump(asdict(self), target, indent=2, ensure_ascii=False)
            target.flush()
            os.fsync(target.fileno())


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a finished backup.

    Raises:
        BackupError: there is none, it is unfinished, or it is of a newer form.
    """
    if folder.name.endswith(PARTIAL):
        raise BackupError(f"{folder.name} es un respaldo sin terminar: use otro.")
    try:
        values: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if values["form"] > FORM:
            raise BackupError("El respaldo lo hizo una versión más nueva de SIAC: instale esa versión.")
        return Manifest(**{**values, "parts": [Part(**part) for part in values["parts"]]})
    except FileNotFoundError:
        raise BackupError(f"En {folder} no hay un respaldo terminado (falta {MANIFEST}).") from None
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BackupError(f"No se puede leer {folder / MANIFEST} ({type(error).__name__}).") from error


def part_of(folder: Path, path: str) -> Part:
    """Return what the manifest says of a file that was just written, and wait until it is on disk."""
    with (folder / path).open("rb") as source:
        digest, size = digest_of(source)
        os.fsync(source.fileno())
    return Part(path, size, digest)


def digest_of(source: IO[bytes]) -> tuple[str, int]:
    """Return SHA-256 in hexadecimal and number of bytes of what is left to read."""
    digest, size = sha256(), 0
    while block := source.read(_BLOCK):
        digest.update(block)
        size += len(block)
    return digest.hexdigest(), size


def read_sums(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (storage key, SHA-256) of every file of a backup."""
    if not (folder / SUMS).exists():
        return
    with (folder / SUMS).open(encoding="utf-8") as lines:
        for line in lines:
            digest, _, path = line.rstrip("\n").partition("  ")
            yield path.removeprefix(f"{FILES}/"), digest


def check_whole(folder: Path, manifest: Manifest) -> None:
    """Read every byte of a backup and hold it against what was written down.

    Raises:
        BackupError: something is missing or differs; it says what.
    """
    for part in manifest.parts:
        path = folder / part.path
        if not path.exists():
            raise BackupError(f"El respaldo está incompleto: falta {part.path}.")
        if part_of(folder, part.path) != part:
            raise BackupError(f"El respaldo está dañado: {part.path} no es como se escribió.")
    for key, digest in read_sums(folder):
        path = folder / FILES / key
        if not path.is_file():
            raise BackupError(f"El respaldo está incompleto: falta {FILES}/{key}.")
        with path.open("rb") as source:
            if digest_of(source)[0] != digest:
                raise BackupError(f"El respaldo está dañado: {FILES}/{key} no es como se escribió.")
