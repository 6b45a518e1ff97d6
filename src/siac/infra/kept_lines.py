# SPDX-License-Identifier: EUPL-1.2
"""Files of the installation that only grow, one JSON object a line, and must be on disk before what they tell
of commits: all of a line is there, or none of it.
"""

import json
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from siac.infra.file_locks import locked

_AS_IT_IS = getattr(os, "O_BINARY", 0)  # Windows


@contextmanager
def writing(path: Path) -> Iterator[Callable[[str], None]]:
    """Hold a file alone, and yield what adds whole lines to it and waits until they are on disk. What an
    earlier writer left unfinished, who was killed or lost power, counted for nobody: it goes.

    Raises:
        EmbeddedError: not all of the lines could be written, and so none of them is there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with locked(path.with_suffix(".lock")):
        yield partial(_add, path)


def _add(path: Path, lines: str) -> None:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | _AS_IT_IS, 0o600)
    try:
        end = _whole(descriptor)
        try:
            _write(descriptor, end, lines.encode())
        except OSError:
            os.ftruncate(descriptor, end)
            raise
    finally:
        os.close(descriptor)


def _write(descriptor: int, at: int, content: bytes) -> None:
    os.lseek(descriptor, at, os.SEEK_SET)
    left = memoryview(content)
    while left:
        left = left[os.write(descriptor, left) :]
    os.fsync(descriptor)


def _whole(descriptor: int) -> int:
    """Return where the next line begins: behind the last whole one."""
    size = os.lseek(descriptor, 0, os.SEEK_END)
    tail, begin = b"", size
    while begin and b"\n" not in tail:
        step = min(begin, 65_536)
        begin -= step
        os.lseek(descriptor, begin, os.SEEK_SET)
        tail = os.read(descriptor, step) + tail
    torn = tail.rpartition(b"\n")[2]
    if not torn:
        return size
    try:
        json.loads(torn)
    except ValueError:
        os.ftruncate(descriptor, size - len(torn))
        return size - len(torn)
    _write(descriptor, size, b"\n")  # somebody put a file together by hand: the line is good
    return size + 1
