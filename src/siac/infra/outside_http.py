# SPDX-License-Identifier: EUPL-1.2
"""One HTTP request to a machine outside, with an end: no server holds a job for ever or fills its memory.

Only to addresses that `infra.outside` lets be reached. A redirection is an answer like any other:
nobody follows it.
"""

import contextlib
import http.client
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

from siac.infra.environment import Misconfigured
from siac.infra.outside import connect

SECONDS = 20.0
LARGEST = 64 * 1024
"""Bytes of an answer that are read."""


class Unsure(Exception):
    """The request was handed over, and no answer came: nobody knows what became of it."""


@dataclass(frozen=True)
class Answer:
    """What a server said; `content` is None where it was too large, broken off or too slow."""

    status: int
    content: bytes | None
    is_large: bool = False
    """Whether it said more than was to be read: that will be no different next time."""


def post(
    address: str,
    content: bytes,
    headers: Mapping[str, str],
    *,
    seconds: float = SECONDS,
    largest: int = LARGEST,
    public_only: bool = False,
) -> Answer:
    """Send `content` to `address` and return the answer, within `seconds` once the machine was reached.

    `public_only`: not to private networks (see `outside.is_allowed`), and without encryption only to those of
    `SIAC_OUTSIDE_ALLOWED`.

    Raises:
        Misconfigured: the address is none of the web.
        NotAllowed, OSError: nothing was handed over; it can be tried again.
        Unsure: it was handed over, and no answer came.
    """
    return _send("POST", address, content, headers, seconds, largest, public_only)


def get(
    address: str, headers: Mapping[str, str], *, seconds: float = SECONDS, largest: int = LARGEST
) -> Answer:
    """Ask for what lies at `address` and return the answer; as `post`, of which it raises the same."""
    return _send("GET", address, None, headers, seconds, largest, public_only=False)


def _send(
    method: str,
    address: str,
    content: bytes | None,
    headers: Mapping[str, str],
    seconds: float,
    largest: int,
    public_only: bool,
) -> Answer:
    parts, port = _parts(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    listed_only = public_only and parts.scheme == "http"
    line = connect(parts.hostname or "", port, seconds, public_only=public_only, listed_only=listed_only)
    with _ending(line, seconds) as late:
        if parts.scheme == "https":
            line = ssl.create_default_context().wrap_socket(line, server_hostname=parts.hostname)
        connection = kind(parts.hostname or "", port, timeout=seconds)
        connection.sock = line
        with contextlib.closing(connection):
            target = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
            try:
                connection.request(method, target, content, dict(headers))
            except (http.client.InvalidURL, UnicodeError) as error:
                raise Misconfigured(f"«{address}» no es una dirección de la web.") from error
            return _answer(connection, late, largest)


def _parts(address: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(address)
        port = parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise Misconfigured(f"«{address}» no es una dirección de la web.") from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise Misconfigured(f"«{address}» no es una dirección de la web.")
    return parts, port


def _answer(connection: http.client.HTTPConnection, late: threading.Event, largest: int) -> Answer:
    try:
        response = connection.getresponse()
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise Unsure(type(error).__name__) from error
    try:
        content = response.read(largest + 1)
    except (OSError, ValueError, http.client.HTTPException):
        return Answer(response.status, None)
    is_large = len(content) > largest
    return Answer(response.status, None if late.is_set() or is_large else content, is_large)


@contextlib.contextmanager
def _ending(line: socket.socket, seconds: float) -> Iterator[threading.Event]:
    """Break the connection off after `seconds`, whatever the server does; the event tells that it was."""
    late, handle = threading.Event(), line.dup()

    def end() -> None:
        late.set()
        with contextlib.suppress(OSError):
            handle.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield late
    finally:
        timer.cancel()
        handle.close()
        line.close()
