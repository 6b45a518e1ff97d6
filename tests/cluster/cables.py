# SPDX-License-Identifier: EUPL-1.2
"""The database of the worked example with a cable for each machine, which can be pulled and plugged in again.

Each machine is a network namespace with the very address of the manual, on a bridge in one of its own; the
network of this machine is not touched. It takes root, and nothing that Debian has not.
"""

import contextlib
import ctypes
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import psycopg

from tests.cluster.machines import ADDRESS, VOICES, Cluster, until

CLONE_NEWNET = 0x40000000
BELIEVED = " (till it took itself for the leader)"
LIBC = ctypes.CDLL(None, use_errno=True)


def ip(*words: str) -> None:
    """Give a command of iproute2."""
    subprocess.run(["ip", *words], check=True, capture_output=True)


def forbidden() -> str:
    """Return why no network namespaces can be had here, or nothing."""
    name = f"siac-{os.getpid()}-try"
    try:
        ip("netns", "add", name)
        ip("netns", "del", name)
    except (OSError, subprocess.CalledProcessError):
        return "network namespaces are not permitted here (root?)"
    return ""


@contextlib.contextmanager
def inside(namespace: str) -> Iterator[None]:
    """Let this thread, and what it starts, live in a namespace until the block ends."""
    own = Path(f"/proc/self/task/{threading.get_native_id()}/ns/net")
    with own.open() as home, Path("/run/netns", namespace).open() as there:
        _enter(there.fileno())
        try:
            yield
        finally:
            _enter(home.fileno())


def _enter(number: int) -> None:
    if LIBC.setns(number, CLONE_NEWNET):
        raise OSError(ctypes.get_errno(), "setns")


class WiredCluster(Cluster):
    """Two nodes of the database and three voices of etcd, each machine with its cable; no web."""

    def __init__(self) -> None:
        super().__init__()
        self._prefix = f"siac-{os.getpid()}-"

    def namespace(self, machine: str) -> str:
        """Return the name of the namespace of a machine."""
        return self._prefix + machine

    def bring_up(self) -> None:
        """Lay the cables and start the database; `written` can be written to when it returns."""
        self._lay_cables()
        self._make_nodes()
        for voice in VOICES:
            self.start_voice(voice)
        self.start_node("a")
        until(lambda: self.leader() == "a", 90, "node a leads")
        self.start_node("b")
        with self.as_superuser("a") as server:
            server.execute(f"CREATE ROLE siac_app LOGIN PASSWORD '{self.passwords['APP']}'")
            server.execute("CREATE DATABASE siac OWNER siac_app ENCODING 'UTF8' TEMPLATE template0")
        with self.as_superuser("a", "siac") as server:
            server.execute("CREATE TABLE written (number int PRIMARY KEY)")
            server.execute("GRANT SELECT, INSERT ON written TO siac_app")
        until(self.is_safe, 90, "node b follows")

    def _lay_cables(self) -> None:
        hub = self.namespace("hub")
        ip("netns", "add", hub)
        ip("-n", hub, "link", "add", "name", "hub", "type", "bridge")
        ip("-n", hub, "link", "set", "hub", "up")
        for machine, address in VOICES.items():
            own = self.namespace(machine)
            ip("netns", "add", own)
            other_end = ("type", "veth", "peer", "name", "cable", "netns", own)
            ip("-n", hub, "link", "add", "name", machine, *other_end)
            ip("-n", hub, "link", "set", "dev", machine, "master", "hub", "up")
            ip("-n", own, "addr", "add", f"{address}/24", "dev", "cable")
            ip("-n", own, "link", "set", "cable", "up")
            ip("-n", own, "link", "set", "lo", "up")

    def pull(self, machine: str) -> None:
        """Pull the cable of a machine out: it is heard by nobody and hears nobody."""
        ip("-n", self.namespace("hub"), "link", "set", "dev", machine, "down")

    def plug(self, machine: str) -> None:
        """Plug it in again."""
        ip("-n", self.namespace("hub"), "link", "set", "dev", machine, "up")

    def _addressed(self, text: str, name: str, node: str) -> str:
        """Return a file with the addresses of the manual: its own where it stands for the machine itself."""
        shared = ("hosts:", "CLUSTER=", "/32", "siac_app:", "siac_owner:")
        lines = text.splitlines(keepends=True)
        return "".join(
            line if any(each in line for each in shared) else line.replace(ADDRESS["a"], VOICES[node])
            for line in lines
        )

    def start(self, name: str, command: list[str], env: dict[str, str] | None = None, *, lent: bool) -> None:
        """Start a process on the machine that its name ends with."""
        with inside(self.namespace(name.split()[-1])):
            super().start(name, command, env, lent=lent)

    def as_superuser(self, node: str, name: str = "postgres") -> "psycopg.Connection[Any]":
        """Connect to one node, from itself."""
        with inside(self.namespace(node)):
            return psycopg.connect(
                host=ADDRESS[node], port=5432, user="postgres", dbname=name,
                password=self.passwords["SUPERUSER"], autocommit=True, connect_timeout=3,
            )  # fmt: skip

    def end(self) -> None:
        """Take everything down, cables too."""
        super().end()
        for machine in (*VOICES, "hub"):
            with contextlib.suppress(OSError, subprocess.CalledProcessError):  # nothing laid, or no iproute2
                ip("netns", "del", self.namespace(machine))


