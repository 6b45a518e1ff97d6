# SPDX-License-Identifier: EUPL-1.2
"""What machines tell those who operate them: names of requests, slow statements, figures; nobody's data."""

import json
import logging
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client

from siac.infra.jobs import job
from siac.infra.logs import Json, Line
from siac.infra.watching import instruments
from siac.infra.watching.gauges import Gauge, gauges, register_gauge
from siac.infra.watching.request_ids import current_id, id_of, named
from siac.infra.watching.statements import LONGEST_TEXT, tell_statement, told_statement
from siac.ui.views import error_page

TOKEN = "palabra-de-prueba-larga"


@pytest.fixture(scope="module")
def one_home(tmp_path_factory) -> Path:
    """A process counts in one place as long as it lives, whatever the tests in it."""
    return tmp_path_factory.mktemp("watched")


@pytest.fixture
def watched(monkeypatch, one_home: Path) -> Iterator[None]:
    """An installation that counts."""
    monkeypatch.setenv("SIAC_HOME", str(one_home))
    monkeypatch.setenv("SIAC_METRICS_TOKEN", TOKEN)
    monkeypatch.setenv(instruments.FILES, str(one_home / "metrics" / "web"))
    (one_home / "metrics" / "web").mkdir(parents=True, exist_ok=True)
    instruments.forget()
    yield
    instruments.forget()


Figures = Counter[tuple[str, ...]]


def figures() -> Figures:
    """The figures by name and labels (by their names), as a reader of Prometheus' text finds them."""
    from prometheus_client.parser import text_string_to_metric_families  # not before it is said where

    answer = Client().get("/metrics", headers={"authorization": f"Bearer {TOKEN}"})
    assert answer.status_code == 200
    return Counter(
        {
            (sample.name, *(sample.labels[label] for label in sorted(sample.labels))): sample.value
            for family in text_string_to_metric_families(answer.content.decode())
            for sample in family.samples
        }
    )


def more(before: Figures) -> Figures:
    """What was counted since `before`."""
    now = figures()
    now.subtract(before)
    return now


@pytest.mark.parametrize("shown", ["", "Bearer ", "Bearer otra-palabra-larga", f"Basic {TOKEN}"])
def test_without_the_token_there_is_no_such_page(watched, house, shown):
    assert Client().get("/metrics", headers={"authorization": shown}).status_code == 404


def test_by_default_there_is_no_page_and_nothing_is_counted(house, settings, monkeypatch, tmp_path):
    monkeypatch.setenv("SIAC_HOME", str(tmp_path))
    instruments.forget()
    Client().get("/puerto/")
    assert Client().get("/metrics", headers={"authorization": "Bearer "}).status_code == 404
    assert not (tmp_path / "metrics").exists()


def test_a_token_that_could_be_guessed_is_refused(monkeypatch):
    monkeypatch.setenv("SIAC_METRICS_TOKEN", "corta")
    with pytest.raises(instruments.Misconfigured):
        instruments.token()


def test_requests_statements_parts_and_jobs_are_told_and_nobodys_data(watched, house):
    before = figures()
    Client().get("/puerto/seguimiento/?codigo=ABCD-EFGH")
    Client().get("/nada/de/esto")
    Client().generic("BREW", "/puerto/")
    counted, found = more(before), figures()
    assert counted["siac_requests_total", "GET", "portal:cases:track", "200"] == 1
    assert counted["siac_request_seconds_count", "portal:cases:track"] == 1
    assert counted["siac_requests_total", "GET", "", "404"] == 1
    assert counted["siac_requests_total", "other", "portal:home", "405"] == 1
    assert counted["siac_statement_seconds_count", "web"] > 0
    assert found["siac_part_well", "database"] == 1
    assert found["siac_part_well", "worker"] == 0
    assert found["siac_disk_free_bytes",] > 0
    assert found["siac_notices", "pending"] == 0
    told = "\n".join(" ".join(key) for key in found)
    assert "puerto" not in told and "ABCD" not in told


def test_a_job_is_counted_by_name_and_outcome(watched, house):
    @job("siac.tests.watched")
    def work(fails: bool) -> None:
        assert current_id() == "job:siac.tests.watched"
        if fails:
            raise ValueError("nobody reads this")

    before = figures()
    work.func(fails=False)
    with pytest.raises(ValueError, match="nobody"):
        work.func(fails=True)
    found = more(before)
    assert found["siac_job_seconds_count", "siac.tests.watched", "done"] == 1
    assert found["siac_job_seconds_count", "siac.tests.watched", "ValueError"] == 1
    assert "nobody" not in str(found)


