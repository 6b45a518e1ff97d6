# SPDX-License-Identifier: EUPL-1.2
"""The worked example of `docs/operate/restore-to-a-time.md` on one machine: a PostgreSQL 15 that archives
to a repository of pgBackRest, and the product on it, all in a temporary folder.

The files of `docs/operate/` are used as they are; only folders, the port and the password are put in.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

from tests.cluster.machines import PLACES, ROOT, SIAC, free_ports, program, until

EXAMPLE = ROOT / "docs" / "operate"
PROGRAMS = ("pgbackrest", "initdb", "pg_ctl")
PACKAGES = "pgbackrest postgresql-15"


def missing() -> list[str]:
    """Return the programs that this machine lacks."""
    return [name for name in PROGRAMS if shutil.which(name, path=PLACES) is None]


class Archived:
    """A server that archives, with a product on it; `end` takes it down and the folder away."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="siac-restore-"))
        self.folder.chmod(0o755)
        self.data, self.home = self.folder / "data", self.folder / "var"
        (self.port,) = free_ports(1)
        self.password = secrets.token_hex(12)
        self.took: dict[str, float] = {}

    def placed(self, name: str) -> str:
        """Return a file of the example with our folders, port and password."""
        text = (EXAMPLE / name).read_text(encoding="utf-8")
        for former, now in {
            "/var/lib/postgresql/15/main": str(self.data),
            "/var/run/postgresql": str(self.folder),
            "/srv/pgbackrest": str(self.folder / "repository"),
            "/var/log/pgbackrest": str(self.folder / "log"),
            "/tmp/pgbackrest": str(self.folder / "lock"),
            "pg1-port=5432": f"pg1-port={self.port}",
            "REPOSITORY-PASSWORD": self.password,
            "'pgbackrest ": f"'pgbackrest --config={self.folder / 'pgbackrest.conf'} ",
        }.items():
            text = text.replace(former, now)
        return text

    # --- the server ---------------------------------------------------------------------------

    def lent(self, *command: str) -> str:
        """Run a program as the user postgres, where we are root; return what it says."""
        who: dict[str, Any] = {}
        if os.geteuid() == 0:
            entry = pwd.getpwnam("postgres")
            who = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        env = {"PATH": f"{PLACES}:/bin", "HOME": str(self.folder), "LC_ALL": "C.UTF-8"}
        with (self.folder / "said").open("w+b") as said:  # not a pipe: the server would keep it open
            done = subprocess.run(command, env=env, cwd="/", stdout=said, stderr=said, check=False, **who)
            said.seek(0)
            words = said.read().decode()
        assert done.returncode == 0, (command, words[-3000:], self.log())
        return words

    def log(self) -> str:
        """Return the end of what the server wrote."""
        path = self.folder / "server.log"
        return path.read_text()[-3000:] if path.exists() else ""

    def backrest(self, *words: str) -> str:
        """Give a command to pgBackRest."""
        config = self.folder / "pgbackrest.conf"
        return self.lent(program("pgbackrest"), f"--config={config}", "--stanza=siac", *words)

    def start(self) -> None:
        """Start the server and wait until it can be written to."""
        log = str(self.folder / "server.log")
        self.lent(program("pg_ctl"), "-D", str(self.data), "-l", log, "-w", "-t", "120", "start")
        until(lambda: self.ask("SELECT NOT pg_is_in_recovery()") == [(True,)], 120, "the server leads")

    def stop(self) -> None:
        """Stop the server."""
        self.lent(program("pg_ctl"), "-D", str(self.data), "-m", "fast", "-w", "stop")

    def bring_up(self) -> None:
        """Make the server with its archive, and the product on it with one body."""
        for name in ("repository", "log", "lock"):
            (self.folder / name).mkdir(mode=0o700)
        (self.folder / "pgbackrest.conf").write_text(self.placed("pgbackrest.conf"))
        self.home.mkdir(mode=0o700)
        if os.geteuid() == 0:
            for path in (self.folder, *self.folder.iterdir()):
                if path != self.home:
                    shutil.chown(path, "postgres", "postgres")
        self.lent(
            program("initdb"), "-D", str(self.data), "--data-checksums", "-E", "UTF8",
            "--locale=C.UTF-8", "-A", "trust", "-U", "postgres",
        )  # fmt: skip
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(f"port = {self.port}\nlisten_addresses = '127.0.0.1'\n")
            settings.write(f"unix_socket_directories = '{self.folder}'\n")
            settings.write(self.placed("archive.conf"))
        self.start()
        self.backrest("stanza-create")
        self.backrest("check")
        with self.connect("postgres") as server:
            for name in ("siac_owner", "siac_app"):
                server.execute(f"CREATE ROLE {name} LOGIN")
            server.execute("CREATE DATABASE siac OWNER siac_owner ENCODING 'UTF8' TEMPLATE template0")
        self.siac("setup", owner=True)

    def end(self) -> None:
        """Take everything down."""
        with contextlib.suppress(AssertionError):
            self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- what is asked ------------------------------------------------------------------------

    def connect(self, name: str = "siac") -> "psycopg.Connection[Any]":
        """Connect as who may do all."""
        return psycopg.connect(
            host="127.0.0.1", port=self.port, user="postgres", dbname=name, autocommit=True, connect_timeout=3
        )

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the server."""
        name = "siac" if "cases_" in sql else "postgres"
        with self.connect(name) as server:
            return list(server.execute(sql).fetchall())

    def siac(self, *words: str, owner: bool = False, fails: bool = False) -> str:
        """Give a command to the product and return what it says."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SIAC_", "DATABASE_", "PG"))}
        address = f"127.0.0.1:{self.port}/siac"
        env = kept | {
            "SIAC_HOME": str(self.home), "DATABASE_URL": f"postgresql://siac_app@{address}",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]), "SIAC_DEBUG": "1",
            "PYTHONWARNINGS": "ignore", **({"SIAC_TEST": "1"} if words[0] == "shell" else {}),
        }  # fmt: skip
        if owner:
            env["DATABASE_OWNER_URL"] = f"postgresql://siac_owner@{address}"
        done = subprocess.run([*SIAC, *words], env=env, capture_output=True, text=True, check=False)
        assert (done.returncode != 0) == fails, (words, done.stdout[-3000:], done.stderr[-3000:])
        return done.stdout + (done.stderr if fails else "")

    def code(self, text: str) -> str:
        """Run a few lines within the product."""
        return self.siac("shell", "-v0", "-c", text)

    @contextlib.contextmanager
    def timed(self, what: str) -> Any:
        """Note how many seconds a step took."""
        begun = time.monotonic()
        yield
        self.took[what] = time.monotonic() - begun
