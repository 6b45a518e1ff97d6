# SPDX-License-Identifier: EUPL-1.2
"""Short tables that people upload (CSV, XLSX, ODS), read whole in a process apart."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from itertools import islice
from typing import Any

from siac.infra.confined import CannotRead, read
from siac.infra.tables.opendocument import is_opendocument, opendocument_tables
from siac.infra.tables.reading import Row, csv_rows, is_workbook
from siac.infra.tables.soundness import check
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze

SECONDS = 15.0
_LONGEST_CELL = 300
_MOST_CELLS = 40
_MOST_SHEETS = 20
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    KeyError,
    ValueError,
    OSError,
    EOFError,
    SyntaxError,
    NotImplementedError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet as it was typed: its title (empty of a CSV) and its rows that are
    not empty, each cell one line.
    """

    title: str
    rows: list[Row]


def uploaded_tables(content: bytes, *, most_rows: int) -> list[Table]:
    """Return the sheets of a file, of each at most `most_rows` and one more; cells beyond
    40, and signs beyond 300 in one, are cut.

    Raises:
        Refused: it cannot be read as a table in fifteen seconds, or has none (table_unreadable).
    """
    try:
        found, _ = read(f"{__name__}:tables", content, {"rows": most_rows}, seconds=SECONDS)
    except CannotRead as error:
        raise Refused("table_unreadable") from error
    if not found:
        raise Refused("table_unreadable")
    return [Table(title, [Row(line, cells) for line, cells in rows]) for title, rows in found]


def tables(payload: bytes, options: Mapping[str, Any]) -> tuple[Any, list[bytes]]:
    """Return [[title, [[line, cells], …]], …] of a file, None where it is no table.

    Runs in the process apart.
    """
    try:
        found = [
            [squeeze(title), [[row.line, _cut(row.cells)] for row in rows]]
            for title, rows in islice(_sheets(payload, int(options["rows"])), _MOST_SHEETS)
        ]
    except (Refused, *_FAULTS):
        return None, []
    return found, []


def _sheets(payload: bytes, most: int) -> Any:
    if not is_workbook(payload[:4]):
        return [("", list(islice(csv_rows(io.BytesIO(payload)), most + 1)))]
    is_good, _ = check(payload, {})
    if not is_good:
        raise Refused("table_unreadable")
    if is_opendocument(payload):
        return opendocument_tables(payload, most)
    reader = import_module("siac.infra.tables.spreadsheet")  # heavy: never loaded by the web
    book = reader.load_workbook(io.BytesIO(payload), read_only=True, data_only=True, keep_links=False)
    return [(sheet.title, list(islice(reader.sheet_rows(sheet), most + 1))) for sheet in book.worksheets]


def _cut(cells: list[str]) -> list[str]:
    return [squeeze(cell[:_LONGEST_CELL]) for cell in cells[:_MOST_CELLS]]