COUNT = """
import sys
from siac.infra.watching import instruments
instruments.count_as(sys.argv[1])
instruments.counted_request("portal:home", "GET", 200, 0.2)
instruments.counted_statement(2.0, is_slow=True)
"""


def test_what_all_processes_of_the_machine_counted_is_added_up(watched, house):
    before = figures()
    for program in ("web", "worker"):
        subprocess.run([sys.executable, "-c", COUNT, program], check=True, env=dict(os.environ))
    instruments.counted_request("portal:home", "GET", 200, 0.1)
    found = more(before)
    assert found["siac_requests_total", "GET", "portal:home", "200"] == 3
    assert found["siac_slow_statements_total", "web"] == 1
    assert found["siac_slow_statements_total", "worker"] == 1


def test_starting_again_forgets_the_dead_and_not_those_who_live(watched, house):
    instruments.counted_request("portal:home", "GET", 200, 0.1)
    instruments.count_as("web")
    before = figures()
    subprocess.run([sys.executable, "-c", COUNT, "web"], check=True, env=dict(os.environ))
    assert more(before)["siac_requests_total", "GET", "portal:home", "200"] == 1
    instruments.count_as("web")
    assert more(before)["siac_requests_total", "GET", "portal:home", "200"] == 0
    assert figures()["siac_requests_total", "GET", "portal:home", "200"] >= 1


def test_while_the_database_is_away_the_rest_is_told(watched, house, monkeypatch):
    monkeypatch.setattr("siac.infra.watching.pages.examined", lambda now: ("refuses", {"disk": None}))
    found = figures()
    assert found["siac_part_well", "database"] == 0
    assert found["siac_part_well", "disk"] == 1
    assert found["siac_disk_free_bytes",] > 0
    assert not any(key[0] == "siac_notices" for key in found)


def test_a_gauge_has_one_name(house):
    first = gauges()[0]
    with pytest.raises(ValueError, match="twice"):
        register_gauge(Gauge(first.name, "", "", first.read))


def test_slow_statements_are_logged_without_their_values(house, caplog, monkeypatch):
    monkeypatch.setenv("SIAC_SLOW_STATEMENT_MS", "50")
    with caplog.at_level(logging.WARNING, "siac.statements"), connection.cursor() as cursor:
        cursor.execute("SELECT %s, pg_sleep(0.08)", ["María Ñancupil"])
        cursor.execute("SELECT 1")
    (record,) = caplog.records
    assert "SELECT %s, pg_sleep" in record.getMessage()
    told = json.loads(Json().format(record))
    assert told["ms"] >= 80 and "Ñancupil" not in str(told)


def test_none_is_slow_where_the_limit_is_zero(caplog, monkeypatch):
    monkeypatch.setenv("SIAC_SLOW_STATEMENT_MS", "0")
    tell_statement("SELECT 1", 3600)
    assert not caplog.records


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("SELECT a\n  FROM b", "SELECT a FROM b"),
        ("SELECT 'Ana''s', %s", "SELECT '…', %s"),
        ("x" * (LONGEST_TEXT + 1), "x" * LONGEST_TEXT + "…"),
    ],
)
def test_a_statement_is_one_line_without_what_is_quoted(sql, told):
    assert told_statement(sql) == told


HOSTILE = ["", "corto", "con espacio dentro", "x" * 65, "línea\nnueva-larga", "<script>alert(1)"]


@pytest.mark.parametrize("asked", HOSTILE)
def test_a_name_that_is_none_gets_another(asked, monkeypatch):
    monkeypatch.setenv("SIAC_PROXIES", "1")
    assert id_of(asked) != asked and len(id_of(asked)) == 16


def test_only_a_trusted_proxy_names_requests(monkeypatch):
    name = "0a1b2c3d4e5f6071"
    assert id_of(name) != name
    monkeypatch.setenv("SIAC_PROXIES", "1")
    assert id_of(name) == name


def test_every_line_carries_the_name_of_its_request():
    record = logging.LogRecord("siac.x", logging.WARNING, __file__, 1, "something", (), None)
    assert " WARNING - siac.x something" in Line().format(record)
    with named("0a1b2c3d4e5f6071"):
        assert " WARNING 0a1b2c3d4e5f6071 siac.x something" in Line().format(record)
        assert json.loads(Json().format(record))["request"] == "0a1b2c3d4e5f6071"
    assert current_id() == ""


def test_the_answer_tells_the_name_and_the_page_of_a_fault_shows_it(house):
    assert len(Client().get("/puerto/").headers["X-Request-ID"]) == 16
    with named("0a1b2c3d4e5f6071"):
        assert "0a1b2c3d4e5f6071" in error_page(500).content.decode()
        assert "0a1b2c3d4e5f6071" not in error_page(404).content.decode()
