# SPDX-License-Identifier: EUPL-1.2
"""Reading XLSX files. Loads openpyxl: only the job worker and the command line import this module."""

import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from siac.cases.imports.reading import Row
from siac.infra.confined import CannotRead, read
from siac.kernel.errors import Refused

SECONDS = 120.0
_LOOK = "siac.cases.imports.workbooks:check"


def workbook_rows(file: IO[bytes]) -> Iterator[Row]:
    """Yield the rows of the first sheet that has any, empty ones left out; formulas give their last computed value.

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
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            found = False
            width = 0
            for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
                cells = [_text(value) for value in values]
                if not any(cell.strip() for cell in cells):
                    continue
                if not found:
                    found, width = True, _filled(cells)
                yield Row(
                    line,
                    [*cells, *[""] * (width - len(cells))]
                    if len(cells) < width
                    else cells[: max(width, _filled(cells))],
                )
            if found:
                return
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, EOFError, SyntaxError) as error:
        raise Refused("import_bad_workbook") from error
    finally:
        book.close()


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
