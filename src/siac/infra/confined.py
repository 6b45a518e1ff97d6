# SPDX-License-Identifier: EUPL-1.2
"""Reading what comes from outside in a process apart, with limits on time and
memory, so that a bad item ends alone.

`read` hands bytes to a function of ours in a child that knows no secrets of this process and has no
database. What takes too long, too much memory or the child's life is `CannotRead`; whoever asked goes
on with the next item. The time limit holds on every system; the memory limit where the operating
system has one (Linux, and macOS in part).
"""

import contextlib
import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from siac.infra.undisturbed import undisturbed

SECONDS = 20.0
MEGABYTES = 1024
_IDLE_KEPT = 2
_MOST_ITEMS = 500
_ALLOWED: tuple[str, ...] = ("siac.",)
_LENGTH = struct.Struct("!Q")
_PASSED_ON = ("PATH", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "LANG", "LC_ALL", "TZ", "LD_LIBRARY_PATH")


class CannotRead(Exception):
    """The item could not be read within its limits; `reason` is `time`,
    `memory`, `died` or the name of the error.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class _Child:
    """One process that reads items one after another."""

    def __init__(self) -> None:
        self.owner = os.getpid()
        self.items = 0
        with undisturbed():
            self.process = subprocess.Popen(
                [sys.executable, "-m", "siac.infra.confinement", str(MEGABYTES)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env=_bare_environment(),
            )

    def ask(self, order: bytes, payload: bytes, seconds: float) -> tuple[Any, list[bytes]]:
        """Return (JSON value, byte strings) of one item; the process does not outlive a `CannotRead`.

        Raises:
            CannotRead: out of time, out of memory, the process died, or the function raised.
        """
        late = threading.Event()

        def end() -> None:
            late.set()
            self.process.kill()

        timer = threading.Timer(seconds, end)
        timer.daemon = True
        timer.start()
        try:
            self.items += 1
            assert self.process.stdin is not None
            assert self.process.stdout is not None
            send_parts(self.process.stdin, [order, payload])
            answer = received_parts(self.process.stdout)
            if not answer:
                raise EOFError
        except (OSError, EOFError, ValueError, struct.error):
            timer.cancel()
            self.end()
            raise CannotRead("time" if late.is_set() else "died") from None
        finally:
            timer.cancel()
        return _told(answer)

    def end(self) -> None:
        """End the process and close its pipes."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(OSError):
                if pipe is not None:
                    pipe.close()
        self.process.wait()

    @property
    def is_usable(self) -> bool:
        return self.owner == os.getpid() and self.items < _MOST_ITEMS and self.process.poll() is None


_idle: list[_Child] = []
_lock = threading.Lock()


def read(
    function: str, payload: bytes, options: Mapping[str, Any] | None = None, *, seconds: float = SECONDS
) -> tuple[Any, list[bytes]]:
    """Return what `function` ("siac.module:name") makes of `payload` in a
    child: a JSON value and byte strings.

    The function takes (bytes, options) and returns (JSON value, list of bytes). `seconds`
    counts from when the child has been started.

    Raises:
        CannotRead: the item took too long or too much memory, killed the child, or the function raised.
        ValueError: the function is none of the product's.
    """
    if not function.startswith(_ALLOWED):
        raise ValueError(f"No parser of ours: {function}")
    order = json.dumps({"function": function, "options": dict(options or {})}).encode()
    try:
        with _a_child() as child:
            was_used = child.items > 1
            return child.ask(order, payload, seconds)
    except CannotRead as error:
        if error.reason != "died" or not was_used:
            raise
    with _a_child(new=True) as child:  # it may have gone home just then, for want of work
        return child.ask(order, payload, seconds)


@contextlib.contextmanager
def _a_child(*, new: bool = False) -> Iterator[_Child]:
    child = (None if new else _taken()) or _started()
    try:
        yield child
    finally:
        if not _put_back(child):
            child.end()


def _put_back(child: _Child) -> bool:
    with _lock:
        if not child.is_usable or len(_idle) >= _IDLE_KEPT:
            return False
        _idle.append(child)
        return True


def _started() -> _Child:
    """Return a new child that has said it is ready, so that a slow start does not count against an item."""
    child = _Child()
    try:
        child.ask(json.dumps({"function": "", "options": {}}).encode(), b"", SECONDS)
    except CannotRead:
        child.end()
        raise
    return child


def _taken() -> _Child | None:
    with _lock:
        while _idle:
            child = _idle.pop()
            if child.owner != os.getpid():  # of the process that this one was forked from
                continue
            if child.is_usable:
                return child
            child.end()
    return None


def end_idle() -> None:
    """End the children that wait for work; the next item starts a new one."""
    with _lock:
        waiting, _idle[:] = list(_idle), []
    for child in waiting:
        if child.owner == os.getpid():
            child.end()


def _bare_environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    return kept | {"PYTHONPATH": os.pathsep.join(part for part in sys.path if part), "PYTHONUTF8": "1"}


def _told(answer: list[bytes]) -> tuple[Any, list[bytes]]:
    head = json.loads(answer[0])
    if "error" in head:
        raise CannotRead(str(head["error"]))
    return head["value"], answer[1:]


def send_parts(pipe: IO[bytes], parts: Sequence[bytes]) -> None:
    """Write byte strings, each with its length before it, and how many there are before all."""
    pipe.write(_LENGTH.pack(len(parts)))
    for part in parts:
        pipe.write(_LENGTH.pack(len(part)))
        pipe.write(part)
    pipe.flush()


def received_parts(pipe: IO[bytes]) -> list[bytes]:
    """Read what `send_parts` wrote; an empty list at the end of the pipe.

    Raises:
        EOFError: the pipe ended in the middle.
    """
    head = pipe.read(_LENGTH.size)
    if not head:
        return []
    (count,) = _LENGTH.unpack(head)
    return [_exactly(pipe, _LENGTH.unpack(_exactly(pipe, _LENGTH.size))[0]) for _ in range(count)]


def _exactly(pipe: IO[bytes], size: int) -> bytes:
    found = pipe.read(size)
    if len(found) != size:
        raise EOFError
    return found
