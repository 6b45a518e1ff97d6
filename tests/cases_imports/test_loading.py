# SPDX-License-Identifier: EUPL-1.2
"""What comes in, what does not and why; nothing twice, nothing half."""

import io
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from siac.cases.models import CaseText, StagedRow
from siac.cases.public import Case, Channel, Filing, file_case, save_kind
from siac.clocks.public import Clock
from siac.journal.public import history, verify_institution
from tests.cases_imports.conftest import FIELDS, HEADER, NOW, checked, loaded

ROWS = "1;02/10/2023;Aceras;Hay un hoyo;cerrada\n2;03/10/2025;Aceras;Otro hoyo;abierta\n"
PERSON = FIELDS | {
    "given_names": {"column": "Nombre"},
    "document_number": {"column": "DNI"},
    "email": {"column": "Correo"},
}


def reasons(batch) -> dict[int, str]:
    return {row.line: " ".join(row.problems) for row in StagedRow.objects.filter(batch=batch)}


@pytest.mark.postgres
def test_rows_become_cases_with_folio_text_journal_and_clock(body):
    batch = loaded(body, (HEADER + ROWS).encode())
    assert (batch.state, batch.rows_loaded) == ("done", 2)
    closed, still_open = Case.objects.filter(institution=body).order_by("number")
    assert (closed.folio, closed.original_number, closed.state, closed.due_on) == (
        "2026-000001",
        "1",
        "closed",
        None,
    )
    clock = Clock.objects.get(institution=body)
    assert (clock.subject_id, clock.kind, clock.due_on) == (still_open.pk, "legal", still_open.due_on)
    assert [entry.kind for entry in history(body.pk, closed.stream)] == ["cases.imported"]
    assert verify_institution(body.pk).problems == []


def test_the_same_file_again_adds_nothing(body):
    loaded(body, (HEADER + ROWS).encode())
    again = loaded(body, (HEADER + ROWS).encode())
    assert (again.rows_loaded, again.rows_repeated, Case.objects.filter(institution=body).count()) == (
        0,
        2,
        2,
    )


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("3;04/10/2023;Aceras\n", "3 columnas y el encabezado 5"),
        ("3;31/02/2023;Aceras;Texto;cerrada\n", "no es una fecha"),
        ("3;04/10/2099;Aceras;Texto;cerrada\n", "posterior a hoy"),
        (";04/10/2023;Aceras;Texto;cerrada\n", "Falta el número"),
        ("3;;Aceras;Texto;cerrada\n", "Falta la fecha"),
        ("3;04/10/2023;Aceras;;cerrada\n", "No tiene texto"),
        ("3;04/10/2023;Aceras;Texto;a medias\n", "«a medias» no se reconoce"),
        ("1;04/10/2023;Aceras;Texto;cerrada\n", "ya aparece en la línea 2"),
        ("3;04/10/1996;Aceras;Texto;abierta\n", "plazo legal no se puede calcular"),
        (f"{'9' * 61};04/10/2023;Aceras;Texto;cerrada\n", "pasa de 60"),
    ],
)
def test_a_bad_row_in_the_middle_refuses_the_file_and_says_why(body, row, why):
    content = (HEADER + ROWS.splitlines(keepends=True)[0] + row + ROWS.splitlines(keepends=True)[1]).encode()
    batch = checked(body, content)
    assert (batch.state, batch.total, batch.rows_rejected) == ("checked", 3, 1)
    assert why in reasons(batch)[3]
    refused = loaded(body, content)
    assert (refused.state, Case.objects.filter(institution=body).exists()) == ("refused", False)
    taken = loaded(body, content, skip=True)
    assert (taken.state, taken.rows_loaded, taken.rows_rejected) == ("done", 2, 1)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "ninguna fila"),
        (HEADER.encode(), "ninguna fila"),
        (b"1;2;3\n4;5;6\n", "no es un encabezado"),
        (b"Otra;Cosa\n1;2\n", "«Número»"),
        (HEADER.encode() + b'1;02/10/2023;A;"sin cerrar' + b"x" * 1_100_000, "roto cerca de la línea"),
        (b"PK\x03\x04 nada", "no es un libro de Excel"),
    ],
)
def test_a_file_that_is_no_register_is_refused_whole(body, content, why):
    batch = checked(body, content)
    assert batch.state == "refused"
    assert why in batch.reason


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "cp850"])
@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_encoding_and_separator_are_found_out(body, code, separator):
    text = (HEADER + "1;02/10/2023;Señales;¿Cuándo arreglan la inundación del año pasado?;cerrada\n").replace(
        ";", separator
    )
    batch = loaded(body, text.encode(code))
    assert batch.state == "done", batch.reason
    assert CaseText.objects.get(institution=body).body == "¿Cuándo arreglan la inundación del año pasado?"


