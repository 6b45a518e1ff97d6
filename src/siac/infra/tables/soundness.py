# SPDX-License-Identifier: EUPL-1.2
"""A look into a workbook before a program reads it. Runs in a process apart; imports no Django."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from typing import Any

MOST_ROWS = 1_048_576
"""What a sheet holds in every program; a row numbered beyond makes readers count empty rows up to it."""
_LAST_COLUMN = 16_384
_MOST_BYTES = 1_500_000_000
_CHUNK = 4 * 1024 * 1024
_OVERLAP = 300
_DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ROW = re.compile(rb"""<(?:\w{1,10}:)?row\b[^<>]{0,200}?\br=["'](\d{1,30})""")
_START = re.compile(rb"""<(?:\w{1,10}:)?(row|c)[\s/>]""")
_CELL = re.compile(rb"""<(?:\w{1,10}:)?c\b[^<>]{0,200}?\br=["']([A-Za-z]{1,30})""")


def check(payload: bytes, options: Mapping[str, Any]) -> tuple[Any, list[bytes]]:
    """Return whether a workbook can be read: no entities, no row or column beyond what a sheet has,
    no bomb.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as book:
            parts = (
                book.infolist()
            )  # all of them: what a part is called says nothing of how a reader takes it
            if sum(info.file_size for info in parts) > _MOST_BYTES:
                return False, []
            return all(_is_good(book, info) for info in parts), []
    except (
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        OSError,
        EOFError,
        NotImplementedError,
        RuntimeError,
    ):
        return False, []


def _is_good(book: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    cells: int | None = None  # none before the first row: the chain of formulas has cells and no rows
    for piece in _pieces(book, info):
        # A cell without a name stands behind the one before: a reader keeps a whole row of them at once.
        for start in _START.finditer(piece):
            if start[1] == b"row":
                cells = 0
            elif cells is not None:
                cells += 1
            # Those where two pieces overlap are counted twice, fewer than it has bytes.
            if cells is not None and cells > _LAST_COLUMN + _OVERLAP:
                return False
        if not _is_good_piece(piece):
            return False
    return True


def _is_good_piece(piece: bytes) -> bool:
    if _DTD.search(piece) or (b"\x00" in piece and _DTD.search(piece.replace(b"\x00", b""))):
        return False
    if any(int(row[1]) > MOST_ROWS for row in _ROW.finditer(piece)):
        return False
    return all(_column(letters) <= _LAST_COLUMN for letters in {cell[1] for cell in _CELL.finditer(piece)})


def _pieces(book: zipfile.ZipFile, info: zipfile.ZipInfo) -> Iterator[bytes]:
    """Yield a part piece by piece, each beginning with the end of the one before."""
    kept = b""
    with book.open(info) as part:
        while chunk := part.read(_CHUNK):
            yield kept + chunk
            kept = chunk[-_OVERLAP:]


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper()[:8]:
        number = number * 26 + letter - 64
    return number
