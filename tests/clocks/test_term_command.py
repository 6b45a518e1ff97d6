# SPDX-License-Identifier: EUPL-1.2
"""`siac term`: the vectors, the lines of the documentation, and what it says to bad input."""

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


@pytest.fixture
def term(capsys):
    def run(line):
        execute_from_command_line(["siac", "term", "--skip-checks", *line.split()])
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


def test_the_rule_of_the_digital_domicile_is_chosen_by_the_start_of_the_procedure(calendars, term, capsys):
    line = "--rule CL.NOTIF.DDU --from 2026-09-15 --place CL"
    found = term(f"{line} --begun 2026-07-01")
    assert (found["due_on"], found["warnings"]) == ("2026-09-21", [])
    assumed = term(line)
    assert assumed["due_on"] == "2026-09-21"
    assert "01-07-2026" in assumed["warnings"][-1]
    with pytest.raises(SystemExit):
        term(f"{line} --begun 2026-06-30")
    assert "rige desde el 01-07-2026" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "due_on", "unrolled", "safe"),
    [
        # a court may not accept the roll: the unrolled day is the safe one
        ("--rule CL.SAIP.CPLT.COURT --from 2026-12-11 --place CL", "2026-12-28", "2026-12-26", "2026-12-26"),
        ("--rule PE.SAIP.APPEAL.LAW --from 2026-11-21 --place PE", "2026-12-07", "2026-12-06", "2026-12-06"),
        # whoever else is bound by calendar days sees it beside the last day
        ("--rule ES.INFORM.ACK --from 2026-11-22 --place ES", "2026-11-30", "2026-11-29", "2026-11-30"),
        ("--rule CL.SAIP --from 2024-09-02 --place CL", "2024-10-03", "2024-10-03", "2024-10-03"),
    ],
)
def test_a_term_in_calendar_days_shows_the_day_before_it_rolled(
    calendars, term, line, due_on, unrolled, safe
):
    found = term(line)
    assert (found["due_on"], found["unrolled_due_on"], found["safe_due_on"]) == (due_on, unrolled, safe)
    assert any("Lo seguro es" in sentence for sentence in found["explanation"]) is (safe != due_on)


@pytest.mark.parametrize(
    ("line", "warns"),
    [
        ("--rule ES.QYS --from 2026-12-01 --place ES-MD", True),
        ("--rule ES.QYS --from 2027-03-01 --place ES-MD+28079", True),
        ("--rule ES.QYS --from 2026-11-02 --place ES-MD", False),
        ("--rule ES.QYS --from 2027-03-01 --place ES", False),
        ("--rule CL.SAIP --from 2027-03-01 --place CL-AP", False),
    ],
)
def test_a_term_that_ends_where_no_gazette_has_published_the_days_warns(calendars, term, line, warns):
    found = term(line)["warnings"]
    assert bool(found) is warns
    assert not warns or "aún no están confirmados en su boletín oficial" in found[0]


@pytest.mark.parametrize(
    ("line", "citation"),
    [
        ("--rule PE.REC --from 2026-04-30 --place PE", "art. 218.2, TUO de la Ley 27444 (DS 004-2019-JUS)"),
        ("--rule PE.REC --from 2026-05-04 --place PE", "art. 207.2, TUO de la Ley 27444 (DS 006-2026-JUS)"),
        (
            "--rule PE.INT.NOTIFY --from 2026-05-04 --place PE",
            "art. 24.1, TUO de la Ley 27444 (DS 006-2026-JUS)",
        ),
    ],
)
def test_peru_cites_the_articles_of_the_text_in_force_that_day(calendars, term, line, citation):
    assert term(line)["law"] == citation


@pytest.mark.parametrize(
    ("line", "amount"),
    [
        ("--rule CL.SAIP.CPLT.DECIDE --from 2026-11-20 --place CL", "5bd"),
        ("--rule PE.REC.DECIDE --from 2026-11-20 --place PE", "15bd"),
        ("--rule PE.REC.DECIDE.REG --from 2026-11-20 --place PE", "30bd"),
        ("--rule PE.SIL+ --from 2026-11-20 --place PE", "35bd"),
    ],
)
def test_amounts_that_were_wrong_or_missing(calendars, term, line, amount):
    assert term(line)["amount"] == amount


@pytest.mark.parametrize(
    ("line", "words"),
    [
        (
            "--rule PE.LR --from 2022-12-30 --place PE",
            "solo cubre del 2023-01-01 al 2030-12-31: no están cargados los días",
        ),
        (
            "--rule CL.SAIP --from 2018-12-28 --place CL-AT",
            "solo cubre del 2019-01-01 al 2030-12-31: entre 2011 y 2018",
        ),
        ("--rule PE.SAIP --from 2024-05-16 --place PE", "rige desde el 17-05-2024"),
        ("--rule CL.SAIP --from 2026-11-20 --begun 2026-11-01 --place CL", "--begun solo sirve"),
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
        (
            "--rule CL.MUNI --from 2024-09-02 --place CL --asked 2024-09-03 --answered 2024-09-04",
            "no suspende",
        ),
        ("--days 10bd --from 2024-09-02 --place CL --asked 2024-09-03", "van juntos"),
        (
            "--days 10bd --from 2024-09-02 --place CL --asked 2024-09-05 --answered 2024-09-04",
            "no puede ser anterior",
        ),
        (
            "--days 10bd --from 2024-09-02 --place CL --asked 2024-09-01 --answered 2024-09-04",
            "no puede ser anterior",
        ),
        (
            "--days 10bd --from 2024-09-02 --place CL --asked 2024-10-01 --answered 2024-10-04",
            "ya había vencido",
        ),
        ("--rule CL.SAIP --days 10bd --from 2024-09-02 --place CL", "no ambos"),
        ("--from 2024-09-02 --place CL", "Falta --rule o --days"),
        ("--rule CL.SAIP --place CL", "Falta --from"),
        ("--rule CL.SAIP --from 2024-09-02 --place CL --humo", "No se entiende la orden"),
    ],
)
def test_bad_input_is_one_clear_line_and_exit_2(db, capsys, line, words):
    with pytest.raises(SystemExit) as caught:
        execute_from_command_line(["siac", "term", "--skip-checks", *line.split()])
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
    assert "Calendario ES-MD · sin verificar desde 2027" in out
    assert "Calendario PE · completo desde 01-01-2023 · no están cargados los días no laborables" in out
    assert "Causal CL.SAIP.21.1c · interpretación" in out
    assert "Causal CL.SAIP.21.2" not in out
    assert "CL.ARCO v1" not in out  # verified
    assert "retirada" not in out
