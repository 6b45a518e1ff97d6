# SPDX-License-Identifier: EUPL-1.2
"""The worked example of `docs/operate/cluster.md` on one machine: etcd, two nodes of PostgreSQL under Patroni
with PgBouncer before each, two webs and two workers, all in a temporary folder.

The files of `docs/operate/cluster/` are used as they are; only addresses, folders and passwords are put in.
"""

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import psycopg

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "docs" / "operate" / "cluster"
PLACES = "/usr/lib/postgresql/15/bin:/usr/sbin:/usr/bin:/usr/local/bin"
PROGRAMS = ("etcd", "patroni", "pgbouncer", "initdb", "pg_rewind")
PACKAGES = "etcd-server patroni pgbouncer postgresql-15"
SIAC = [sys.executable, "-c", "from siac.config.cli import main; main()"]
ADDRESS = {"a": "10.0.0.11", "b": "10.0.0.12"}
VOICES = ADDRESS | {"w": "10.0.0.21"}
"""Where etcd runs: two of the three can outvote one that is gone."""
PORTS = {"postgres": "5432", "pooler": "6432", "rest": "8008"}


def missing() -> list[str]:
    """Return the programs that this machine lacks."""
    return [name for name in PROGRAMS if shutil.which(name, path=PLACES) is None]


def program(name: str) -> str:
    """Return where a program lies."""
    found = shutil.which(name, path=PLACES)
    assert found, name
    return found