class Writer:
    """Writes numbers on the machine w through the poolers, as the web does; keeps which were acknowledged."""

    def __init__(self, cluster: WiredCluster, first: int) -> None:
        self.acknowledged: dict[int, float] = {}
        self._cluster, self._next, self._stop = cluster, first, threading.Event()
        self._thread = threading.Thread(target=self._write)

    def __enter__(self) -> "Writer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _write(self) -> None:
        with inside(self._cluster.namespace("w")):
            while not self._stop.is_set():
                try:
                    self._write_on()
                except psycopg.Error:
                    self._next += 1
                    time.sleep(0.5)

    def _write_on(self) -> None:
        """Write until a connection fails; a number whose fate is not known is never used again."""
        addresses = ",".join(f"{address}:6432" for address in ADDRESS.values())
        with psycopg.connect(
            f"postgresql://siac_app:{self._cluster.passwords['APP']}@{addresses}/siac"
            "?target_session_attrs=read-write&connect_timeout=3&tcp_user_timeout=5000",
            autocommit=True, prepare_threshold=None,
        ) as server:  # fmt: skip
            while not self._stop.is_set():
                server.execute("INSERT INTO written VALUES (%s)", [self._next])
                self.acknowledged[self._next] = time.monotonic()
                self._next += 1
                time.sleep(0.1)


def wait_for_belief(cluster: WiredCluster, node: str) -> bool:
    """Wait until a node that is cut off takes itself for the leader, as it last heard.

    That is the worst moment for it to be heard again. It comes late: PostgreSQL there ends only when it has
    given its follower up (`wal_sender_timeout`, a minute), and Patroni waits for that. Return whether it came
    within two minutes.
    """
    log = cluster.folder / f"patroni {node}.log"
    already, end = log.stat().st_size, time.monotonic() + 120
    while time.monotonic() < end:
        if f"Lock owner: {node}; I am {node}".encode() in log.read_bytes()[already:]:
            return True
        time.sleep(0.1)
    return False


def cut(cluster: WiredCluster, machine: str, turn: int, seconds: float, *, worst: bool = False) -> str:
    """Pull a cable for some seconds while somebody writes, and prove that nothing acknowledged is lost.

    `worst`: that of the node that leads, and from then on until the worst moment for it to come back.

    Raises:
        AssertionError: something was, or nobody wrote again.
    """
    until(cluster.is_safe, 120, "a node that follows")
    led = cluster.leader()
    with Writer(cluster, turn * 100_000) as writer:
        time.sleep(4)
        cluster.pull(machine)
        pulled = time.monotonic()
        time.sleep(seconds)
        writable = machine in ADDRESS and cluster.leads(machine)
        believed = worst and wait_for_belief(cluster, machine)
        cluster.plug(machine)
        plugged = time.monotonic()
        during = [at for at in writer.acknowledged.values() if pulled < at < plugged]
        until(cluster.is_safe, 120, "a node that follows again")
        until(lambda: max(writer.acknowledged.values()) > plugged + 8, 60, "somebody writes after the cut")
    leader = cluster.leader()
    there = {number for (number,) in cluster.ask("SELECT number FROM written")}
    lost = sorted(set(writer.acknowledged) - there)
    moments = sorted(writer.acknowledged.values())
    gap = max(late - early for early, late in pairwise(moments))
    told = (
        f"cable of {machine} out {plugged - pulled:.0f} s{BELIEVED * believed}, {led} led, {leader} leads; "
        f"{len(moments)} acknowledged, {len(during)} of them meanwhile, {gap:.1f} s without, {len(lost)} lost"
    )
    assert not lost, told
    if machine == led:
        assert during, f"nobody took over: {told}"
        assert not writable, f"the node that was cut off could still be written to: {told}"
    return told
