# SPDX-License-Identifier: EUPL-1.2
"""Short tables that people upload are read apart, in three formats, and a bad one ends alone."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from siac.infra.tables.incoming import uploaded_tables
from siac.kernel.errors import Refused

HEAD = (
    '<o:document-content xmlns:o="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
)


def opendocument(*rows: str, head: str = "", code: str = "utf-8", sheet: bool = True) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as book:
        book.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        body = f'<table:table table:name="Unidades">{"".join(rows)}</table:table>'
        body = body if sheet else ""
        blanks = "" if code == "utf-8" else f'<?xml version="1.0" encoding="{code}"?>{" " * 2000}'
        book.writestr("content.xml", f"{blanks}{head}{HEAD}{body}</o:document-content>".encode(code))
    return target.getvalue()


def cell(text: str, more: str = "") -> str:
    return f"<table:table-cell{more}><text:p>{text}</text:p></table:table-cell>"


def row(*cells: str, more: str = "") -> str:
    return f"<table:table-row{more}>{''.join(cells)}</table:table-row>"


def told(content: bytes, most_rows: int = 10):
    found = uploaded_tables(content, most_rows=most_rows)
    return [(table.title, [(row.line, row.cells) for row in table.rows]) for table in found]


def test_a_workbook_gives_every_sheet_with_its_title():
    book = Workbook()
    book.active.title = "Uno"
    book.active.append(["a", 1])
    book.create_sheet("Dos").append(["z"])
    target = io.BytesIO()
    book.save(target)
    assert told(target.getvalue()) == [("Uno", [(1, ["a", "1"])]), ("Dos", [(1, ["z"])])]


def test_a_text_is_read_in_the_encoding_it_came_in():
    assert told("Código;Nombre\nx;Ñandú\n".encode("cp1252")) == [
        ("", [(1, ["Código", "Nombre"]), (2, ["x", "Ñandú"])])
    ]


def test_an_open_document_gives_its_sheets_and_its_empty_million_of_rows_costs_nothing():
    gap = row("<table:table-cell/>", more=' table:number-rows-repeated="1000000"')
    wide = '<table:table-cell table:number-columns-repeated="16000"/>'
    content = opendocument(
        row(cell("Código"), cell("a", ' table:number-columns-repeated="2"')), gap, row(cell("fin"), wide)
    )
    assert told(content) == [("Unidades", [(1, ["Código", "a", "a"]), (1_000_002, ["fin"])])]


def test_of_a_long_table_one_row_more_than_asked_is_read():
    assert len(told(b"a;b\n" * 50, most_rows=3)[0][1]) == 4
    repeated = opendocument(row(cell("a"), more=' table:number-rows-repeated="900000"'))
    assert len(told(repeated, most_rows=3)[0][1]) == 4


@pytest.mark.parametrize(
    "content",
    [
        b"PK\x03\x04 no zip",
        opendocument(row(cell("&a;")), head='<!DOCTYPE a [<!ENTITY a "b">]>'),
        opendocument(row(cell("&a;")), head='<!DOCTYPE a [<!ENTITY a "b">]>', code="utf-16"),
        opendocument("<table:table-row><broken"),
        opendocument(sheet=False),
    ],
)
def test_what_is_no_table_is_refused(content):
    with pytest.raises(Refused) as caught:
        uploaded_tables(content, most_rows=10)
    assert caught.value.code == "table_unreadable"
