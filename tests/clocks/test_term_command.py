# SPDX-License-Identifier: EUPL-1.2
"""`siac term`: the sixty vectors, the lines of the documentation, and what it says to bad input."""

import json
import re
from pathlib import Path

import pytest
from django.core.management import execute_from_command_line
from django.db import connection

from siac.clocks.models import CalendarLayer
from siac.clocks.queries.calendars import pinned_calendar
from tests.clocks.vectors import VECTORS

DOCS = Path(__file__).parents[2] / "docs" / "rules"
LINE = re.compile(r"`siac term ([^`]+)` \| (\d{4}-\d{2}-\d{2}) \|")
pytestmark = pytest.mark.postgres


@pytest.fixture
def term(capsys):
    def run(line):
        execute_from_command_line(["siac", "term", *line.split()])
        return json.loads(capsys.readouterr().out)

    yield run
    pinned_calendar.cache_clear()


def test_the_vectors_come_out_of_the_command(calendars, term):
    wrong = {name: found for name, line, due in VECTORS if (found := term(line)["due_on"]) != due}
    assert wrong == {}


def test_the_documentation_tells_the_truth(calendars, term):
    lines = [found for page in sorted(DOCS.glob("*.md")) for found in LINE.findall(page.read_text("utf-8"))]
    assert {line for _, line, _ in VECTORS} <= {line for line, _ in lines}
    assert len(lines) > len(VECTORS) + 25
    wrong = {line: found for line, due in lines if (found := term(line)["due_on"]) != due}
    assert wrong == {}


def test_every_example_in_the_pages_is_checked():
    for page in DOCS.glob("*.md"):
        text = page.read_text("utf-8")
        assert text.count("`siac term -") == len(LINE.findall(text)), page.name


def test_what_it_prints(calendars, term):
    found = term("--rule CL.SAIP --from 2024-09-02 --place CL")
    assert (found["due_on"], found["day0"], found["rule"], found["rule_version"]) == (
        "2024-10-03",
        "2024-09-02",
        "CL.SAIP",
        1,
    )
    assert (found["due_weekday"], found["basis"], found["calendar_versions"]) == (
        "jueves",
        "verified",
        "CL:1",
    )
    days = {day["date"]: day for day in found["days"]}
    assert (min(days), max(days), len(days)) == ("2024-09-03", "2024-10-03", 31)
    assert days["2024-09-18"]["counted"] is False
    assert "Independencia" in days["2024-09-18"]["text"]
    assert days["2024-09-21"]["reason"] == "saturday"
    assert days["2024-10-03"]["number"] == sum(day["counted"] for day in found["days"]) == 20
    assert found["warnings"] == []


def test_without_calendars_in_the_database_it_uses_the_shipped_ones(db, term):
    with connection.cursor() as cursor:  # the test's rollback brings them back, and the trigger
        cursor.execute("ALTER TABLE clocks_layerday DISABLE TRIGGER USER")
        cursor.execute("TRUNCATE clocks_calendarlayer CASCADE")
        cursor.execute("ALTER TABLE clocks_layerday ENABLE TRIGGER USER")
    assert not CalendarLayer.objects.exists()
    found = term("--rule CL.SAIP --from 2024-09-02 --place CL-AP")
    assert found["due_on"] == "2024-10-03"
    assert "calendario de fábrica" in found["warnings"][0]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("--rule CL.NADA --from 2024-09-02 --place CL", "No existe la regla «CL.NADA»"),
        ("--rule CL.SAIP --from 2024-02-30 --place CL", "no es una fecha"),
        ("--rule CL.SAIP --from 02-09-2024 --place CL", "no es una fecha"),
        ("--rule CL.SAIP --from 20240902 --place CL", "no es una fecha"),
        ("--rule CL.SAIP --from 2024-09-02 --place XX", "No se reconoce el lugar"),
        ("--rule CL.SAIP --from 2024-09-02 --place PE", "no se aplica en PE"),
        ("--rule CL.SAIP --from 2024-09-02 --place CL,PE", "mezcla países"),
        ("--rule CL.SAIP --from 2024-09-02 --place ES-NC+31201", "No hay calendario"),
        ("--rule CL.SAIP --from 2009-12-31 --place CL", "solo cubre del 2010-01-01 al 2030-12-31"),
        ("--days 2000bd --from 2024-09-02 --place CL", "solo cubre"),
        ("--days 2000cd --from 2029-09-02 --place CL", "solo cubre"),
        ("--rule CL.ARCO --from 2026-11-30 --place CL", "rige desde el 01-12-2026"),
        ("--rule CL.SIL- --from 2026-11-30 --place CL", "no fija un número de días"),
        ("--days 0bd --from 2024-09-02 --place CL", "No se entiende el plazo"),
        ("--days 10 --from 2024-09-02 --place CL", "No se entiende el plazo"),
        ("--days 99999999bd --from 2024-09-02 --place CL", "No se entiende el plazo"),
        ("--days 10bd --from 2024-09-02 --place CL --channel humo", "No se reconoce el canal"),
        ("--days 10bd --from 2024-09-02 --place CL --at 25:00", "no es una hora"),
        ("--days 10bd --from 2024-09-02 --place CL --extended", "--extended necesita --rule"),
        ("--rule CL.MUNI --from 2024-09-02 --place CL --extended", "no permite ampliar"),
        ("--rule CL.MUNI --from 2024-09-02 --place CL --asked 2024-09-03 --answered 2024-09-04", "no suspende"),
        ("--days 10bd --from 2024-09-02 --place CL --asked 2024-09-03", "van juntos"),
        ("--days 10bd --from 2024-09-02 --place CL --asked 2024-09-05 --answered 2024-09-04", "no puede ser anterior"),
        ("--days 10bd --from 2024-09-02 --place CL --asked 2024-09-01 --answered 2024-09-04", "no puede ser anterior"),
        ("--days 10bd --from 2024-09-02 --place CL --asked 2024-10-01 --answered 2024-10-04", "ya había vencido"),
        ("--rule CL.SAIP --days 10bd --from 2024-09-02 --place CL", "no ambos"),
        ("--from 2024-09-02 --place CL", "Falta --rule o --days"),
        ("--rule CL.SAIP --place CL", "Falta --from"),
        ("--rule CL.SAIP --from 2024-09-02 --place CL --humo", "No se entiende la orden"),
    ],
)  # fmt: skip
def test_bad_input_is_one_clear_line_and_exit_2(db, capsys, line, words):
    with pytest.raises(SystemExit) as caught:
        execute_from_command_line(["siac", "term", *line.split()])
    said = capsys.readouterr()
    assert caught.value.code == 2
    assert said.out == ""
    assert words in said.err
    assert said.err.count("\n") == 1


def test_the_rules_are_reviewed(capsys):
    execute_from_command_line(["siac", "rules", "check"])
    out = capsys.readouterr().out
    assert "CL.OIRS v1 · 20bd · interpretación" in out
    assert "ES.RGPD v1 · 1m · sin verificar" in out
    assert "CL.SAIP v1" not in out
    assert "0 problemas de vigencia" in out
