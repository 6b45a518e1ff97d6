# SPDX-License-Identifier: EUPL-1.2
"""`siac` as people run it: own words first, one-line errors, an embedded server only while needed."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil
import psycopg
import pytest
from django.contrib.staticfiles import finders
from django.core.management import CommandError, call_command
from django.db import IntegrityError, OperationalError, ProgrammingError

from siac.config.cli import TRY_AGAIN, main, passes_by_itself, run
from siac.config.commands import ENTRIES, resolve
from siac.infra import embedded
from siac.infra.environment import Misconfigured
from siac.infra.supervisor import ensure_free
from tests.prepared import begin

SIAC = [sys.executable, "-c", "from siac.config.cli import main; main()"]
NOT_OURS = ("DATABASE_URL", "SIAC_TEST", "SECRET_KEY", "SIAC_VAULT_KEY", "SIAC_JOURNAL_KEY")


def environment(home: Path, **more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in NOT_OURS}
    small = {"SIAC_DEMO_CASES": "5", "SIAC_DEMO_BODIES": "ministry"}
    return kept | {"SIAC_HOME": str(home), "PYTHONWARNINGS": "default", **small} | more


def siac(home: Path, *words: str, **more: str) -> subprocess.CompletedProcess[str]:
    env = environment(home, **more)
    return subprocess.run([*SIAC, *words], env=env, capture_output=True, text=True, timeout=300)


@pytest.fixture
def home(tmp_path):
    yield tmp_path / "var"
    embedded.erase(tmp_path / "var" / "postgres")


@pytest.mark.parametrize(
    ("typed", "command", "rest"),
    [
        (["import", "cases", "f.csv", "--dry-run"], "import_cases", ["f.csv", "--dry-run"]),
        (["token", "create"], "create_token", []),
        (["rules", "check"], "rules check", []),
        (["journal", "seal"], "seal_journal", []),
        (["term", "--days", "3bd"], "term", ["--days", "3bd"]),
    ],
)
def test_words_lead_to_the_management_command(typed, command, rest):
    entry, left = resolve(typed)
    assert entry is not None
    assert (entry.command, left) == (command, rest)


def test_other_words_are_left_to_django():
    assert resolve(["migrate", "--plan"]) == (None, ["migrate", "--plan"])


@pytest.mark.slow
def test_help_lists_our_commands_before_those_of_django_and_needs_no_database(tmp_path):
    shown = siac(tmp_path, "--help")
    assert shown.returncode == 0
    places = [shown.stdout.index(f"  {entry.words} ") for entry in ENTRIES]
    assert places == sorted(places)
    assert max(places) < shown.stdout.index("migrate")
    assert not (tmp_path / "postgres").exists()


@pytest.mark.slow
def test_a_command_on_a_fresh_machine_prepares_all_and_leaves_no_server(home):
    first = siac(home, "institutions")
    assert (first.returncode, first.stdout) == (0, "")
    assert embedded.status(home / "postgres") is None
    keys = (home / "keys.env").read_text()
    assert {line.split("=")[0] for line in keys.splitlines()} == {
        "SECRET_KEY",
        "SIAC_VAULT_KEY",
        "SIAC_JOURNAL_KEY",
    }
    assert (home / "keys.env").stat().st_mode & 0o077 == 0
    insert = (
        "from siac.organizations.models import Institution as I;"
        "I.objects.create(slug='muni', name='Municipalidad', short_name='M', jurisdiction='CL',"
        "time_zone='America/Santiago', place='CL')"
    )
    assert siac(home, "shell", "-c", insert).returncode == 0
    assert siac(home, "institutions").stdout == "muni\tMunicipalidad\n"
    assert (home / "keys.env").read_text() == keys


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "more"),
    [
        (["institutions"], {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none", "SECRET_KEY": "x"}),
        (["serve"], {"DATABASE_URL": "postgresql:///x", "SECRET_KEY": "x", "PORT": "ochenta"}),
        (["institutions"], {"DATABASE_URL_FILE": "/nowhere/url", "SECRET_KEY": "x"}),
        (["no_such_command"], {"DATABASE_URL": "postgresql:///x", "SECRET_KEY": "x"}),
        (["health"], {"DATABASE_URL": "postgresql:///x", "SIAC_MAIL_FROM": "atencion.example.org"}),
        (["health"], {"DATABASE_URL": "postgresql:///x", "SIAC_URL": "atencion.example.org"}),
    ],
)
def test_what_the_operator_can_mend_is_short(tmp_path, words, more):
    done = siac(tmp_path, *words, **more)
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) <= 2


@pytest.mark.django_db
def test_a_refused_command_says_so_as_the_product_does(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["siac", "institution", "create", "--slug", "gestion"])
    with pytest.raises(SystemExit) as left:
        main()
    assert left.value.code == 1
    assert capsys.readouterr().err.startswith("siac: --slug: ")


def test_the_version_is_that_of_the_product(tmp_path, capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out == f"siac {version('siac')}\n"


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root is turned away")
def test_root_is_turned_away_from_the_folder_of_the_user_of_the_services(home, monkeypatch):
    home.mkdir()
    os.chown(home, 4711, 4711)
    monkeypatch.setenv("SIAC_HOME", str(home))
    with pytest.raises(Misconfigured, match="es del usuario 4711"):
        run(["backup", str(home / "respaldos")])
    assert list(home.iterdir()) == []


@pytest.mark.slow
def test_this_machine_may_ask_by_its_own_name_whatever_citizens_type(home):
    asked = "from django.conf import settings; print(*settings.ALLOWED_HOSTS)"
    url = {"DATABASE_URL": "postgresql:///x", "ALLOWED_HOSTS": "atencion.example.org"}
    said = siac(home, "shell", "--no-imports", "-c", asked, **url)
    assert said.stdout.split() == ["atencion.example.org", "localhost", "127.0.0.1", "[::1]"]


@dataclass(frozen=True)
class Demonstration:
    """`siac demo` at work; `log` is what it says."""

    run: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def alive(process: psutil.Process) -> bool:
    """Return whether it still does something: what only waits to be buried does not."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_for(condition, seconds: float = 300, told=lambda: "waited in vain") -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, told()
        time.sleep(0.1)


