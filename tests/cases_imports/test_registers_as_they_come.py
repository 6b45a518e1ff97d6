# SPDX-License-Identifier: EUPL-1.2
"""Registers as bodies keep them: titles, totals, broken letters, dates in many forms, words of their own."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from siac.accounts.public import Role
from siac.cases.imports.batches import give_meanings, new_batch
from siac.cases.imports.checking import check_batch
from siac.cases.imports.known import padded
from siac.cases.imports.layouts import parse_layout, store_layout
from siac.cases.imports.loading import load_batch
from siac.cases.imports.mappings import layout_for
from siac.cases.imports.old_dates import likely_order, read_moment
from siac.cases.imports.opening import Source, read_beginning, rows_of
from siac.cases.imports.reader import read_head
from siac.cases.imports.rejected import rejected_lines
from siac.cases.models import ImportBatch, StagedRow
from siac.cases.public import Case, CaseText
from siac.catalogue.public import Topic
from siac.journal.public import verify_institution
from siac.organizations.public import save_unit
from tests.cases_imports.conftest import FIELDS, HEADER, NOW, checked, loaded, make_user

ZONE = UTC


def head_of(content: bytes, source: Source = Source()) -> tuple[int, list[str]]:  # noqa: B008
    file = io.BytesIO(content)
    return read_beginning(file, source).source.header, read_head(rows_of(file, source))[0]


def problems(batch) -> dict[int, str]:
    return {row.line: " ".join(row.problems) for row in StagedRow.objects.filter(batch=batch)}


@pytest.mark.parametrize(
    ("text", "hour"),
    [
        ("15/03/2024 03:15 PM", 15),
        ("15/03/2024 3:15:00 p. m.", 15),
        ("15/03/2024 03:15:00 a.\u00a0m.", 3),
        ("15/03/2024 12:05 a.m.", 0),
        ("15/03/2024 15:15", 15),
    ],
)
def test_hours_of_twelve_are_read(text, hour):
    moment = read_moment(text, "dmy", ZONE)
    assert moment is not None
    assert (moment.date(), moment.hour) == (date(2024, 3, 15), hour)


@pytest.mark.parametrize(
    "text", ["15/03/2024 15:15 PM", "31 de febrero de 2026", "7 de brumario de 2026", "29/02/2023"]
)
def test_moments_that_do_not_exist_are_no_dates(text):
    assert read_moment(text, "dmy", ZONE) is None


@pytest.mark.parametrize(
    "text", ["7 de marzo de 2026", "7 mar 2026", "sábado, 7 de Marzo del 2026", "07.03.2026", "46088"]
)
def test_days_are_read_in_words_and_numbers(text):
    moment = read_moment(text, "dmy", ZONE)
    assert moment is not None
    assert moment.date() == date(2026, 3, 7)


@pytest.mark.parametrize(
    ("samples", "order"),
    [
        (["01/02/2026", "03/01/2026"], ""),
        (["01/02/2026", "25/01/2026"], "dmy"),
        (["01/25/2026", "03/01/2026"], "mdy"),
        (["25/01/2026", "01/25/2026"], ""),
        (["2026-01-02", "46086", "7 de marzo de 2026"], "dmy"),
        (["05/05/2026"], "dmy"),
        (["24-03-11"], ""),
        ([], "dmy"),
    ],
)
def test_the_order_of_dates_is_told_only_where_there_is_one(samples, order):
    assert likely_order(samples) == order


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("numero;fecha;texto;estado\n1;02/03/2024;a;b\n", 1),
        ("sep=;\nnumero;fecha;texto;estado\n1;02/03/2024;a;b\n", 2),
        ("Registro 2024;;;\nOficina de Partes;;;\nnumero;fecha;texto;estado\n1;02/03/2024;a;b\n", 3),
        ("\ufeffnumero;fecha;texto;estado\r\r\n1;02/03/2024;a;b\r\r\n", 1),
    ],
)
def test_titles_above_the_names_of_the_columns_are_passed_over(content, line):
    assert head_of(content.encode()) == (line, ["numero", "fecha", "texto", "estado"])


def test_the_row_of_the_names_can_be_chosen():
    content = b"a;b;c\nnumero;fecha;texto\n1;02/03/2024;x\n"
    assert head_of(content, Source(header=2))[1] == ["numero", "fecha", "texto"]


def test_names_that_come_twice_are_told_apart_by_the_heading_above():
    content = "INGRESO;;;RESPUESTA;\nN°;FECHA;TEXTO;ESTADO;FECHA\n1;02/03/2024;x;cerrada;03/03/2024\n"
    assert head_of(content.encode())[1] == ["N°", "FECHA (INGRESO)", "TEXTO", "ESTADO", "FECHA (RESPUESTA)"]


@pytest.mark.django_db
def test_one_broken_byte_is_one_reported_row(body):
    lines = [f"{n};02/10/2023;Educación;Petición número ñandú;cerrada\n" for n in range(1, 31)]
    content = bytearray((HEADER + "".join(lines)).encode())
    content[content.index(b"\xc3\xb1")] = 0xF1
    batch = loaded(body, bytes(content), skip=True)
    assert (batch.rows_loaded, batch.rows_rejected) == (29, 1)
    assert CaseText.objects.filter(institution=body, body="Petición número ñandú").count() == 29
    assert "no se puede leer" in problems(checked(body, bytes(content)))[2]


def test_the_encoding_can_be_chosen():
    content = "número;data de entrada;texto\n1;02/10/2023;João da Conceição\n".encode("cp1252")
    assert next(iter(list(rows_of(io.BytesIO(content)))[1].cells[2:])) == "João da Conceição"
    assert list(rows_of(io.BytesIO(content), Source(encoding="cp850")))[1].cells[2] != "João da Conceição"


@pytest.mark.django_db
def test_a_day_of_today_is_today_at_whatever_hour_it_is_loaded(body):
    early = datetime(2026, 3, 10, 6, 0, tzinfo=UTC)
    content = (HEADER + "1;10/03/2026;A;Texto;abierta\n2;10/03/2026 09:30;A;Texto;abierta\n").encode()
    batch = new_batch(institution=body, file=io.BytesIO(content), name="r.csv", actor=None, now=early)
    batch.mapping = store_layout(parse_layout({"fields": FIELDS}))
    batch.save()
    check_batch(batch=batch, rows=rows_of(io.BytesIO(content)), now=early)
    assert list(problems(batch)) == [3]


@pytest.mark.django_db
def test_all_problems_of_a_row_are_told_at_once_and_counted_by_reason(body):
    fields = FIELDS | {
        "kind": {"column": "Tipo"}, "channel": {"column": "Canal"}, "document_number": {"column": "DNI"},
        "email": {"column": "Correo"}, "phone": {"column": "Fono"},
    }  # fmt: skip
    head = "Número;Fecha;Tema;Texto;Estado;Tipo;Canal;DNI;Correo;Fono\n"
    rows = (
        "1;31/02/2023;A;;a medias;Denuncia;Paloma;123;sin "
        "correo;5,69123E+10\n2;02/02/2023;A;x;cerrada;Queja;web;;;\nTOTAL;2;;;;;;;;\n"
    )
    batch = checked(body, (head + rows).encode(), fields)
    said = problems(batch)
    for words in (
        "no es una fecha",
        "No tiene texto",
        "«a medias»",
        "«Denuncia»",
        "«Paloma»",
        "123",
        "sin correo",
        "5,69123E+10",
    ):
        assert words in said[2]
    assert said[4] == "Parece una fila de totales."
    assert batch.report["reasons"]["row_bad_date"] == 1
    assert batch.report["unknown"]["kind"] == {"Denuncia": 1}
    assert batch.report["unknown"]["channel"] == {"Paloma": 1}


@pytest.mark.django_db
def test_rows_come_in_without_a_wrong_document_mail_or_phone_if_asked(body):
    fields = FIELDS | {
        "given_names": {"column": "Nombre"},
        "document_number": {"column": "DNI"},
        "email": {"column": "Correo"},
    }
    content = (
        HEADER.replace("Estado", "Estado;Nombre;DNI;Correo") + "1;20/10/2023;A;x;cerrada;Ana;s/i;sin correo\n"
    ).encode()
    assert checked(body, content, fields).rows_rejected == 1
    batch = ImportBatch.objects.get()
    batch.mapping = batch.mapping | {"without": True}
    batch.save()
    check_batch(batch=batch, rows=rows_of(io.BytesIO(content)), now=NOW)
    assert (batch.rows_rejected, batch.report["without"]) == (
        0,
        {"row_bad_document_number": 1, "row_bad_email": 1},
    )
    load_batch(batch=batch, rows=rows_of(io.BytesIO(content)), now=NOW)
    assert Case.objects.get().person_id is not None


@pytest.mark.django_db
def test_words_of_the_register_are_given_a_meaning_once_for_all_files(body):
    fields = FIELDS | {"kind": {"column": "Tipo"}}
    content = (HEADER.replace("Estado", "Estado;Tipo") + "1;20/10/2023;A;x;Derivado a DOM;RECLAMO\n").encode()
    batch = checked(body, content, fields)
    batch.headers = ["Número", "Fecha", "Tema", "Texto", "Estado", "Tipo"]
    batch.save()
    assert batch.report["unknown"] == {"state": {"derivado a dom": 1}, "kind": {"RECLAMO": 1}}
    give_meanings(
        batch=batch, meanings={"state": {"derivado a dom": "open"}, "kind": {"RECLAMO": "queja"}}, now=NOW
    )
    batch.refresh_from_db()
    check_batch(batch=batch, rows=rows_of(io.BytesIO(content)), now=NOW)
    assert batch.rows_rejected == 0
    other = layout_for(body, ["Folio", "Fecha ingreso", "Tipo", "Detalle", "Estado"], [])
    assert other["kind"].values == {"reclamo": "queja"}


@pytest.mark.django_db
def test_unit_and_responsible_come_in_and_closed_cases_keep_them(body):
    unit = save_unit(institution=body, actor=None, now=NOW, code="dom", name="Obras")
    ana = make_user(body, Role.UNIT_OFFICER, "ana@villa.test")
    body.refresh_from_db()
    fields = FIELDS | {"unit": {"column": "Unidad"}, "officer": {"column": "Responsable"}}
    head = HEADER.replace("Estado", "Estado;Unidad;Responsable")
    rows = (
        "1;20/02/2026;A;x;abierta;DOM;ANA@villa.test\n"
        "2;20/02/2026;A;x;cerrada;Obras;\n"
        "3;20/02/2026;A;x;cerrada;Aseo;Nadie\n"
    )
    batch = loaded(body, (head + rows).encode(), fields, skip=True)
    assert (batch.rows_loaded, batch.rows_rejected) == (2, 1)
    first, second = Case.objects.order_by("number")
    assert (first.unit_id, first.assignee_id, first.state) == (unit.pk, ana.pk, "with_unit")
    assert (second.unit_id, second.assignee_id) == (unit.pk, None)
    assert verify_institution(body.pk).problems == []


@pytest.mark.django_db
def test_old_topics_are_not_offered_to_anybody_by_themselves(body):
    loaded(body, (HEADER + "1;02/10/2023;Aceras viejas;x;cerrada\n").encode())
    assert not Topic.objects.get(institution=body).is_active
    assert Case.objects.get().topic.name == "Aceras viejas"


@pytest.mark.django_db
def test_mended_rows_come_in_as_they_left(body):
    content = (HEADER + "1;nunca;A;=1+1 no es dos;cerrada\n2;02/10/2023;A;x;cerrada\n").encode()
    batch = checked(body, content)
    batch.headers = ["Número", "Fecha", "Tema", "Texto", "Estado"]
    batch.save()
    target = io.StringIO()
    csv.writer(target, delimiter=";").writerows(rejected_lines(batch))
    mended = target.getvalue().replace("nunca", "13/10/2023").encode("utf-8-sig")
    assert head_of(mended)[1] == batch.headers
    assert loaded(body, mended).rows_loaded == 1
    assert CaseText.objects.get(institution=body).body == "=1+1 no es dos"


@pytest.mark.parametrize(
    ("kind", "number", "kept"),
    [("dni_pe", "1234567", "01234567"), ("ce", "1234567", "1234567"), ("dni_pe", "12", "12")],
)
def test_a_peruvian_number_gets_back_the_zeros_that_a_sheet_took(kind, number, kept):
    assert padded(kind, number) == kept


@pytest.mark.django_db
def test_the_command_asks_which_order_dates_have_that_can_be_read_in_two_ways(body, tmp_path):
    path = tmp_path / "r.csv"
    path.write_bytes(
        b"numero;fecha;tipo;texto;estado\n1;01/02/2026;queja;x;cerrada\n2;03/01/2026;queja;y;cerrada\n"
    )
    with pytest.raises(CommandError, match="dos maneras"):
        call_command("import_cases", str(path), institution="villa")
    call_command("import_cases", str(path), institution="villa", date_order="mdy")
    assert [body.local_date(case.filed_at) for case in Case.objects.order_by("number")] == [
        date(2026, 1, 2),
        date(2026, 3, 1),
    ]


def municipal_book() -> bytes:
    """Return a workbook with a cover, merged titles, two lines of names, dates
    in five forms and a row of totals.
    """
    book = Workbook()
    book.active.title = "PORTADA"
    book.active.append(["Municipalidad"])
    sheet = book.create_sheet("REGISTRO")
    sheet.append(["REGISTRO 2026"])
    sheet.merge_cells("A1:H1")
    sheet.append(["INGRESO", None, None, None, None, None, "RESPUESTA"])
    sheet.append(["N°", "FECHA", "CANAL", "TIPO", "DETALLE", "ESTADO", "FECHA", "AUX1"])
    days = [
        datetime(2026, 2, 1, 10, 30),
        "02/02/2026",
        "03-02-26",
        46057,
        "25 de febrero de 2026",
        "26/02/2026 4:45 p. m.",
    ]
    for number, day in enumerate(days, start=1):
        sheet.append([number, day, "Presencial", "queja", "Hoyo", "CERRADO", None])
    sheet.append([])
    sheet.append(["TOTAL", len(days)])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.mark.django_db
def test_a_municipal_workbook_goes_in_by_the_command_and_says_what_it_uses(body, tmp_path, capsys):
    path = tmp_path / "oirs.xlsx"
    path.write_bytes(municipal_book())
    options = {"institution": "villa", "dry_run": True, "json": True}
    with pytest.raises(CommandError, match="1 filas tienen problemas"):
        call_command("import_cases", str(path), **options)
    told = json.loads(capsys.readouterr().out)
    assert (told["rows"], told["rejected"], told["reasons"]) == (7, 1, {"row_totals": 1})
    assert told["source"]["header"] == 3
    assert told["sheets"] == ["PORTADA", "REGISTRO"]
    used = {column["name"]: column["used"] for column in told["columns"]}
    assert (used["FECHA (INGRESO)"], used["FECHA (RESPUESTA)"], used["AUX1"]) == (True, True, False)
    assert not ImportBatch.objects.exists()
    call_command("import_cases", str(path), institution="villa", skip_rejected=True)
    assert "Columnas que no se usan: AUX1" in capsys.readouterr().out
    assert Case.objects.count() == 6
