# SPDX-License-Identifier: EUPL-1.2
"""A register is coming in: its worker is killed and nothing is doubled or lost; citizens file meanwhile."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.faults.citizen import Citizen
from tests.faults.test_kill import Installation
from tests.processes import wait_for

pytestmark = [pytest.mark.slow]
ROWS = 4000
RECEIVE = """
import os, django; django.setup()
from django.core.files.base import ContentFile
from django.utils.timezone import now
from siac.cases.imports.layouts import parse_layout
from siac.cases.imports.batches import choose_layout, receive_file
from siac.organizations.public import Institution
house = Institution.objects.get(slug="puerto")
content = open(os.environ["REGISTER"], "rb").read()
upload = ContentFile(content)
batch = receive_file(institution=house, upload=upload, name="registro.csv", actor=None, now=now())
fields = {"original_number": {"column": "Número"}, "filed_at": {"column": "Fecha", "format": "dmy"},
          "kind": {"value": "reclamo"}, "topic": {"column": "Tema"}, "body": {"column": "Texto"},
          "state": {"column": "Estado"}}
choose_layout(batch=batch, layout=parse_layout({"fields": fields}), now=now())
"""
LOAD = """
import django; django.setup()
from django.utils.timezone import now
from siac.cases.imports.batches import start_load
from siac.cases.models import ImportBatch
start_load(batch=ImportBatch.objects.get(), skip_rejected=False, now=now())
"""
VERIFY = """
import django; django.setup()
from siac.journal.public import verify_institution
from siac.organizations.public import Institution
print(verify_institution(Institution.objects.get(slug="puerto").pk).problems)
"""
RETRY = """
import django; django.setup()
from procrastinate.contrib.django import app
app.configure_task("siac.retry_stalled_jobs", queueing_lock="now").defer(timestamp=0)
"""


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Installation]:
    installation = Installation(tmp_path)
    register = tmp_path / "registro.csv"
    lines = [
        (
            f"{n};0{1 + n % 9}/06/2026;Tema {n % 7};Aviso {n} de "
            f"la calle;{'abierta' if n % 4 == 0 else 'cerrada'}"
        )
        for n in range(ROWS)
    ]
    register.write_text("\n".join(["Número;Fecha;Tema;Texto;Estado", *lines]), encoding="utf-8")
    installation.env["REGISTER"] = str(register)
    run(installation, RECEIVE)
    wait_for(lambda: state(installation)[0] == "checked", seconds=120)
    yield installation
    installation.end()


def run(place: Installation, script: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script], env=place.env, check=True, stdout=subprocess.PIPE, cwd=os.getcwd()
    )
    return done.stdout.decode().strip()


FILINGS = 5


def ask(place: Installation, sql: str) -> tuple:
    with psycopg.connect(place.database) as connection:
        row = connection.execute(sql).fetchone()
    assert row is not None
    return row


def state(place: Installation) -> tuple[str, int]:
    return ask(place, "SELECT state, done FROM cases_importbatch")


def check_register(place: Installation, filed: int) -> None:
    """Every row is there once, with text, journal and clock; folios have no gap; the register verifies."""
    counted = ask(
        place,
        "SELECT count(*), count(DISTINCT original_number), count(t.case_id) FROM cases_case c"
        " LEFT JOIN cases_casetext t ON t.case_id = c.id WHERE c.batch_id IS NOT NULL",
    )
    assert counted == (ROWS, ROWS, ROWS)
    assert ask(place, "SELECT count(*) FROM cases_casetext") == (ROWS + filed,)
    numbers = ask(place, "SELECT count(*), count(DISTINCT number), min(number), max(number) FROM cases_case")
    assert numbers == (ROWS + filed, ROWS + filed, 1, ROWS + filed)
    clocks = (
        "SELECT count(*) FROM clocks_clock JOIN cases_case c ON c.id = subject_id WHERE batch_id IS NOT NULL"
    )
    assert ask(place, clocks) == (ROWS // 4,)
    assert ask(place, "SELECT count(*) FROM journal_journalentry WHERE kind = 'cases.imported'") == (ROWS,)
    assert run(place, VERIFY) == "[]"


def test_a_worker_killed_in_the_middle_of_a_load_leaves_it_to_the_next(place):
    run(place, LOAD)
    wait_for(lambda: state(place)[1] >= 1000)
    assert state(place)[0] == "running"
    place.kill("worker")
    assert ask(place, "SELECT count(*) FROM cases_case") == (0,)
    with psycopg.connect(
        place.database
    ) as connection:  # a worker counts as dead after 30 s without a sign of life
        connection.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
        connection.execute("UPDATE cases_importbatch SET leased_until = leased_until - interval '1 minute'")
    run(place, RETRY)
    wait_for(lambda: state(place)[0] == "done", seconds=180)
    check_register(place, filed=0)


def test_citizens_file_while_a_register_is_loaded(place):
    """Held in the middle of its one transaction, a load keeps no citizen waiting."""
    run(place, LOAD)
    wait_for(lambda: state(place)[1] > 0)
    with place.frozen("worker"):
        assert state(place)[0] == "running"
        for filed in range(FILINGS):
            citizen = Citizen(place)
            check = citizen.insist("/puerto/solicitud/sugerencia/", citizen.write(f"Envío {filed}"))
            assert "/comprobante/" in citizen.insist(check, {})
    wait_for(lambda: state(place)[0] == "done", seconds=180)
    check_register(place, FILINGS)
