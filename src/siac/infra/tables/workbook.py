# SPDX-License-Identifier: EUPL-1.2
"""Writing XLSX row by row in flat memory.

Loads XlsxWriter: only who writes a workbook imports this module.
"""

import re
import tempfile
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import IO, Any

from xlsxwriter import Workbook

from siac.infra.tables.rows import Column, Columns
from siac.kernel.cells import safe
from siac.kernel.text import squeeze

LONGEST = 32_767  # characters of a cell
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\\x00-\x1f]+")
"""Signs that the title of a sheet cannot have."""
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "remove_timezone": True,
    "default_date_format": "dd-mm-yyyy",
}
_HEAD = {
    "bold": True,
    "font_color": "#FFFFFF",
    "bg_color": "#1D3557",
    "valign": "vcenter",
    "text_wrap": True,
    "border": 1,
    "border_color": "#FFFFFF",
}


def write_workbook(
    target: IO[bytes], columns: Columns, rows: Iterable[Sequence[Any]], *, title: str = "Solicitudes"
) -> None:
    """Write a workbook of one sheet to `target`: a styled head that stays in sight, a
    filter on it, widths, real dates and hours.

    Text stays text: nothing typed becomes a formula, a number or a link. Moments are told in the zone they
    come in. Where the writing stops half-way (the rows raise), nothing usable is left in `target`.
    """
    write_sheets(target, [(title, columns, rows)])


def write_sheets(target: IO[bytes], sheets: Iterable[tuple[str, Columns, Iterable[Sequence[Any]]]]) -> None:
    """Write a workbook of several sheets, each (title, columns, rows), as `write_workbook` writes one."""
    with tempfile.TemporaryDirectory() as folder:
        book = Workbook(target, {**_OPTIONS, "tmpdir": folder})
        for title, columns, rows in sheets:
            _write_sheet(book, title, columns, rows)
        book.close()
    target.seek(0, 2)


def _write_sheet(book: Any, title: str, columns: Columns, rows: Iterable[Sequence[Any]]) -> None:
    sheet = book.add_worksheet(squeeze(_NOT_IN_TITLES.sub(" ", title))[:31].strip(" '"))
    wraps = book.add_format({"text_wrap": True, "valign": "top"})
    plain = book.add_format({"valign": "top"})
    known = [column if isinstance(column, Column) else Column(column) for column in columns]
    for place, column in enumerate(known):
        sheet.set_column(place, place, column.width, wraps if column.wraps else plain)
    moment = book.add_format({"num_format": "dd-mm-yyyy hh:mm", "valign": "top"})
    day = book.add_format({"num_format": "dd-mm-yyyy", "valign": "top"})
    forms = {datetime: moment, date: day}
    sheet.freeze_panes(1, 0)
    sheet.set_row(0, 30)
    head = book.add_format(_HEAD)
    for place, column in enumerate(known):
        sheet.write_string(0, place, column.title, head)
    last = 0
    for last, row in enumerate(rows, start=1):
        for place, value in enumerate(row):
            shape = forms.get(type(value)) or (wraps if known[place].wraps else plain)
            _write(sheet, last, place, value, shape)
    if known:
        sheet.autofilter(0, 0, last, len(known) - 1)


def _write(sheet: Any, row: int, place: int, value: Any, form: Any) -> None:
    if value is None or value == "":
        return
    if isinstance(value, str):
        sheet.write_string(row, place, safe(value)[:LONGEST], form)
    elif isinstance(value, datetime | date):
        sheet.write_datetime(row, place, value, form)
    else:
        sheet.write(row, place, value, form)
