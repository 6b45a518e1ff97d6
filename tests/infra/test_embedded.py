# SPDX-License-Identifier: EUPL-1.2
"""The embedded server: started once, joined, killed, started again, gone after stop."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
import pytest

from siac.infra import embedded, postgres_files

pytestmark = pytest.mark.slow

JOIN = """
import sys; from pathlib import Path; from siac.infra.embedded import join_or_start
print(join_or_start(Path(sys.argv[1])))
"""
LEASE = """
import sys; from pathlib import Path; from siac.infra.embedded import leased
with leased(Path(sys.argv[1])) as url:
    print(url, flush=True); sys.stdin.read()
"""


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """A data folder whose path is longer than any socket may be."""
    target = tmp_path / ("carpeta con espacio " + "x" * 100) / "postgres"
    yield target
    embedded.erase(target)


def write(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def read(url: str, query: str) -> list[tuple]:
    with psycopg.connect(url) as connection:
        return connection.execute(query).fetchall()


def servers(folder: Path) -> list[int]:
    data = str(folder.resolve() / "data")
    return [p.pid for p in psutil.process_iter(["cmdline"]) if data in (p.info["cmdline"] or [])]


def test_the_role_of_the_product_is_no_superuser_and_owns_its_database(folder):
    url = embedded.join_or_start(folder, fast=True)
    assert read(url, "SELECT rolsuper, rolcreatedb FROM pg_roles WHERE rolname = current_user") == [
        (False, True)
    ]
    assert read(url, "SHOW fsync") == [("off",)]
    assert read(url, "SELECT lower('ÑANDÚ')") == [("ñandú",)]


def test_a_second_process_joins_the_running_server(folder):
    url = embedded.join_or_start(folder, fast=True)
    before = servers(folder)
    other = subprocess.run([sys.executable, "-c", JOIN, folder], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == url
    assert servers(folder) == before
    assert len(before) == 1


def test_data_survive_a_killed_server_and_stop_leaves_nothing(folder):
    url = embedded.join_or_start(folder)
    assert read(url, "SHOW fsync") == [("on",)]
    write(url, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)")
    os.kill(servers(folder)[0], signal.SIGKILL)
    assert embedded.join_or_start(folder) == url
    assert read(url, "SELECT n FROM kept") == [(7,)]
    embedded.stop(folder)
    assert servers(folder) == []
    assert embedded.status(folder) is None


def test_a_process_number_reused_after_a_reboot_is_not_taken_for_the_server(folder):
    embedded.join_or_start(folder, fast=True)
    pid_file = folder.resolve() / "data" / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    embedded.stop(folder)
    pid_file.write_text("\n".join([str(os.getpid()), *lines[1:]]))
    assert embedded.status(folder) is None
    assert read(embedded.join_or_start(folder, fast=True), "SELECT 1") == [(1,)]


def test_whoever_leaves_last_stops_the_server_and_a_killed_one_does_not_count(folder):
    def lease() -> subprocess.Popen[str]:
        child = subprocess.Popen(
            [sys.executable, "-c", LEASE, folder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert child.stdout.readline().startswith("postgresql://")
        return child

    first, second = lease(), lease()
    first.communicate("")
    assert len(servers(folder)) == 1
    third = lease()
    second.kill()
    second.communicate()
    third.communicate("")
    deadline = time.monotonic() + 10
    while servers(folder) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert servers(folder) == []


def test_a_folder_that_cannot_be_made_is_one_line(tmp_path):
    blocked = tmp_path / "archivo"
    blocked.write_text("")
    with pytest.raises(embedded.EmbeddedError) as refused:
        embedded.join_or_start(blocked / "postgres")
    assert "\n" not in str(refused.value)
    assert str(blocked) in str(refused.value)


@pytest.mark.skipif(
    sys.platform != "linux" or os.geteuid() != 0,
    reason="needs root to mount a small disk",
)
def test_a_full_disk_is_one_line_and_leaves_no_half_cluster():
    disk = Path(tempfile.mkdtemp(prefix="siac-disk-"))
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m", "none", disk], capture_output=True
    ).returncode:
        disk.rmdir()
        pytest.skip("this machine does not let us mount a small disk")
    try:
        with pytest.raises(embedded.EmbeddedError) as refused:
            embedded.join_or_start(disk / "postgres")
        assert "No space left" in str(refused.value)
        assert "\n" not in str(refused.value)
        assert not (disk / "postgres" / "data").exists()
    finally:
        subprocess.run(["umount", "-l", disk], check=False)
        disk.rmdir()


@pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root lends PostgreSQL another user")
def test_root_runs_it_as_a_plain_user_from_a_readable_copy():
    who = postgres_files.account()
    assert who is not None
    assert who.uid != 0
    copy = postgres_files._copied(Path(postgres_files.util.find_spec(postgres_files.PACKAGE).origin).parent)
    code, said = postgres_files.run([copy / "pginstall18" / "bin" / "postgres", "--version"], who)
    assert code == 0
    assert said.startswith("postgres (PostgreSQL) 18")
