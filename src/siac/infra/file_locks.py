# SPDX-License-Identifier: EUPL-1.2
"""Locks between processes on a file; the operating system drops those of a killed process."""

import contextlib
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from siac.infra.postgres_files import EmbeddedError

if sys.platform == "win32":
    import msvcrt

    def lock(handle: IO[str], *, shared: bool, wait: bool = True) -> bool:
        """Lock `handle`, waiting if need be; return whether it is locked now.

        Windows has no shared lock here: whoever asks for one is told yes, and the server then
        stays until it is stopped on purpose.
        """
        while not shared:
            try:
                handle.seek(0)
                msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
                break
            except OSError:
                if not wait:
                    return False
                time.sleep(0.2)
        return True

    def unlock(handle: IO[str]) -> None:
        """Let go of the lock on `handle`."""
        with contextlib.suppress(OSError):
            handle.seek(0)
            msvcrt.locking(handle.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def lock(handle: IO[str], *, shared: bool, wait: bool = True) -> bool:
        """Lock `handle`, shared or alone, waiting if need be; return whether it is locked now."""
        kind = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | (0 if wait else fcntl.LOCK_NB)
        try:
            fcntl.flock(handle, kind)
        except BlockingIOError:
            return False
        return True

    def unlock(handle: IO[str]) -> None:
        """Let go of the lock on `handle`."""
        fcntl.flock(handle, fcntl.LOCK_UN)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold the file `path` alone.

    Raises:
        EmbeddedError: the folder cannot be written, or the disk fails in the meantime.
    """
    try:
        handle = path.open("a+")
    except OSError as error:
        raise EmbeddedError(f"No se puede escribir en {path.parent}: {error.strerror}.") from error
    with handle:
        lock(handle, shared=False)
        try:
            yield
        except OSError as error:
            raise EmbeddedError(f"No se puede usar {path.parent}: {error.strerror}.") from error
        finally:
            unlock(handle)
