# SPDX-License-Identifier: EUPL-1.2
"""Acknowledged means on disk: web, worker and database are killed while citizens
file, and nothing they were told is lost.
"""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest

from siac.infra import embedded
from tests.faults.citizen import Citizen
from tests.prepared import begin
from tests.processes import SIAC, keys, wait_for

pytestmark = [pytest.mark.slow]
ROOT = Path(__file__).parents[2]
PREPARE = """
from siac.config.cli import main
import sys; sys.argv = ["siac", "setup_installation"]; main()
"""
HOUSE = "import django; django.setup(); from tests.factories import make_house; make_house()"
FILINGS = 18


class Installation:
    """An installation of its own in a folder: embedded database, web and worker as processes."""

    def __init__(self, home: Path) -> None:
        self.home, self.folder = home, home / "postgres"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        begin(self.folder)
        self.database = embedded.join_or_start(self.folder)
        path = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        self.env = os.environ | keys() | {
            "SIAC_HOME": str(home), "DATABASE_URL": self.database, "PORT": str(self.port), "PYTHONPATH": path,
            "SIAC_TEST": "1", "DJANGO_SETTINGS_MODULE": "siac.config.settings",
        }  # fmt: skip
        for script in (PREPARE, HOUSE):
            subprocess.run(
                [sys.executable, "-c", script], env=self.env, check=True, stdout=subprocess.DEVNULL
            )
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        for name in ("serve", "worker"):
            self.start(name)
        wait_for(self.answers)

    def start(self, name: str) -> None:
        """Start `siac serve` or `siac worker`."""
        self.running[name] = subprocess.Popen(
            [*SIAC, name], env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    def kill(self, name: str) -> None:
        """End a process and its children as a power cut would, and start it again."""
        process = self.running[name]
        for child in [*psutil.Process(process.pid).children(recursive=True), process]:
            child.kill()
        process.wait()
        self.start(name)

    @contextmanager
    def frozen(self, name: str) -> Iterator[None]:
        """Hold a process and its children in the middle of what they do, and let them go on after."""
        process = self.running[name]
        family = [process, *psutil.Process(process.pid).children(recursive=True)]
        for each in family:
            each.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            for each in family:
                each.send_signal(signal.SIGCONT)

    def kill_database(self) -> None:
        """End every process of the database as a power cut would, and start it again."""
        pid = int((self.folder / "data" / "postmaster.pid").read_text().splitlines()[0])
        for child in [psutil.Process(pid), *psutil.Process(pid).children(recursive=True)]:
            try:
                child.send_signal(signal.SIGKILL)
            except psutil.NoSuchProcess:
                continue
        time.sleep(0.5)
        assert embedded.join_or_start(self.folder) == self.database

    def answers(self) -> bool:
        """Return whether the portal answers."""
        try:
            return Citizen(self).ask("/puerto/solicitud/")[0] == 200
        except OSError:
            return False

    def end(self) -> None:
        """Stop everything."""
        for process in self.running.values():
            for child in [*psutil.Process(process.pid).children(recursive=True), process]:
                child.kill()
            process.wait()
        embedded.erase(self.folder)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Installation]:
    installation = Installation(tmp_path)
    yield installation
    installation.end()


def filed(place: Installation) -> list[tuple[int, str]]:
    with psycopg.connect(place.database) as connection:
        return connection.execute(
            "SELECT number, subject FROM cases_case JOIN "
            "cases_casetext ON case_id = cases_case.id ORDER BY number"
        ).fetchall()


def test_killing_web_worker_and_database_loses_no_acknowledged_case(place):
    trouble = {3: lambda: place.kill("serve"), 8: place.kill_database, 13: lambda: place.kill("worker")}
    acknowledged: list[str] = []
    for number in range(FILINGS):
        citizen = Citizen(place)
        typed = citizen.write(f"Envío {number}")
        blow = threading.Timer(0.01, trouble.get(number, lambda: None))
        blow.start()
        check = citizen.insist("/puerto/solicitud/sugerencia/", typed)
        assert "/comprobante/" in citizen.insist(check, {})
        acknowledged.append(f"Envío {number}")
        blow.join()
    cases = filed(place)
    assert sorted(subject for _, subject in cases) == sorted(acknowledged)
    assert [number for number, _ in cases] == list(range(1, FILINGS + 1))


def test_a_stopped_database_keeps_the_text_and_takes_it_once(place):
    citizen = Citizen(place)
    typed = citizen.write("Plaza sin luz")
    embedded.stop(place.folder)
    try:
        status, _, page = citizen.ask("/puerto/solicitud/sugerencia/", typed)
    finally:
        assert embedded.join_or_start(place.folder) == place.database
    assert status == 503
    assert "Plaza sin luz: falta un banco." in page
    check = citizen.insist("/puerto/solicitud/sugerencia/", typed)
    for _ in range(2):
        assert "/comprobante/" in citizen.insist(check, {})
    assert filed(place) == [(1, "Plaza sin luz")]
