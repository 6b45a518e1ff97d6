# SPDX-License-Identifier: EUPL-1.2
"""No request waits for ever for a database that took a question and says nothing.

A machine that froze, a disk that hangs, a proxy that holds: the connection lives and no answer comes.
`statement_timeout` is the server's and `tcp_user_timeout` the other machine's word: both are silent then. So
whoever waits has an end of its own: a thread looks at what is under way and shuts the socket of what is late,
which the database library takes for a connection that was lost.
"""

import contextlib
import os
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db import connections

_LONG = 3600.0
EVERY = 0.25
"""Seconds between two looks at what is under way."""


class Limit:
    """What is under way in one thread, and until when it may wait for the database (seconds, monotonic)."""

    def __init__(self, seconds: float, lines: tuple[Any, ...]) -> None:
        self.seconds = seconds
        self.until = time.monotonic() + seconds
        self.lines = lines
        self.broken = False
        """Whether a connection was broken off because it was late."""

    def extend(self, seconds: float) -> None:
        """Leave out time that nobody waited for the database."""
        self.until += seconds


_UNDER_WAY: set[Limit] = set()
_OWN = threading.local()
"""The limits of each thread, the innermost last."""
_GUARD = threading.Lock()
_LOOKERS: set[int] = set()
"""The process whose thread looks: a fork begins without one."""


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[Limit]:
    """Break off the connections to the database of this thread when `seconds` are over; 0 sets no limit.

    Whoever waits gets Django's OperationalError. What still goes on after that is broken off again.
    """
    limit = Limit(seconds, tuple(connections[alias] for alias in connections))
    if not seconds:
        yield limit
        return
    _begin(limit)
    own: list[Limit] = _OWN.__dict__.setdefault("limits", [])
    own.append(limit)
    try:
        yield limit
    finally:
        own.remove(limit)
        with _GUARD:
            _UNDER_WAY.discard(limit)


def begin_anew() -> None:
    """Give this thread the whole of its limits again: something came, and what comes next has a limit of its
    own, as each piece of an answer has that is sent as it is made.
    """
    for limit in _OWN.__dict__.get("limits", ()):
        limit.until = max(limit.until, time.monotonic() + limit.seconds)


@contextlib.contextmanager
def elsewhere() -> Iterator[None]:
    """Do not count what this thread waits for something else than the database: a storage of files, a
    scanner, a server of others. That has an end of its own.
    """
    begun, own = time.monotonic(), list(_OWN.__dict__.get("limits", ()))
    # No deadline falls into the wait: it is moved first, and corrected afterwards.
    for limit in own:
        limit.extend(_LONG)
    try:
        yield
    finally:
        for limit in own:
            limit.extend(time.monotonic() - begun - _LONG)


def _begin(limit: Limit) -> None:
    """Let the thread that looks know of what begins, and begin it in the first turn of a process."""
    with _GUARD:
        _UNDER_WAY.add(limit)
        if os.getpid() not in _LOOKERS:
            _LOOKERS.clear()
            _LOOKERS.add(os.getpid())
            threading.Thread(target=_look, name="limits", daemon=True).start()


def _look() -> None:
    while True:
        time.sleep(EVERY)
        now = time.monotonic()
        # Under the guard: what ends just now must not have the connection of its successor broken off.
        with _GUARD:
            for limit in _UNDER_WAY:
                if now >= limit.until:
                    for line in limit.lines:
                        limit.broken = break_off(line.connection) or limit.broken


def break_off(raw: Any) -> bool:
    """Shut the socket of a psycopg connection, from any thread; return whether there was one."""
    if raw is None or raw.closed:
        return False
    try:
        handle = socket.socket(fileno=os.dup(raw.fileno()))
    except Exception:  # it was closed meanwhile, which the library says in ways of its own
        return False
    with handle, contextlib.suppress(OSError):
        if not raw.closed:
            handle.shutdown(socket.SHUT_RDWR)
    return True


class RequestLimit:
    """A WSGI application whose requests wait no longer than `seconds` for the database.

    Not counted is what the visitor takes to send the body; of an answer that is sent as it is made each
    piece has the limit.
    """

    def __init__(self, application: Callable[..., Iterable[bytes]], seconds: float) -> None:
        self._application, self._seconds = application, seconds

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        """Answer a request."""
        with limited(self._seconds):
            environ["wsgi.input"] = _Body(environ["wsgi.input"])
            answer = self._application(environ, start_response)
        return _Pieces(answer, self._seconds) if getattr(answer, "streaming", False) else answer


class _Body:
    """The body of a request; what reading it takes is the visitor's time."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def _timed(self, read: Callable[..., Any], *args: Any) -> Any:
        with elsewhere():
            return read(*args)

    def read(self, *args: Any) -> Any:
        """Return bytes of the body."""
        return self._timed(self._inner.read, *args)

    def readline(self, *args: Any) -> Any:
        """Return a line of the body."""
        return self._timed(self._inner.readline, *args)

    def readlines(self, *args: Any) -> Any:
        """Return the lines of the body."""
        return self._timed(self._inner.readlines, *args)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.readline, b"")


class _Pieces:
    def __init__(self, answer: Any, seconds: float) -> None:
        self._answer, self._seconds = answer, seconds
        self._pieces = iter(answer)

    def __iter__(self) -> "_Pieces":
        return self

    def __next__(self) -> bytes:
        with limited(self._seconds):
            return bytes(next(self._pieces))

    def close(self) -> None:
        """Let go of what the answer is made of."""
        self._answer.close()
