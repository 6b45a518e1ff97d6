# SPDX-License-Identifier: EUPL-1.2
"""Asking clamd whether a file holds a virus; `SIAC_CLAMD=host:port`, none by default."""

import socket
import struct
from typing import IO

from siac.documents.domain.files import ScanState
from siac.infra.environment import text

_CHUNK = 64 * 1024
_TIMEOUT = 20.0


def scan(file: IO[bytes]) -> ScanState:
    """Return what clamd says of `file`, read from its start; `pending` when it gives no clear answer."""
    address = text("SIAC_CLAMD", "")
    if not address:
        return ScanState.OFF
    host, _, port = address.rpartition(":")
    try:
        with socket.create_connection((host.strip("[]"), int(port)), timeout=_TIMEOUT) as connection:
            return _verdict(_ask(connection, file))
    except (OSError, ValueError):
        return ScanState.PENDING


def _ask(connection: socket.socket, file: IO[bytes]) -> bytes:
    file.seek(0)
    connection.sendall(b"zINSTREAM\0")
    while chunk := file.read(_CHUNK):
        connection.sendall(struct.pack("!I", len(chunk)) + chunk)
    connection.sendall(struct.pack("!I", 0))
    answer = b""
    while not answer.endswith(b"\0") and (part := connection.recv(4096)):
        answer += part
    return answer.rstrip(b"\0\n")


def _verdict(answer: bytes) -> ScanState:
    if answer.endswith(b"OK"):
        return ScanState.CLEAN
    return ScanState.INFECTED if answer.endswith(b"FOUND") else ScanState.PENDING
