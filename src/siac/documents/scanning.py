# SPDX-License-Identifier: EUPL-1.2
"""Asking clamd whether a file holds a virus; `SIAC_CLAMD=host:port`, none by default."""

import socket
import struct
from time import monotonic
from typing import IO

from siac.documents.domain.files import ScanState
from siac.infra.environment import text

_CHUNK = 64 * 1024
PATIENCE = 20.0
"""Seconds that a job waits for the scanner."""
PAGE_PATIENCE = 2.0
"""Seconds that a page waits for it, all files of a form together; then the file
is kept, waits, and a job asks again.
"""


class Patience:
    """How long a page still waits for the scanner; once it is used up the rest of its files wait for
    the job.
    """

    def __init__(self, seconds: float = PAGE_PATIENCE) -> None:
        self._until = monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds left, 0 at the end."""
        return max(0.0, self._until - monotonic())


def scan(file: IO[bytes], seconds: float = PATIENCE) -> ScanState:
    """Return what clamd says of `file`, read from its start; `pending` when it
    gives no clear answer within `seconds`.
    """
    address = text("SIAC_CLAMD", "")
    if not address:
        return ScanState.OFF
    if seconds <= 0:
        return ScanState.PENDING
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=seconds) as connection:
            return _verdict(_ask(connection, file, monotonic() + seconds))
    except (OSError, ValueError):
        return ScanState.PENDING


def _ask(connection: socket.socket, file: IO[bytes], until: float) -> bytes:
    file.seek(0)
    connection.sendall(b"zINSTREAM\0")
    while chunk := file.read(_CHUNK):
        connection.settimeout(max(0.01, until - monotonic()))
        connection.sendall(struct.pack("!I", len(chunk)) + chunk)
    connection.sendall(struct.pack("!I", 0))
    answer = b""
    connection.settimeout(max(0.01, until - monotonic()))
    while not answer.endswith(b"\0") and (part := connection.recv(4096)):
        answer += part
    return answer.rstrip(b"\0\n")


def _verdict(answer: bytes) -> ScanState:
    if answer.endswith(b"OK"):
        return ScanState.CLEAN
    return ScanState.INFECTED if answer.endswith(b"FOUND") else ScanState.PENDING
