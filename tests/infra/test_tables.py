# SPDX-License-Identifier: EUPL-1.2
"""One writer for every table that leaves: text stays text, days are days, and a
sheet can be used as it opens.
"""

import io
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from openpyxl import load_workbook

from siac.infra.tables import download
from siac.infra.tables.download import csv_response, table_response
from siac.infra.tables.rows import Column, csv_bytes
from siac.infra.tables.workbook import LONGEST, write_workbook
from siac.kernel.errors import Refused
from siac.ui.refusals import refusal_text

MOMENT = datetime(2026, 9, 7, 15, 30, tzinfo=UTC).astimezone(ZoneInfo("America/Santiago"))


def opened(columns, rows):
    target = io.BytesIO()
    write_workbook(target, columns, rows, title="Libro")
    target.seek(0)
    return load_workbook(target)["Libro"]


@pytest.mark.parametrize(
    ("value", "kept", "form"),
    [
        ("=1+1", "'=1+1", "s"),
        ("https://ejemplo.cl/?a=1", "https://ejemplo.cl/?a=1", "s"),
        ("mailto:x@ejemplo.cl", "mailto:x@ejemplo.cl", "s"),
        ("00123", "00123", "s"),
        ("3-4", "3-4", "s"),
        ("uno\x0b dos\ufffe", "uno dos", "s"),
        ("ñandú 🙂 李", "ñandú 🙂 李", "s"),
        ("x" * 40_000, "x" * LONGEST, "s"),
        (7, 7, "n"),
        (date(2026, 9, 7), datetime(2026, 9, 7), "d"),
        (MOMENT, datetime(2026, 9, 7, 12, 30), "d"),
        (None, None, "n"),
    ],
)
def test_a_cell_is_what_it_was(value, kept, form):
    cell = opened(["Uno"], [[value]])["A2"]
    assert (cell.value, cell.data_type) == (kept, form)
    assert cell.hyperlink is None


def test_a_sheet_has_its_widths_a_filter_and_a_head_that_stays_in_sight():
    sheet = opened([Column("Folio", 15), Column("Texto", 70, wraps=True)], [["2026-1", "a"], ["2026-2", "b"]])
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B3"
    assert sheet["A1"].font.bold and sheet["A1"].fill.fgColor.rgb == "FF1D3557"
    assert round(sheet.column_dimensions["B"].width) in {70, 71}
    assert sheet["B2"].alignment.wrap_text and not sheet["A2"].alignment.wrap_text
    assert opened(["Uno"], []).auto_filter.ref == "A1"


def test_a_moment_shows_its_hour_and_a_day_none():
    sheet = opened(["Uno", "Dos"], [[MOMENT, date(2026, 9, 7)]])
    assert (sheet["A2"].number_format, sheet["B2"].number_format) == ("dd-mm-yyyy hh:mm", "dd-mm-yyyy")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_table_that_somebody_waits_for_has_an_end_that_is_said(monkeypatch, form):
    rows, rest = [["a"]] * 4, "filas; una lista lleva como mucho 3: ponga filtros y pídala otra vez."
    said = [f"Son 4 {rest}", f"Son más de 3 {rest}"]
    monkeypatch.setattr(download, "MOST_ROWS", 3)
    assert table_response(["Uno"], rows[:3], form=form, name="x", title="x").status_code == 200
    for table, words in zip((rows, iter(rows)), said, strict=True):
        with pytest.raises(Refused) as refused:
            table_response(["Uno"], table, form=form, name="lista", title="Lista")
        assert refusal_text(refused.value) == words


def test_what_somebody_sent_comes_back_whole(monkeypatch):
    monkeypatch.setattr(download, "MOST_ROWS", 3)
    assert b"".join(csv_response((), [["a"]] * 4, name="x", as_typed=True)).count(b"\r\n") == 4


def test_the_same_table_as_csv():
    told = b"".join(csv_bytes(["Uno", "Dos"], [["=1+1", MOMENT], ["a;b", date(2026, 9, 7)]])).decode(
        "utf-8-sig"
    )
    assert told.splitlines() == ["Uno;Dos", "'=1+1;2026-09-07 12:30", '"a;b";2026-09-07']
    assert b"".join(csv_bytes((), [["=1+1"]], as_typed=True)).decode("utf-8-sig") == "=1+1\r\n"
