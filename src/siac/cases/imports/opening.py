# SPDX-License-Identifier: EUPL-1.2
"""From a file to the rows of a register: which sheet, in which encoding, from which header row on."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib import import_module
from itertools import chain, islice
from typing import IO, Any

from siac.cases.imports.layouts import find_header, header_key, with_groups
from siac.infra.tables.reading import Row, csv_rows, detect_encoding, is_workbook
from siac.kernel.cells import safe
from siac.kernel.errors import Refused

HEAD_ROWS = 40
_ADDED = ("linea", "motivo")
"""The columns that a file of rejected rows has before those of the register."""


@dataclass(frozen=True, slots=True)
class Source:
    """How a file is read. `sheet` and `encoding` empty, `header` 0: found out."""

    sheet: str = ""
    encoding: str = ""
    header: int = 0
    """Line of the file that names the columns, counting from 1."""

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Source":
        """Return what a batch keeps as JSON."""
        return cls(
            str(stored.get("sheet", "")), str(stored.get("encoding", "")), int(stored.get("header", 0))
        )

    def stored(self) -> dict[str, Any]:
        """Return it as JSON."""
        return asdict(self)


AUTO = Source()


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file as it is read."""

    source: Source
    """With the header row and, for a text, the encoding that were found."""
    sheets: list[str]
    """Names of the sheets of a workbook."""
    first: list[Row]
    """The first rows, titles included, as they stand in the file."""


def raw_rows(file: IO[bytes], source: Source = AUTO) -> Iterator[Row]:
    """Yield all rows of a CSV or XLSX file; raises Refused as `csv_rows` and `workbook_rows`."""
    file.seek(0)
    if is_workbook(file.read(4)):
        # openpyxl is heavy: only who reads a workbook loads it.
        rows: Iterator[Row] = import_module("siac.infra.tables.spreadsheet").workbook_rows(file, source.sheet)
        return rows
    return csv_rows(file, source.encoding)


def read_beginning(file: IO[bytes], source: Source = AUTO) -> Head:
    """Return the beginning of a file and how it is read.

    Raises:
        Refused: it cannot be read, or is empty.
    """
    file.seek(0)
    sheets: list[str] = []
    encoding = ""
    if is_workbook(file.read(4)):
        sheets = import_module("siac.infra.tables.spreadsheet").workbook_sheets(file)
    else:
        encoding = (source.encoding or detect_encoding(file)).replace("-sig", "")
    first = list(islice(raw_rows(file, source), HEAD_ROWS))
    if not first:
        raise Refused("import_empty")
    header = source.header or first[find_header([row.cells for row in first])].line
    return Head(Source(source.sheet, encoding, header), sheets, first)


def rows_of(file: IO[bytes], source: Source = AUTO) -> Iterator[Row]:
    """Yield the rows of a register, the header first; titles above it are passed over.

    Rejected rows that were mended come in as they left: without the two columns
    added to them, and their apostrophes.

    Raises:
        Refused: as `raw_rows`, or the header row is beyond the file (import_no_row).
    """
    is_book = _is_book(file)
    rows = raw_rows(file, source)
    first = list(islice(rows, HEAD_ROWS))
    if not first:
        return
    place = _header_place(first, source.header)
    above = first[place - 1].cells if place else []
    header = Row(first[place].line, with_groups(first[place].cells, above))
    below = chain(first[place + 1 :], rows)
    if tuple(header_key(cell) for cell in header.cells[: len(_ADDED)]) == _ADDED:
        yield Row(header.line, header.cells[2:])
        yield from (_as_it_left(row) for row in below)
        return
    yield header
    yield from _padded(below, len(header.cells)) if is_book else below


def _header_place(first: Sequence[Row], line: int) -> int:
    if not line:
        return find_header([row.cells for row in first])
    for place, row in enumerate(first):
        if row.line == line:
            return place
    raise Refused("import_no_row", row=line)


def _is_book(file: IO[bytes]) -> bool:
    place = file.tell()
    file.seek(0)
    head = file.read(4)
    file.seek(place)
    return is_workbook(head)


def _padded(rows: Iterator[Row], width: int) -> Iterator[Row]:
    """Fill the rows of a sheet up to its columns: a sheet has no end of a row, so none is broken off."""
    for row in rows:
        yield Row(row.line, [*row.cells, *[""] * (width - len(row.cells))])


def _as_it_left(row: Row) -> Row:
    """Take off what was added so that no program runs a cell as a formula."""
    cells = [cell[1:] if cell[:1] == "'" and safe(cell[1:]) == cell else cell for cell in row.cells[2:]]
    return Row(row.line, cells)
