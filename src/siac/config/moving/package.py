# SPDX-License-Identifier: EUPL-1.2
"""The parts of the file: each a name, its bytes, how many there were and their SHA-256.

In their order: `head` (JSON: whose, from when, versions), `table:<table>` as COPY text, `file:<storage key>`,
`erasures` (lines of the ledger), `manifest` (JSON: what all of them come to). A part goes into no folder:
names are looked up, never opened.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import IO, Any

from siac.config.moving.sealing import SealedWriter, opened_pieces
from siac.config.moving.words import MovingError

FORM = 2
HEAD, TABLE, FILE, ERASURES, MANIFEST = "head", "table:", "file:", "erasures", "manifest"
_NAME, _DATA, _END = b"N", b"D", b"E"
_LONGEST_NAME, _BLOCK = 200, 1 << 20
_LARGEST_NOTE = 8 << 20
"""Bytes of a part that is read whole: head, manifest."""


@dataclass
class Tally:
    """What a part came to."""

    rows: int = 0
    size: int = 0
    sha256: str = ""


@dataclass
class PackageWriter:
    """Parts, one after the other."""

    target: IO[bytes]
    key: bytes
    tables: dict[str, Tally] = field(default_factory=dict)
    files: int = 0
    file_bytes: int = 0
    erasures: Tally = field(default_factory=Tally)
    _all_files: Any = field(default_factory=sha256)

    def __post_init__(self) -> None:
        self._sealed = SealedWriter(self.target, self.key)

    def put(self, name: str, blocks: Iterable[bytes]) -> Tally:
        """Write a part; its rows are the ends of lines in it."""
        digest, tally = sha256(), Tally()
        self._frame(_NAME, name.encode())
        for block in blocks:
            digest.update(block)
            tally.rows += block.count(b"\n")
            tally.size += len(block)
            self._frame(_DATA, block)
        tally.sha256 = digest.hexdigest()
        self._frame(_END, b"")
        return tally

    def put_table(self, table: str, blocks: Iterable[bytes]) -> None:
        """Write the rows of a table."""
        self.tables[table] = self.put(TABLE + table, blocks)

    def put_file(self, key: str, blocks: Iterable[bytes]) -> Tally:
        """Write a stored file."""
        tally = self.put(FILE + key, blocks)
        self.files += 1
        self.file_bytes += tally.size
        self._all_files.update(bytes.fromhex(tally.sha256))
        return tally

    def put_erasures(self, lines: Iterable[bytes]) -> None:
        """Write the lines of the ledger of erasures."""
        self.erasures = self.put(ERASURES, lines)

    def put_note(self, name: str, values: Any) -> None:
        """Write a part that is JSON."""
        self.put(name, [json.dumps(values, ensure_ascii=False).encode()])

    def close(self, **more: Any) -> None:
        """Write what it all came to, and the end."""
        tables = {name: vars(tally) for name, tally in self.tables.items()}
        self.put_note(MANIFEST, {
            "tables": tables, "files": self.files, "file_bytes": self.file_bytes,
            "files_sha256": self._all_files.hexdigest(), ERASURES: vars(self.erasures), **more,
        })  # fmt: skip
        self._sealed.close()

    def _frame(self, sort: bytes, data: bytes) -> None:
        self._sealed.write(sort + len(data).to_bytes(4, "big") + data)


class _Stream:
    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._held, self._at = pieces, b"", 0

    def take(self, size: int) -> bytes:
        while len(self._held) - self._at < size:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._held, self._at = self._held[self._at :] + piece, 0
        self._at += size
        return self._held[self._at - size : self._at]

    def is_at_end(self) -> bool:
        return self._at == len(self._held) and not next(self._pieces, b"")


@dataclass
class Part:
    """A part as it is read: its blocks may be gone through once; what is left of them is passed over."""

    name: str
    blocks: Iterator[bytes]
    tally: Tally

    def note(self) -> Any:
        """Return a part that is JSON.

        Raises:
            MovingError: it is none, or larger than one ever is.
        """
        held = bytearray()
        for block in self.blocks:
            held += block
            if len(held) > _LARGEST_NOTE:
                raise MovingError(f"La parte «{self.name}» del archivo es demasiado grande.")
        try:
            return json.loads(held)
        except ValueError:
            raise MovingError(f"La parte «{self.name}» del archivo no se entiende.") from None


def parts_of(source: IO[bytes], key: bytes) -> Iterator[Part]:
    """Yield the parts of a file in their order.

    Raises:
        MovingError: as `opened_pieces`; or what is inside does not follow the form.
    """
    stream = _Stream(opened_pieces(source, key))
    while True:
        sort, data = _frame(stream)
        if sort != _NAME or len(data) > _LONGEST_NAME:
            raise MovingError("El archivo no sigue la forma de un organismo exportado.")
        name, tally = data.decode(errors="replace"), Tally()
        part = Part(name, _blocks(stream, tally), tally)
        yield part
        for _ in part.blocks:  # what nobody read
            pass
        if name == MANIFEST:
            if not stream.is_at_end():
                raise MovingError("El archivo está dañado: sigue algo tras su final; no se cambió nada.")
            return


def _frame(stream: _Stream) -> tuple[bytes, bytes]:
    head = stream.take(5)
    size = int.from_bytes(head[1:], "big")
    if len(head) != 5 or size > 2 * _BLOCK:
        raise MovingError("El archivo no sigue la forma de un organismo exportado.")
    data = stream.take(size)
    if len(data) != size:
        raise MovingError("El archivo no sigue la forma de un organismo exportado.")
    return head[:1], data


def _blocks(stream: _Stream, tally: Tally) -> Iterator[bytes]:
    digest = sha256()
    while True:
        sort, data = _frame(stream)
        if sort == _END:
            tally.sha256 = digest.hexdigest()
            return
        if sort != _DATA:
            raise MovingError("El archivo no sigue la forma de un organismo exportado.")
        digest.update(data)
        tally.rows += data.count(b"\n")
        tally.size += len(data)
        yield data


def gathered(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Yield small pieces put together to blocks; one larger than a block alone is cut."""
    held = bytearray()
    for piece in pieces:
        held += piece
        while len(held) >= _BLOCK:
            yield bytes(held[:_BLOCK])
            del held[:_BLOCK]
    if held:
        yield bytes(held)