def free_ports(count: int) -> list[int]:
    """Return ports that nobody uses."""
    with contextlib.ExitStack() as held:
        sockets = [held.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


def until(condition: Callable[[], Any], seconds: float, what: str) -> Any:
    """Wait until `condition()` is true and return what it says; faults of connections are a no."""
    end = time.monotonic() + seconds
    while True:
        try:
            if said := condition():
                return said
        except (OSError, psycopg.Error):
            pass
        if time.monotonic() > end:
            raise AssertionError(f"waited in vain: {what}")
        time.sleep(0.2)


class Cluster:
    """All processes of the example; `end` takes every one of them down and the folder away."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="siac-cluster-"))
        self.folder.chmod(0o755)
        self.passwords = {
            name: secrets.token_hex(12)
            for name in ("SUPERUSER", "REPLICATION", "REWIND", "OWNER", "APP", "REST")
        }
        etcd = (f"{port} {voice}" for port in ("2379", "2380") for voice in VOICES)
        names = ("web1", "web2", *etcd, *(f"{kind} {node}" for kind in PORTS for node in ADDRESS))
        self.ports = dict(zip(names, free_ports(len(names)), strict=True))
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        keys = ("SECRET_KEY", "SIAC_VAULT_KEY", "SIAC_JOURNAL_KEY")
        self.keys = {name: secrets.token_hex(32) for name in keys}

    # --- files --------------------------------------------------------------------------------

    def placed(self, name: str, node: str = "a") -> str:
        """Return a file of the example with our addresses, folders and passwords."""
        text = self._addressed((EXAMPLE / name).read_text(encoding="utf-8"), name, node)
        return self._housed(text, node)

    def _addressed(self, text: str, name: str, node: str) -> str:
        """Return a file with our addresses: all on this machine, each with a port of its own."""
        text = self._with_voices(text, node)
        text = text.replace(f"HOST={VOICES['w']}", "HOST=127.0.0.1")
        if name != "siac.env":
            text = text.replace(ADDRESS["a"], VOICES[node])
        for kind, port in PORTS.items():
            for each, address in ADDRESS.items():
                text = text.replace(f"{address}:{port}", f"127.0.0.1:{self.ports[f'{kind} {each}']}")
        if node not in ADDRESS:
            return text
        for former, now in {
            "10.0.0.0/24": "127.0.0.1/32",
            **{f"{address}/32": "127.0.0.1/32" for address in ADDRESS.values()},
            f"host={ADDRESS[node]} port=5432": f"host=127.0.0.1 port={self.ports[f'postgres {node}']}",
            f"listen_addr = {ADDRESS[node]}": "listen_addr = 127.0.0.1",
            "-p 6432": f"-p {self.ports[f'pooler {node}']}",
            "listen_port = 6432": f"listen_port = {self.ports[f'pooler {node}']}",
        }.items():
            text = text.replace(former, now)
        return text

    def _housed(self, text: str, node: str) -> str:
        """Return a file with our folders, names and passwords."""
        if node not in ADDRESS:
            return text.replace("NAME=a", f"NAME={node}").replace("/var/lib/etcd/siac", self._etcd(node))
        home = self.folder / node
        for former, now in {
            "name: a": f"name: {node}",
            "NAME=a\n": f"NAME={node}\n",
            "/var/lib/etcd/siac": self._etcd(node),
            "/var/lib/postgresql/15/siac": str(home / "data"),
            "/var/lib/postgresql/patroni.pgpass": str(home / "pgpass"),
            "/var/run/postgresql": str(home),
            "/etc/pgbouncer/userlist.txt": str(home / "userlist.txt"),
            "/usr/local/bin/siac-pooler-anew": str(home / "siac-pooler-anew"),
        }.items():
            text = text.replace(former, now)
        for each, password in self.passwords.items():
            text = text.replace(f"{each}-PASSWORD", password)
        return text

    def _with_voices(self, text: str, node: str) -> str:
        """Return a file with our addresses of etcd; its own in every line but that of the whole cluster."""
        lines = text.splitlines(keepends=True)
        if any(line.startswith("ETCD_NAME") for line in lines):
            own = (each.replace(ADDRESS["a"], VOICES[node]) for each in lines if "CLUSTER=" not in each)
            text = "".join([*own, *(each for each in lines if "CLUSTER=" in each)])
        for voice, address in VOICES.items():
            for port in ("2379", "2380"):
                text = text.replace(f"{address}:{port}", f"127.0.0.1:{self.ports[f'{port} {voice}']}")
        return text

    def _etcd(self, voice: str) -> str:
        return str(self.folder / f"etcd {voice}")

    def environment(self, machine: str) -> dict[str, str]:
        """Return the variables of a machine of the web or of a worker, as `siac.env` has them."""
        lines = (line.partition("=") for line in self.placed("siac.env").splitlines() if "=" in line[:30])
        given = {name: value for name, _, value in lines if not name.startswith("#")}
        home = self.folder / machine
        home.mkdir(exist_ok=True, mode=0o700)
        own = {
            "SIAC_HOME": str(home), "PORT": str(self.ports.get(machine, 0)), "SIAC_HTTPS": "0",
            "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
            "DJANGO_SETTINGS_MODULE": "siac.config.settings", "SIAC_ACCESS_LOG": "0",
        }  # fmt: skip
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("SIAC_", "DATABASE_", "PG"))}
        return kept | given | self.keys | own

    # --- processes ----------------------------------------------------------------------------

    def start(self, name: str, command: list[str], env: dict[str, str] | None = None, *, lent: bool) -> None:
        """Start a process; `lent`: as the user postgres, where we are root. Its log lies in the folder."""
        who: dict[str, Any] = {}
        if lent and os.geteuid() == 0:
            entry = pwd.getpwnam("postgres")
            who = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        clean = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "PYTHON", "VIRTUAL"))}
        with (self.folder / f"{name}.log").open("ab") as log:
            self.running[name] = subprocess.Popen(
                command, env=env or clean | {"HOME": str(self.folder), "PATH": f"{PLACES}:/bin"},
                stdout=log, stderr=log, cwd="/", start_new_session=True, **who,
            )  # fmt: skip

    def start_voice(self, voice: str) -> None:
        """Start etcd of one machine, with the variables of `etcd.env`."""
        lines = (line.partition("=") for line in self.placed("etcd.env", voice).splitlines())
        own = {name: value for name, _, value in lines if name.startswith("ETCD_")}
        env = own | {"ETCD_LOG_LEVEL": "error", "PATH": f"{PLACES}:/bin"}
        self.start(f"etcd {voice}", [program("etcd")], env, lent=True)

    def start_node(self, node: str) -> None:
        """Start etcd, Patroni, which starts PostgreSQL, and the pooler before it."""
        if f"etcd {node}" not in self.running:
            self.start_voice(node)
        patroni = [program("patroni"), str(self.folder / node / "patroni.yml")]
        self.start(f"patroni {node}", patroni, lent=True)
        pooler = [program("pgbouncer"), str(self.folder / node / "pgbouncer.ini")]
        # As Restart=always of systemd: PgBouncer may fall over when it is told to KILL.
        again = ["sh", "-c", 'while :; do "$@"; sleep 1; done', "pooler", *pooler]
        self.start(f"pooler {node}", again, lent=True)

    def bring_up(self) -> None:
        """Start everything; a body can be written to when it returns."""
        self._make_nodes()
        for voice in VOICES:
            self.start_voice(voice)
        self.start_node("a")
        until(lambda: self.leader() == "a", 90, "node a leads")
        self.start_node("b")
        self._make_database()
        until(self.is_safe, 90, "node b follows")
        for machine in ("web1", "web2"):
            self.start(machine, [*SIAC, "serve"], self.environment(machine), lent=False)
        for machine in ("worker1", "worker2"):
            self.start(machine, [*SIAC, "worker"], self.environment(machine), lent=False)
        for machine in ("web1", "web2"):
            until(partial(self.page, self.ports[machine], "/puerto/solicitud/"), 90, "the web answers")

    def _make_nodes(self) -> None:
        for node in ADDRESS:
            home = self.folder / node
            home.mkdir(mode=0o700)
            (home / "patroni.yml").write_text(self.placed("patroni.yml", node))
            (home / "pgbouncer.ini").write_text(self.placed("pgbouncer.ini", node))
            (home / "siac-pooler-anew").write_text(self.placed("siac-pooler-anew", node))
            (home / "siac-pooler-anew").chmod(0o755)
            (home / "userlist.txt").write_text(f'"siac_app" "{self.passwords["APP"]}"\n')
        for voice in VOICES:
            Path(self._etcd(voice)).mkdir(mode=0o700)
        if os.geteuid() == 0:
            for path in (self.folder, *self.folder.rglob("*")):
                shutil.chown(path, "postgres", "postgres")

    def _make_database(self) -> None:
        with self.as_superuser("a") as server:
            for role in ("OWNER", "APP"):
                name = f"siac_{role.lower()}"
                server.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{self.passwords[role]}'")
            server.execute("CREATE DATABASE siac OWNER siac_owner ENCODING 'UTF8' TEMPLATE template0")
        self.siac("setup", owner=True)
        (self.folder / "web2").mkdir(mode=0o700)
        shutil.copytree(self.folder / "web1" / "static", self.folder / "web2" / "static")
        house = "import django; django.setup(); from tests.factories import make_house; make_house()"
        subprocess.run([sys.executable, "-c", house], env=self.environment("web1"), check=True)

    def siac(self, *words: str, owner: bool = False) -> str:
        """Give a command on the first machine and return what it says."""
        env = self.environment("web1")
        if owner:
            password = f"siac_owner:{self.passwords['OWNER']}@"
            direct = env["DATABASE_DIRECT_URL"].replace(f"siac_app:{self.passwords['APP']}@", password)
            env["DATABASE_OWNER_URL"] = direct
        done = subprocess.run([*SIAC, *words], env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 0, (words, done.stdout[-3000:], done.stderr[-3000:])
        return done.stdout

    def kill_node(self, node: str) -> None:
        """Let a machine of the database lose its power: every process of it ends at once."""
        gone = []
        names = (f"patroni {node}", f"pooler {node}", f"etcd {node}")
        for name in names:
            process = psutil.Process(self.running[name].pid)
            gone += [process, *process.children(recursive=True)]
        pid = int((self.folder / node / "data" / "postmaster.pid").read_text().split("\n", 1)[0])
        postmaster = psutil.Process(pid)
        gone += [postmaster, *postmaster.children(recursive=True)]
        for each in gone:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.kill()
        for name in names:
            self.running.pop(name).wait()

    def end(self) -> None:
        """Take everything down."""
        for node in ADDRESS:
            if f"patroni {node}" in self.running:
                with contextlib.suppress(OSError, psutil.Error, ValueError):
                    self.kill_node(node)
        for process in self.running.values():
            with contextlib.suppress(psutil.NoSuchProcess):
                for child in [*psutil.Process(process.pid).children(recursive=True), process]:
                    child.kill()
            process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- what is asked ------------------------------------------------------------------------

    def as_superuser(self, node: str, name: str = "postgres") -> "psycopg.Connection[Any]":
        """Connect to one node."""
        return psycopg.connect(
            host="127.0.0.1", port=self.ports[f"postgres {node}"], user="postgres", dbname=name,
            password=self.passwords["SUPERUSER"], autocommit=True, connect_timeout=3,
        )  # fmt: skip

    def leads(self, node: str) -> bool:
        """Return whether a node can be written to, by its own word."""
        with contextlib.suppress(psycopg.Error), self.as_superuser(node) as server:
            return server.execute("SELECT NOT pg_is_in_recovery()").fetchone() == (True,)
        return False

    def leader(self) -> str | None:
        """Return the node that can be written to, by its own word."""
        return next(filter(self.leads, ADDRESS), None)

    def is_safe(self) -> bool:
        """Return whether the node that leads has one that follows and holds every commit."""
        node = self.leader()
        if node is None:
            return False
        with self.as_superuser(node) as server:
            found = server.execute("SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync'").fetchone()
            return found is not None

    def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Ask the node that leads."""
        with self.as_superuser(self.leader() or "a", "siac") as server:
            return list(server.execute(sql).fetchall())

    def header(self, machine: str, path: str, name: str) -> str | None:
        """Return a header of a page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.ports[machine]}{path}", timeout=10) as answer:
            found: str | None = answer.headers[name]
            return found

    def page(self, port: int, path: str) -> bool:
        """Return whether a machine of the web answers."""
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=10) as answer:
            return answer.status == 200
