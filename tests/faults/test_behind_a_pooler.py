# SPDX-License-Identifier: EUPL-1.2
"""The web behind a real PgBouncer that gives each transaction another connection, and that is started anew
while citizens file.
"""

import os
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from socketserver import ThreadingMixIn
from types import SimpleNamespace
from wsgiref.simple_server import make_server

import psycopg
import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import override_settings
from procrastinate.contrib.django.models import ProcrastinateJob

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.config.settings import database
from siac.infra.limits import RequestLimit
from tests.factories import House, make_house
from tests.faults.citizen import Citizen
from tests.faults.pooler import PROGRAM, Pooler
from tests.faults.test_broken_network import FORM, _Server, _Silent
from tests.processes import database_url, start, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.skipif(PROGRAM is None, reason="pgbouncer is not installed")]


class _Threads(ThreadingMixIn, _Server):
    daemon_threads = True


@pytest.fixture
def pooled(real_commits: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """The product behind a pooler: `port` of the web, `pooler`, `house`, the address `direct`."""
    known, direct, house = connection.settings_dict, database_url(), make_house()
    kept = dict(known)
    folder = Path(tempfile.mkdtemp(prefix="siac-pooler-"))  # reached by whom the server runs as
    pooler = Pooler(folder)
    url = f"postgresql://{known['USER']}@127.0.0.1:{pooler.port}/{known['NAME']}"
    monkeypatch.setenv("DATABASE_URL", url)
    monkeypatch.setattr(database, "POOLED", True)
    monkeypatch.setattr(database, "PREPARED", False)
    connection.close()
    test = known["TEST"]
    known.update(database.for_web(), TEST=test)
    server = make_server("127.0.0.1", 0, RequestLimit(WSGIHandler(), 20), _Threads, _Silent)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        with override_settings(ALLOWED_HOSTS=["*"]):
            yield SimpleNamespace(port=server.server_port, pooler=pooler, house=house, direct=direct, url=url)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
        connection.close()
        known.clear()
        known.update(kept)
        pooler.kill()
        shutil.rmtree(folder)


def shared(pooled: SimpleNamespace) -> int:
    """Return how many connections to the server the pooler has."""
    with psycopg.connect(pooled.url.rsplit("/", 1)[0] + "/pgbouncer", autocommit=True) as asked:
        asked.prepare_threshold = None
        cursor = psycopg.ClientCursor(asked)
        return sum(connection.settings_dict["NAME"] in row for row in cursor.execute("SHOW SERVERS"))


def test_filing_list_and_jobs_go_by_the_pooler_also_when_it_is_started_anew(pooled):
    house: House = pooled.house
    worker = start("worker", DATABASE_URL=pooled.url, DATABASE_DIRECT_URL=pooled.direct)
    acknowledged: list[str] = []

    def come(number: int) -> None:
        for turn in range(4):
            citizen = Citizen(pooled)
            text = f"Envío {number}-{turn}"
            check = citizen.insist(FORM, citizen.write(text))
            assert "/comprobante/" in citizen.insist(check, {})
            acknowledged.append(text)

    try:
        people = [threading.Thread(target=come, args=[number]) for number in range(4)]
        for each in people:
            each.start()
        wait_for(lambda: len(acknowledged) >= 4)
        assert 1 <= shared(pooled) <= 2
        pooler = pooled.pooler
        pooler.kill()
        time.sleep(0.3)
        pooler.start()
        for each in people:
            each.join()
        assert len(acknowledged) == 16
        connection.close()
        assert list(Case.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 17))
        page = house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/solicitudes/")
        assert page.status_code == 200 and "Envío" in page.content.decode()
        done = ProcrastinateJob.objects.filter(status="succeeded")
        wait_for(lambda: done.exists() and not ProcrastinateJob.objects.filter(status="doing").exists())
        assert worker.poll() is None
    finally:
        worker.kill()
        worker.wait()


def test_the_web_keeps_nothing_on_a_connection_that_others_get(pooled):
    settings = connection.settings_dict
    assert settings["DISABLE_SERVER_SIDE_CURSORS"] and settings["OPTIONS"]["prepare_threshold"] is None
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone() == (0,)
    names = [unit.name for unit in pooled.house.institution.units.iterator(chunk_size=1)]
    assert len(names) > 1
    assert os.environ["DATABASE_URL"] == pooled.url
