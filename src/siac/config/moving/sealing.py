# SPDX-License-Identifier: EUPL-1.2
"""A file that only the key of the journey opens, written and read in pieces.

After `SIACBODY1` and 16 random bytes come pieces: four bytes say how long one is, then it, sealed with
AES-256-GCM under a key that is derived from that of the journey and those 16 bytes. The number of a piece,
and whether it is the last, are its nonce: none can be left out, doubled, moved or cut off. Each holds up to a
megabyte, packed by itself, so that whoever reads never holds more.
"""

import os
import zlib
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from siac.config.moving.words import MovingError
from siac.infra.crypto import mac

MAGIC = b"SIACBODY1"
SALT = 16
PIECE = 1 << 20
"""Bytes of a piece before it is packed."""
_MOST = PIECE + (1 << 16)
_PURPOSE = "moving"


def new_key() -> bytes:
    """Return a key for one journey (32 bytes)."""
    return os.urandom(32)


def _cipher(key: bytes, salt: bytes) -> AESGCM:
    return AESGCM(mac(key, _PURPOSE, salt))


def _nonce(number: int, *, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")


class SealedWriter:
    """Write bytes into `target`; `close` ends the file, which is not whole before."""

    def __init__(self, target: IO[bytes], key: bytes) -> None:
        salt = os.urandom(SALT)
        self._target, self._cipher, self._number, self._held = target, _cipher(key, salt), 0, bytearray()
        target.write(MAGIC + salt)

    def write(self, data: bytes) -> None:
        """Add bytes."""
        self._held += data
        while len(self._held) > PIECE:
            self._put(bytes(self._held[:PIECE]), is_last=False)
            del self._held[:PIECE]

    def close(self) -> None:
        """Write what is held back, as the last piece."""
        self._put(bytes(self._held), is_last=True)

    def _put(self, data: bytes, *, is_last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, is_last=is_last), zlib.compress(data, 1), MAGIC)
        self._target.write(len(sealed).to_bytes(4, "big") + sealed)
        self._number += 1


def opened_pieces(source: IO[bytes], key: bytes) -> Iterator[bytes]:
    """Yield what a file holds, piece by piece, each held against its seal.

    Raises:
        MovingError: it is no such file, the key is another one, or a byte of it was changed or is missing.
    """
    if source.read(len(MAGIC)) != MAGIC:
        raise MovingError("El archivo no es el de un organismo exportado por SIAC.")
    cipher, number, is_last = _cipher(key, source.read(SALT)), 0, False
    while not is_last:
        size = int.from_bytes(source.read(4), "big")
        sealed = source.read(size) if 0 < size <= _MOST else b""
        if not sealed or len(sealed) != size:
            raise MovingError("El archivo está cortado o dañado; no se cambió nada.")
        data, is_last = _opened(cipher, sealed, number)
        number += 1
        yield data
    if source.read(1):
        raise MovingError("El archivo está dañado: sigue algo después de su final; no se cambió nada.")


def _opened(cipher: AESGCM, sealed: bytes, number: int) -> tuple[bytes, bool]:
    for is_last in (False, True):
        try:
            packed = cipher.decrypt(_nonce(number, is_last=is_last), sealed, MAGIC)
        except InvalidTag:
            continue
        unpacking = zlib.decompressobj()
        try:
            data = unpacking.decompress(packed, PIECE)
        except zlib.error:
            break
        if unpacking.unconsumed_tail or not unpacking.eof:
            break
        return data, is_last
    if number == 0:
        raise MovingError("La clave no es la de este archivo, o el archivo está dañado; no se cambió nada.")
    raise MovingError("El archivo está dañado o fue alterado; no se cambió nada.")
