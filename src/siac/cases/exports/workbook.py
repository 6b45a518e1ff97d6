# SPDX-License-Identifier: EUPL-1.2
"""Writing XLSX row by row. Loads openpyxl: only the job worker imports this module."""

from collections.abc import Iterable, Sequence
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

_LONGEST = 32_767  # characters of a cell


def write_workbook(
    target: IO[bytes], headers: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = "Solicitudes"
) -> None:
    """Write a workbook of one sheet to `target`, in flat memory; no text becomes a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    sheet.append(list(headers))
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    book.save(target)
    target.seek(0, 2)


def _cell(sheet: Any, value: Any) -> Any:
    if not isinstance(value, str):
        return value
    cell = WriteOnlyCell(sheet, value[:_LONGEST])
    cell.data_type = "s"
    return cell
