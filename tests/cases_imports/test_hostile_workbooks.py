# SPDX-License-Identifier: EUPL-1.2
"""Workbooks that would keep a reader busy for hours, or make it read what is not theirs."""

import io
import time
import zipfile

import pytest
from openpyxl import Workbook

from siac.cases.imports.opening import rows_of
from siac.kernel.errors import Refused

SHEET = "xl/worksheets/sheet1.xml"


def workbook(rows=(("Folio", "Materia"), ("1", "Poda"))) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def changed(part: str, change) -> bytes:
    """Return a workbook with one of its parts altered."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info.filename, change(content) if info.filename == part else content)
    return made.getvalue()


def far_row(number: int):
    return lambda xml: xml.replace(b'<row r="2"', f'<row r="{number}"'.encode()).replace(
        b'r="A2"', f'r="A{number}"'.encode()
    )


def moved(to: str, change) -> bytes:
    """Return a workbook whose sheet is a part of another name, altered."""
    made = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook())) as old,
        zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            content = old.read(info).replace(SHEET.encode(), f"xl/{to}".encode())
            name = f"xl/{to}" if info.filename == SHEET else info.filename
            new.writestr(name, change(content) if info.filename == SHEET else content)
    return made.getvalue()


BOMB = b'<!DOCTYPE a [<!ENTITY a "' + b"x" * 1000 + b'">' + b'<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
HOSTILE = {
    "a row of number 50,000,000": changed(SHEET, far_row(50_000_000)),
    "a row of twenty thousand digits": changed(SHEET, far_row(int("9" * 20))),
    "a row numbered with blanks": changed(
        SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r = "50000000"')
    ),
    "a row numbered by an entity": changed(
        SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row r="&#53;000000000"')
    ),
    "a row numbered after much else": changed(
        SHEET, lambda xml: xml.replace(b'<row r="2"', b'<row q="' + b"y" * 300 + b'" r="50000000000"')
    ),
    "a far row in a part of another name": moved("otra.xml", far_row(50_000_000)),
    "a document type in a part of another name": moved(
        "otra.dat", lambda xml: BOMB + xml.split(b"?>", 1)[-1]
    ),
    "a document type": changed(SHEET, lambda xml: BOMB + xml.split(b"?>", 1)[-1]),
    "a document type in another part": changed(
        "xl/workbook.xml", lambda xml: b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'>" + xml
    ),
    "a column beyond the last": changed(SHEET, lambda xml: xml.replace(b'r="B2"', b'r="ZZZZZ2"')),
    "a row of cells without a name": changed(
        SHEET, lambda xml: xml.replace(b"</row>", b"<c/>" * 20_000 + b"</row>", 1)
    ),
    "half of it": workbook()[:3000],
    "no workbook": b"PK\x03\x04" + b"\x00" * 500,
}


@pytest.mark.parametrize("case", HOSTILE)
def test_it_is_refused_at_once(case) -> None:
    started = time.monotonic()
    with pytest.raises(Refused) as refused:
        list(rows_of(io.BytesIO(HOSTILE[case])))
    assert refused.value.code == "import_bad_workbook"
    assert time.monotonic() - started < 20


def test_an_ordinary_one_is_read_and_the_last_row_of_a_sheet_is_one() -> None:
    assert [row.cells for row in rows_of(io.BytesIO(workbook()))] == [["Folio", "Materia"], ["1", "Poda"]]
    far = changed(SHEET, far_row(1_048_576))
    assert [row.line for row in rows_of(io.BytesIO(far))] == [1, 1_048_576]
