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
_SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑçÇàèòÀÈÒïÏãõâêôÃÕÂÊÔ¿¡ºª«»°·–—“”‘’…€´")
_ASCII = bytes(range(128))
_OLD_CODES = ("cp1252", "cp850", "mac_roman")
_MANY_BROKEN = 200
BROKEN = "\ufffd"
"""What stands for a byte that is no text in the encoding of its file."""
ENCODINGS = ("utf-8", *_OLD_CODES, "latin-1", "utf-16")
"""What a person may choose where the encoding found is not the one the file was saved in."""
csv.field_size_limit(_LONGEST_CELL)


@dataclass(frozen=True, slots=True)
class Row:
    """A row that is not empty, and the line of the file on which it begins (the header is on line 1)."""

    line: int
    cells: list[str]


def detect_encoding(file: IO[bytes]) -> str:
    """Return the encoding of a text: by its mark, UTF-8 if the whole of it is,
    else the old code that reads Spanish best.
    """
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
    """Return up to 64 KB of the bytes outside ASCII, or None if the file is
    UTF-8, a broken byte here and there aside.
    """
    file.seek(0)
    decoder = codecs.getincrementaldecoder("utf-8")(errors="replace")
    marks, good, bad = bytearray(), 0, 0
    while block := file.read(_BLOCK):
        marks += block.translate(None, _ASCII)[: _SAMPLE - len(marks)]
        text = decoder.decode(block)
        lost = text.count(BROKEN)
        bad, good = bad + lost, good + sum(not c.isascii() for c in text) - lost
        if bad > _MANY_BROKEN and bad > good and len(marks) >= _SAMPLE:
            break
    bad += decoder.decode(b"", final=True).count(BROKEN)
    return None if good >= 2 * bad else bytes(marks)


def _old_code(marks: bytes) -> str:
    def score(code: str) -> int:
        return sum(letter in _SPANISH for letter in marks.decode(code, errors="replace"))

    best = max(_OLD_CODES, key=score)
    # Five bytes have no letter in cp1252; latin-1 takes every byte.
    return "latin-1" if best == "cp1252" and set(marks) & {0x81, 0x8D, 0x8F, 0x90, 0x9D} else best


def detect_separator(sample: str) -> str:
    """Return the separator under which most rows of `sample` have the same
    number of columns, and more than one.
    """
    return max(SEPARATORS, key=lambda separator: _regularity(sample, separator))


def _regularity(sample: str, separator: str) -> tuple[int, int]:
    try:
        widths = [len(row) for row in csv.reader(io.StringIO(sample), delimiter=separator) if row][:50]
    except csv.Error:
        return (0, 0)
    widths = widths[:-1] if len(widths) > 2 else widths  # the sample may end inside a row
    head = widths[0] if widths else 1
    return (0, 0) if head < 2 else (sum(width == head for width in widths), head)


def csv_rows(file: IO[bytes], encoding: str = "") -> Iterator[Row]:
    """Yield the rows of a CSV file from its first, empty ones left out; `encoding` empty: found out.

    A byte that is no text in the encoding is read as `BROKEN`, so that only its row is in doubt.

    Raises:
        Refused: it is no text, or a cell has no end (import_not_text, import_broken_csv with the line).
    """
    code = encoding or detect_encoding(file)
    file.seek(0)
    text = io.TextIOWrapper(
        _Kept(file),  # type: ignore[type-var]
        encoding="utf-8-sig" if code == "utf-8" else code,
        errors="replace",
        newline="",
    )
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
    """Return whether a row has another number of columns than the header; blank
    cells at the end do not count.
    """
    return len(cells) < width or any(cell.strip() for cell in cells[width:])