def test_odd_headers_empty_lines_and_breaks_inside_quotes(body):
    text = ' NÚMERO ;fecha;Tema;Tema;;texto;ESTADO\n\n1;02/10/2023;A;B;;"dos\nlíneas";cerrada\n;;;;;;\n'
    batch = loaded(body, text.encode(), FIELDS | {"topic": {"column": "Tema (2)"}})
    assert batch.state == "done", batch.reason
    case = Case.objects.select_related("text", "topic").get(institution=body)
    assert (case.text.body, case.topic.name) == ("dos\nlíneas", "B")


def test_a_workbook_with_dates_numbers_and_formulas(body):
    book = Workbook()
    book.active.append(["Número", "Fecha", "Tema", "Texto", "Estado"])
    book.active.append([7, date(2023, 10, 2), "Aceras", "Hay un hoyo", "cerrada"])
    book.active.append([8, 45201, "Aceras", "=1+1", "cerrada"])  # never computed: no value was saved
    target = io.BytesIO()
    book.save(target)
    batch = loaded(body, target.getvalue(), skip=True)
    assert (batch.rows_loaded, batch.rows_rejected) == (1, 1), batch.reason
    case = Case.objects.get(institution=body)
    assert (case.original_number, body.local_date(case.filed_at)) == ("7", date(2023, 10, 2))


def test_people_go_to_the_vault_and_a_wrong_document_is_told(body):
    header = "Número;Fecha;Tema;Texto;Estado;Nombre;DNI;Correo\n"
    good = "1;02/10/2023;A;Hola;cerrada;Ana Ruiz;12345678Z;ana@ejemplo.es\n"
    batch = checked(body, (header + good + "2;02/10/2023;A;Hola;cerrada;Eva;12345678A;\n").encode(), PERSON)
    assert list(reasons(batch)) == [3]
    loaded(body, (header + good).encode(), PERSON)
    assert Case.objects.get(institution=body).person_id is not None
    assert not CaseText.objects.filter(search__isnull=False, body__contains="Ana").exists()


def test_the_counter_of_folios_is_locked_only_at_the_end(body):
    with CaptureQueriesContext(connection) as captured:
        loaded(body, (HEADER + ROWS).encode())
    writes = [
        q["sql"]
        for q in captured.captured_queries
        if q["sql"].lstrip().startswith(("INSERT", "UPDATE", "COPY", "DELETE"))
    ]
    place = next(i for i, sql in enumerate(writes) if "cases_foliocounter" in sql)
    assert [sql.lstrip().split("(")[0].strip() for sql in writes[place + 1 :]] == ["INSERT INTO cases_case"]


def test_a_case_filed_before_and_after_keeps_the_folios_without_gaps(body):
    kind = body.case_kinds.get(code="queja")

    def file() -> Case:
        return file_case(
            institution=body,
            filing=Filing(kind_id=kind.pk, channel=Channel.WEB, body="Hola"),
            actor=None,
            now=NOW,
        )

    file()
    loaded(body, (HEADER + ROWS).encode())
    body.refresh_from_db()
    assert file().number == 4
    assert verify_institution(body.pk).problems == []


def test_the_command_says_what_it_did_and_writes_the_rejected_rows(body, tmp_path: Path, capsys):
    file = tmp_path / "registro.csv"
    file.write_text(
        HEADER.replace("Estado", "Estado actual") + ROWS + "3;nunca;=CMD();Texto;cerrada\n", encoding="utf-8"
    )
    with pytest.raises(CommandError, match="Tipo de solicitud"):
        call_command("import_cases", str(file), institution="villa")
    save_kind(institution=body, actor=None, now=NOW, kind=body.case_kinds.get(code="aviso"), is_active=False)
    with pytest.raises(CommandError, match="1 filas tienen problemas"):
        call_command("import_cases", str(file), institution="villa", date_order="dmy")
    rejected = (tmp_path / "registro.csv.rechazadas.csv").read_text(encoding="utf-8-sig")
    assert "4;«nunca» no es una fecha" in rejected
    assert "'=CMD()" in rejected
    assert not Case.objects.filter(institution=body).exists()
    call_command("import_cases", str(file), institution="villa", skip_rejected=True, date_order="dmy")
    assert "Cargadas: 2. Ya estaban: 0. Rechazadas: 1." in capsys.readouterr().out
    with pytest.raises(CommandError, match="No hay una institución"):
        call_command("import_cases", str(file), institution="nadie")
