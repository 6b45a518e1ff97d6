# SPDX-License-Identifier: EUPL-1.2
"""Reading ODS files, in flat memory.

Runs in a process apart; entities were looked for before (`soundness`).
"""

import io
import zipfile
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree as Xml

from siac.infra.tables.reading import Row

_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_CELLS = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_MOST_COLUMNS = 200


def is_opendocument(payload: bytes) -> bool:
    """Return whether a file says of itself that it is an ODS sheet: its first part is its type, as it
    stands.
    """
    return payload[38 : 38 + len(_MIMETYPE)] == _MIMETYPE


def opendocument_tables(payload: bytes, most_rows: int) -> Iterator[tuple[str, list[Row]]]:
    """Yield (title, rows) of every sheet, empty rows left out; of each at most `most_rows` and one more."""
    with zipfile.ZipFile(io.BytesIO(payload)) as book, book.open("content.xml") as part:
        yield from _tables(part, most_rows)


def _tables(part: IO[bytes], most_rows: int) -> Iterator[tuple[str, list[Row]]]:
    title, line, rows = "", 1, list[Row]()
    for event, element in Xml.iterparse(part, events=("start", "end")):  # noqa: S314  # no entities: see `soundness`
        if event == "start":
            if element.tag == f"{_TABLE}table":
                title, line, rows = element.get(f"{_TABLE}name", ""), 1, []
        elif element.tag == f"{_TABLE}table-row":
            times = _times(element, "number-rows-repeated")
            cells = _cells(element)
            if any(cell.strip() for cell in cells):
                left = max(0, most_rows + 1 - len(rows))
                rows += [Row(line + turn, list(cells)) for turn in range(min(times, left))]
            line += times
            element.clear()
        elif element.tag == f"{_TABLE}table":
            yield title, rows
            element.clear()


def _cells(row: Xml.Element) -> list[str]:
    found: list[str] = []
    for cell in row:
        if cell.tag in _CELLS and len(found) < _MOST_COLUMNS:
            text = "\n".join("".join(line.itertext()) for line in cell.iter(f"{_TEXT}p"))
            times = min(_times(cell, "number-columns-repeated"), _MOST_COLUMNS - len(found))
            found += [text] * times
    while found and not found[-1].strip():
        found.pop()
    return found


def _times(element: Xml.Element, name: str) -> int:
    told = element.get(_TABLE + name, "1")
    return max(1, int(told)) if told.isascii() and told.isdigit() and len(told) < 9 else 1
