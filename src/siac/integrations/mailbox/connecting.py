# SPDX-License-Identifier: EUPL-1.2
"""IMAP connections to addresses that were looked at first, with an end: no server
holds a job for ever or fills its memory.
"""

import contextlib
import imaplib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from typing import cast

from imap_tools import BaseMailBox
from imap_tools.errors import MailboxStarttlsError
from imap_tools.utils import check_command_status

from siac.infra.outside import connect

LARGEST_ANSWER = 64 * 1024 * 1024
"""Bytes of one answer of a server; mails are asked for in smaller pieces."""
OPENING_SECONDS = 60.0


class _Looked:
    """What both kinds of connection do otherwise than the library: connect to an address that may be reached.

    `line` is a second handle on the connection, by which it can be broken off at any moment, also in the
    middle of a handshake; `opening` does so to a server that takes too long to say who it is.
    """

    line: socket.socket
    opening: threading.Timer

    def _create_socket(self, timeout: float | None) -> socket.socket:
        made = connect(self.host, self.port, timeout or 30.0)  # type: ignore[attr-defined]
        self.line = made.dup()
        self.opening = _timer(OPENING_SECONDS, self.break_off)
        return made

    def break_off(self) -> None:
        """End the connection at once; whoever reads from it gets an error."""
        with contextlib.suppress(OSError):
            self.line.shutdown(socket.SHUT_RDWR)

    def let_go(self) -> None:
        """Close the second handle."""
        self.opening.cancel()
        with contextlib.suppress(OSError):
            self.line.close()

    def read(self, size: int) -> bytes:
        """Read `size` bytes, if a server may send so many."""
        if size > LARGEST_ANSWER:
            raise imaplib.IMAP4.abort("the server sends more than was asked")
        found: bytes = super().read(size)  # type: ignore[misc]
        return found


class _Plain(_Looked, imaplib.IMAP4):
    pass


class _Encrypted(_Looked, imaplib.IMAP4_SSL):
    def _create_socket(self, timeout: float | None) -> socket.socket:
        plain = super()._create_socket(timeout)
        try:
            encrypted: socket.socket = self.ssl_context.wrap_socket(plain, server_hostname=self.host)
        except (OSError, ValueError):
            plain.close()
            raise
        return encrypted


class ServerBox(BaseMailBox):
    """A mailbox on a server. `security`: tls, starttls or none."""

    def __init__(self, host: str, port: int, security: str, timeout: float, context: ssl.SSLContext) -> None:
        self._host, self._port, self._security = host, port, security
        self._timeout, self._context = timeout, context
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        client = self._opened()
        client.opening.cancel()
        return client

    def _opened(self) -> _Plain | _Encrypted:
        if self._security == "tls":
            return _Encrypted(self._host, self._port, ssl_context=self._context, timeout=self._timeout)
        client = _Plain(self._host, self._port, self._timeout)
        if self._security == "starttls":
            check_command_status(client.starttls(self._context), MailboxStarttlsError)
        return client


@contextlib.contextmanager
def ending(box: ServerBox, seconds: float) -> Iterator[threading.Event]:
    """Break the connection off after `seconds`, whatever the server does; the event tells that it was."""
    late = threading.Event()
    client = cast("_Looked", box.client)

    def end() -> None:
        late.set()
        client.break_off()

    timer = _timer(seconds, end)
    try:
        yield late
    finally:
        timer.cancel()
        client.let_go()


def _timer(seconds: float, act: Callable[[], None]) -> threading.Timer:
    timer = threading.Timer(seconds, act)
    timer.daemon = True
    timer.start()
    return timer