@contextmanager
def demonstration(home: Path) -> Iterator[Demonstration]:
    """The demonstration at work, on a port of its own; killed at the end if it still is."""
    port, log = free_port(), home.parent / f"demo-{time.monotonic_ns()}.log"
    with log.open("w") as out:
        run = subprocess.Popen(
            [*SIAC, "demo"], env=environment(home, PORT=str(port)), stdout=out, stderr=subprocess.STDOUT
        )
    try:
        wait_for(lambda: "Ctrl-C" in log.read_text() or run.poll() is not None)
        yield Demonstration(run, port, log)
    finally:
        run.kill()
        run.wait()


def _ended(demo: Demonstration, home: Path) -> None:
    """Press Ctrl-C and hold that nothing is left."""
    tree = psutil.Process(demo.run.pid).children(recursive=True)
    demo.run.send_signal(signal.SIGINT)
    wait_for(lambda: demo.run.poll() is not None, 90, told=demo.log.read_text)
    assert demo.run.poll() == 0
    assert [child for child in tree if alive(child)] == []
    assert embedded.status(home / "postgres") is None


@pytest.mark.slow
def test_demo_starts_all_restarts_the_fallen_and_leaves_nobody_ended_or_killed(home):
    """One test: to load the demonstration takes longer than all that is asked of it."""
    begin(home / "postgres")
    with demonstration(home) as demo:
        wait_for(lambda: answers(f"{demo.url}/cuenta/login/"), 60, told=demo.log.read_text)
        wait_for(lambda: answers(f"{demo.url}/salud"), 60, told=demo.log.read_text)
        taken = siac(home, "demo", PORT=str(demo.port))
        assert taken.returncode == 1
        assert f"PORT={demo.port + 1}" in taken.stderr
        assert len(taken.stderr.splitlines()) == 1
        tree = psutil.Process(demo.run.pid).children(recursive=True)
        worker = next(child for child in tree if child.cmdline()[-1] == "worker")
        worker.kill()
        wait_for(lambda: "se arranca de nuevo" in demo.log.read_text())
        server = int((home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
        os.kill(server, signal.SIGKILL)
        wait_for(lambda: "La base de datos terminó" in demo.log.read_text())
        wait_for(lambda: answers(f"{demo.url}/salud"))
        _ended(demo, home)
    if sys.platform == "linux":  # the only one that tells children that their parent died
        with demonstration(home) as demo:
            wait_for(lambda: answers(f"{demo.url}/salud"), 60, told=demo.log.read_text)
            tree = psutil.Process(demo.run.pid).children(recursive=True)
            assert len(tree) > 2
            demo.run.kill()
            demo.run.wait()
            wait_for(lambda: not any(alive(child) for child in tree), 20)


@pytest.mark.parametrize(
    ("words", "code", "passes"),
    [
        ('connection to server at "10.0.0.11", port 5432 failed: Connection refused', None, True),
        ('connection to server at "10.0.0.11" failed: session is read-only', None, True),
        ("the connection is closed", None, True),
        ("terminating connection due to administrator command", "57P01", True),
        ('connection failed: FATAL:  password authentication failed for user "siac_app"', None, False),
        ('connection failed: FATAL:  no pg_hba.conf entry for host "10.0.0.21"', None, False),
        ('connection failed: FATAL:  database "siac" does not exist', None, False),
        ("canceling statement due to lock timeout", "55P03", False),
    ],
)
def test_what_passes_by_itself_has_an_exit_code_of_its_own(words, code, passes):
    cause = psycopg.OperationalError(words)
    cause.sqlstate = code  # type: ignore[misc]
    told = OperationalError(words)
    told.__cause__ = cause
    assert passes_by_itself(told) is passes_by_itself(cause) is passes
    assert not passes_by_itself(IntegrityError(words))


def test_where_no_database_answers_the_order_may_be_given_again(home):
    away = f"postgresql://siac@127.0.0.1:{free_port()}/siac"
    done = siac(home, "setup", "--check", DATABASE_URL=away)
    assert (done.returncode, len(done.stderr.splitlines())) == (TRY_AGAIN, 1)


def test_an_owner_that_is_not_named_is_said_where_the_tables_are_of_another_role(monkeypatch, capsys):
    def denied(arguments):
        raise ProgrammingError("permission denied for table x") from psycopg.errors.InsufficientPrivilege("x")

    monkeypatch.setattr("siac.config.cli.run", denied)
    for owner, said in (("", True), ("postgresql://siac_owner@/siac", False)):
        monkeypatch.setenv("DATABASE_OWNER_URL", owner)
        with pytest.raises(SystemExit) as left:
            main()
        assert left.value.code == 1
        told = capsys.readouterr().err
        assert "permission denied for table x" in told
        assert ("falta DATABASE_OWNER_URL" in told) is said


def test_an_address_of_another_machine_is_told_from_a_port_that_is_taken():
    with pytest.raises(Misconfigured, match="HOST debe ser una dirección de esta máquina"):
        ensure_free("198.51.100.77", 8000)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Misconfigured, match=f"PORT={port + 1}"):
            ensure_free("127.0.0.1", port)


def test_a_program_without_its_styles_is_refused_before_anything_changes(monkeypatch, settings):
    settings.PLAIN_STATIC = False
    monkeypatch.setattr(finders, "find", lambda path: None)
    with pytest.raises(CommandError, match="make wheel"):
        call_command("setup_installation")
