# SPDX-License-Identifier: EUPL-1.2
"""The files of a body, put into the store before its rows are there: a store that is slow, or silent for a
while, holds no transaction open, and what was put there is found again by the next run.

Nobody knows them until the rows are in: a run that is refused takes away what it put itself, what any other
end leaves is found again, or swept a day later (`documents.remove_orphans`).
"""

import errno
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from hashlib import file_digest
from itertools import islice
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, Any, TypeVar

from django.core.files.base import File
from django.core.files.storage import Storage
from django.utils import timezone

from siac.config.moving.package import FILE, Part
from siac.config.moving.words import MovingError
from siac.documents.public import StoredFile, file_store, is_erased, known_files
from siac.infra.retrying import StoreAway

Say = Callable[[str], Any]
Result = TypeVar("Result")
WAITS = (5, 15, 30, 60, 120, 240)
"""Seconds for which a store is let be that does not answer, one after the other: eight minutes in all."""
_FRESH = timedelta(hours=6)
"""A file that was put there no longer ago is left as it is; the sweep takes those of a day."""
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_SPOOLED, _AT_ONCE, _TOLD = 8 << 20, 1_000, 1_000


def patiently(work: Callable[[], Result], say: Say) -> Result:
    """Do what asks the store, again where it does not answer.

    Raises:
        StoreAway: it did not answer in all that time.
    """
    for wait in WAITS:
        try:
            return work()
        except StoreAway:
            say(f"El almacén de archivos no responde: se intenta de nuevo en {wait} segundos.")
            time.sleep(wait)
    return work()


def is_lost(error: OSError) -> bool:
    """Return whether a fault of reading says that a stored file is gone or damaged: room, rights and open
    files that this machine lacks say nothing of it."""
    is_read = isinstance(error, FileNotFoundError) or error.errno == errno.EIO
    return is_read and not isinstance(error, StoreAway)


def _digest(store: Storage, key: str) -> str:
    """Return the SHA-256 of a stored file in hexadecimal, empty where it cannot be read as it was stored."""
    try:
        with store.open(key) as present:
            return file_digest(present, "sha256").hexdigest()
    except OSError as error:
        if not is_lost(error):
            raise
        return ""


class StoredFiles:
    """The files of a package that are in the store; which they are stands on disk, not in memory."""

    def __init__(self, say: Say) -> None:
        self.count, self._say, self._last = 0, say, ""
        self._noted: IO[bytes] = TemporaryFile()  # noqa: SIM115 - `close` closes it

    def put(self, part: Part) -> None:
        """Put one file into the store.

        Raises:
            MovingError: it is not as it must be, somebody has a file under its key, or there is no room.
            StoreAway: the store does not answer.
        """
        key = part.name.removeprefix(FILE)
        if part.name <= self._last:  # in their order, so none is there twice
            raise MovingError("El archivo trae un documento dos veces; no se cambió nada.")
        self._last = part.name
        with SpooledTemporaryFile(max_size=_SPOOLED) as held:
            for block in part.blocks:
                held.write(block)
            patiently(
                lambda: self._save(StoredFile(key, part.tally.size, part.tally.sha256), held), self._say
            )
        self.count += 1
        if self.count % _TOLD == 0:
            self._say(f"Archivos puestos: {self.count}.")

    def _save(self, file: StoredFile, held: Any) -> None:
        store, key = file_store(), file.key
        if not is_erased(key):  # whoever's it is, it stays
            raise MovingError(f"El almacén ya tiene otro archivo {key}; no se cambió nada.")
        is_there = store.exists(key)
        if (
            is_there
            and _digest(store, key) == file.sha256
            and store.get_modified_time(key) > timezone.now() - _FRESH
        ):
            self._note(file, is_own=False)
            return
        self._note(file, is_own=True)
        if is_there:
            # Nobody's: torn by a run that was killed in the midst of it, or left by one of long ago, which
            # the sweep of the night would take for old.
            store.delete(key)
        held.seek(0)
        try:
            saved = store.save(key, File(held, name=key))
        except OSError as error:
            if error.errno not in _FULL:
                raise
            raise MovingError("No cabe en el almacén de archivos; no se cambió nada.") from error
        if saved != key:
            store.delete(saved)
            raise MovingError(f"El almacén no acepta el archivo {key}; no se cambió nada.")

    def _note(self, file: StoredFile, *, is_own: bool) -> None:
        self._noted.seek(0, 2)
        self._noted.write(f"{file.key} {file.size} {file.sha256} {is_own:d}\n".encode())

    def _all(self) -> Iterator[tuple[StoredFile, bool]]:
        """Yield each file, and whether this run put it there."""
        self._noted.seek(0)
        for line in self._noted:
            key, size, digest, is_own = line.decode().split()
            yield StoredFile(key, int(size), digest), is_own == "1"

    def check(self, body: int) -> None:
        """Hold the files against their rows (1 SQL for a thousand).

        Raises:
            MovingError: one has none, or is not what its row says.
        """
        files = (each for each, _ in self._all())
        while some := list(islice(files, _AT_ONCE)):
            known = known_files(body, [each.key for each in some])
            for each in some:
                if each.key not in known:
                    raise MovingError(
                        f"El archivo trae un documento que nadie guarda: {each.key}; no se cambió nada."
                    )
                if known[each.key] != each:
                    raise MovingError(f"El documento {each.key} no es como se recibió; no se cambió nada.")

    def take_back(self) -> None:
        """Delete again what this run put there, as far as the store lets."""
        for each, is_own in self._all():
            if is_own:
                with suppress(OSError):
                    file_store().delete(each.key)

    def close(self) -> None:
        """Forget which they are."""
        self._noted.close()
