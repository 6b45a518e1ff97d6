# SPDX-License-Identifier: EUPL-1.2
"""Reading XLSX files.

Loads openpyxl: only the job worker, the command line and processes apart import this module.
"""

import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from itertools import islice
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from siac.infra.confined import CannotRead, read
from siac.infra.tables.reading import Row
from siac.infra.tables.soundness import MOST_ROWS
from siac.kernel.errors import Refused

SECONDS = 120.0
_HEAD = 40
_LOOK = "siac.infra.tables.soundness:check"


def workbook_sheets(file: IO[bytes]) -> list[str]:
    """Return the names of the sheets of a workbook, in their order.

    Raises:
        Refused: it is no readable workbook (import_bad_workbook).
    """
    file.seek(0)
    _check(file.read())
    file.seek(0)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise Refused("import_bad_workbook") from error
    names = [sheet.title for sheet in book.worksheets]
    book.close()
    return names


def workbook_rows(file: IO[bytes], sheet: str = "") -> Iterator[Row]:
    """Yield the rows of a sheet, empty ones left out; formulas give their last computed value.

    `sheet` empty: the first that is a table, two rows of two cells or more; else the first that has any row.

    Raises:
        Refused: it is no readable workbook, or has no such sheet (import_bad_workbook, import_no_sheet).
    """
    file.seek(0)
    _check(file.read())
    file.seek(0)
    try:
        book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError) as error:
        raise Refused("import_bad_workbook") from error
    try:
        yield from sheet_rows(_chosen_sheet(book.worksheets, sheet))
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, SyntaxError) as error:
        raise Refused("import_bad_workbook") from error
    finally:
        book.close()


def _chosen_sheet(sheets: Sequence[Any], name: str) -> Any:
    if name:
        found = next((sheet for sheet in sheets if sheet.title == name), None)
        if found is None:
            raise Refused("import_no_sheet", sheet=name)
        return found
    heads = [(sheet, list(islice(sheet_rows(sheet), _HEAD))) for sheet in sheets]
    tables = [sheet for sheet, rows in heads if sum(_filled(row.cells) > 1 for row in rows) > 1]
    filled = [sheet for sheet, rows in heads if rows]
    return next(iter([*tables, *filled, *sheets]))


def sheet_rows(sheet: Any) -> Iterator[Row]:
    """Yield the rows of an open sheet, empty ones left out.

    Raises:
        Refused: a row is numbered beyond what a sheet holds
            (import_bad_workbook); the reader counts empty rows up to it.
    """
    sheet.reset_dimensions()
    for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
        if line > MOST_ROWS:
            raise Refused("import_bad_workbook")
        cells = [_text(value) for value in values]
        if any(cell.strip() for cell in cells):
            yield Row(line, cells[: _filled(cells)])


def _check(content: bytes) -> None:
    """Refuse what would keep a reader busy for hours, found out in a process apart."""
    try:
        is_good, _ = read(_LOOK, content, seconds=SECONDS)
    except CannotRead as error:
        raise Refused("import_bad_workbook") from error
    if not is_good:
        raise Refused("import_bad_workbook")


def _filled(cells: list[str]) -> int:
    return max((place for place, cell in enumerate(cells, start=1) if cell.strip()), default=0)


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time(0) else value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "si" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
