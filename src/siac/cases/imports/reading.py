# SPDX-License-Identifier: EUPL-1.2
"""Reading CSV files as they come: encoding and separator found out, row by row, in flat memory."""

import codecs
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from siac.kernel.errors import Refused

SEPARATORS = ",;\t|"
_SAMPLE = 64 * 1024
_BLOCK = 1024 * 1024
_LONGEST_CELL = 1_000_000
_SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑçÇàèòÀÈÒïÏ¿¡ºª«»°·–—“”‘’…€´")
_ASCII = bytes(range(128))
_OLD_CODES = ("cp1252", "cp850", "mac_roman")
csv.field_size_limit(_LONGEST_CELL)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty, and the line of the file on which it begins (the header is on line 1)."""

    line: int
    cells: list[str]


def detect_encoding(file: IO[bytes]) -> str:
    """Return the encoding of a text: by its mark, UTF-8 if the whole of it is, else the old code that reads Spanish best."""
    file.seek(0)
    head = file.read(4)
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if len(head) == 4 and head[1] == 0 and head[3] == 0:
        return "utf-16-le"
    if len(head) == 4 and head[0] == 0 and head[2] == 0:
        return "utf-16-be"
    marks = _high_bytes(file)
    return "utf-8" if marks is None else _old_code(marks)


def _high_bytes(file: IO[bytes]) -> bytes | None:
    """Return up to 64 KB of the bytes outside ASCII, or None if the file is good UTF-8."""
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")()
    marks, is_utf8 = bytearray(), True
    while block := file.read(_BLOCK):
        marks += block.translate(None, _ASCII)[: _SAMPLE - len(marks)]
        try:
            decoder.decode(block)
        except UnicodeDecodeError:
            is_utf8 = False
        if not is_utf8 and len(marks) >= _SAMPLE:
            break
    if is_utf8:
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            is_utf8 = False
    return None if is_utf8 else bytes(marks)


def _old_code(marks: bytes) -> str:
    def score(code: str) -> int:
        return sum(letter in _SPANISH for letter in marks.decode(code, errors="replace"))

    best = max(_OLD_CODES, key=score)
    # Five bytes have no letter in cp1252; latin-1 takes every byte.
    return "latin-1" if best == "cp1252" and set(marks) & {0x81, 0x8D, 0x8F, 0x90, 0x9D} else best


def detect_separator(sample: str) -> str:
    """Return the separator under which most rows of `sample` have the same number of columns, and more than one."""
    return max(SEPARATORS, key=lambda separator: _regularity(sample, separator))


def _regularity(sample: str, separator: str) -> tuple[int, int]:
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=separator) if row][:50]
    except csv.Error:
        return (0, 0)
    widths = widths[:-1] if len(widths) > 2 else widths  # the sample may end inside a row
    head = widths[0] if widths else 1
    return (0, 0) if head < 2 else (sum(width == head for width in widths), head)


def csv_rows(file: IO[bytes]) -> Iterator[Row]:
    """Yield the rows of a CSV file, empty ones left out, the header first.

    Raises:
        Refused: it is no text, or a cell has no end (import_not_text, import_broken_csv with the line).
    """
    encoding = detect_encoding(file)
    file.seek(0)
    text = io.TextIOWrapper(_Kept(file), encoding=encoding, newline="")  # type: ignore[type-var]
    try:
        sample = text.read(_SAMPLE)
        text.seek(0)
        reader = csv.reader(text, delimiter=detect_separator(sample))
        before = 0
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield Row(before + 1, cells)
            before = reader.line_num
    except UnicodeError as error:
        raise Refused("import_not_text") from error
    except csv.Error as error:
        raise Refused("import_broken_csv", line=reader.line_num) from error
    finally:
        text.detach()


class _Kept(io.RawIOBase):
    """A reader over a file that stays open when the text over it is done with."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray) -> int:  # type: ignore[override]
        block = self._file.read(len(buffer))
        buffer[: len(block)] = block
        return len(block)

    def seek(self, offset: int, whence: int = 0) -> int:
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()


def is_workbook(head: bytes) -> bool:
    """Return whether a file that begins with `head` is a ZIP, as XLSX files are."""
    return head.startswith(b"PK\x03\x04")


def too_ragged(cells: Sequence[str], width: int) -> bool:
    """Return whether a row has another number of columns than the header; blank cells at the end do not count."""
    return len(cells) < width or any(cell.strip() for cell in cells[width:])
