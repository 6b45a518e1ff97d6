# SPDX-License-Identifier: EUPL-1.2
"""Citizens file while the leading node of the database loses its power; then it is counted what is there."""

import http.client
import random
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from types import SimpleNamespace

from tests.cluster.machines import Cluster, until
from tests.faults.citizen import Citizen

A_SECOND = 20
"""Filings that begin in a second."""
BEFORE, AFTER = 6.0, 6.0
"""Seconds of filing before the blow, and after filings are acknowledged again."""
FORM = "/puerto/solicitud/sugerencia/"
PATIENCE = 120.0


@dataclass
class Told:
    """What citizens were told: `acknowledged` by the text, when; how many pages of 503 `kept` the words."""

    acknowledged: dict[str, float] = field(default_factory=dict)
    kept: int = 0
    lost: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)


class Visitor(Citizen):
    """A citizen at an address of their own, who sends the same again until it is acknowledged."""

    def __init__(self, port: int, told: Told) -> None:
        super().__init__(SimpleNamespace(port=port))  # type: ignore[arg-type]
        address = ".".join(str(random.randint(1, 250)) for _ in range(4))
        self.opener.addheaders = [("X-Forwarded-For", address)]
        self.told = told

    def send(self, path: str, form: dict[str, str], text: str) -> str:
        """Send until there is a redirect, and return where to."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                status, location, page = self.ask(path, form)
            except (OSError, http.client.HTTPException):
                time.sleep(1)
                continue
            if status == 302:
                return location
            if status == 503:
                if form and text in page:
                    self.told.kept += 1
                elif form:
                    self.told.lost.append(page[:500])
            elif status not in {502, 504}:
                self.told.lost.append(f"{status}: {page[:500]}")
            time.sleep(1)
        raise TimeoutError(path)

    def file(self, text: str) -> None:
        """File once."""
        try:
            self.open_form()
            typed = {"subject": text, "body": f"{text}: falta un banco.", "anonima": "si"}
            check = self.send(FORM, typed, text)
            if "/comprobante/" not in self.send(check, {}, text):
                raise TimeoutError("no receipt")
        except TimeoutError as error:
            self.told.given_up.append(f"{text}: {error}")
        else:
            self.told.acknowledged[text] = time.monotonic()

    def open_form(self) -> None:
        """Open the form, as often as it takes."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            try:
                if self.ask(FORM)[0] == 200:
                    return
            except (OSError, http.client.HTTPException):
                pass
            time.sleep(1)
        raise TimeoutError("the form")


@contextmanager
def filing(cluster: Cluster, told: Told, turn: int) -> Iterator[None]:
    """Let citizens come at a steady pace, half of them to each machine of the web, until the block ends."""
    stop, people = threading.Event(), []

    def come() -> None:
        number, due = 0, time.monotonic()
        while not stop.is_set():
            visitor = Visitor(cluster.ports[("web1", "web2")[number % 2]], told)
            person = threading.Thread(target=visitor.file, args=[f"Envío {turn}-{number}"], daemon=True)
            person.start()
            people.append(person)
            number, due = number + 1, due + 1 / A_SECOND
            time.sleep(max(0.0, due - time.monotonic()))

    pace = threading.Thread(target=come)
    pace.start()
    try:
        yield
    finally:
        stop.set()
        pace.join()
        for person in people:
            person.join(2 * PATIENCE)


@dataclass(frozen=True)
class Result:
    """What one failover showed; `gap` in seconds."""

    filed: int
    gap: float
    kept: int

    def __str__(self) -> str:
        return f"{self.filed} filed, {self.gap:.1f} s without an acknowledgement, {self.kept} pages of 503"


def fail_over(cluster: Cluster, turn: int) -> Result:
    """Kill the node that leads under load, and prove that nothing is lost, doubled or left over.

    Raises:
        AssertionError: something was.
    """
    until(cluster.is_safe, 120, "a node that follows")
    until(lambda: cluster.header("web1", "/puerto/datos/", "X-Data-Time"), 90, "pages read from the replica")
    before = cluster.ask("SELECT count(*) FROM cases_case")[0][0]
    processes = {name: cluster.running[name].pid for name in ("web1", "web2", "worker1", "worker2")}
    told, dead = Told(), cluster.leader()
    assert dead
    with filing(cluster, told, turn):
        time.sleep(BEFORE)
        assert told.acknowledged, "nobody could file"
        cluster.kill_node(dead)
        blow = time.monotonic()
        until(lambda: max(told.acknowledged.values()) > blow + 3, 90, "filings after the blow")
        until(lambda: cluster.leader() not in {None, dead}, 5, "the other node leads")
        time.sleep(AFTER)
    check(cluster, told, before)
    for name, number in processes.items():
        assert cluster.running[name].poll() is None and cluster.running[name].pid == number, name
    cluster.start_node(dead)
    moments = sorted(told.acknowledged.values())
    gap = max(late - early for early, late in pairwise(moments))
    return Result(len(told.acknowledged), gap, told.kept)


def check(cluster: Cluster, told: Told, before: int) -> None:
    """Hold what is in the database against what citizens were told."""
    assert not told.given_up, told.given_up[:3]
    assert not told.lost, told.lost[:3]
    texts = [text for (text,) in cluster.ask("SELECT subject FROM cases_casetext ORDER BY case_id")]
    mine = sorted(texts[before:] if before else texts)
    assert mine == sorted(told.acknowledged), set(mine) ^ set(told.acknowledged)
    numbers = [number for (number,) in cluster.ask("SELECT number FROM cases_case ORDER BY number")]
    assert numbers == list(range(1, len(texts) + 1)), "folios have a gap"
    until(lambda: not cluster.ask(ORPHANS), 150, "no orphan job")
    assert not cluster.ask("SELECT task_name FROM procrastinate_jobs WHERE status = 'failed'")
    cluster.siac("verify")


ORPHANS = """
SELECT j.id, j.task_name, j.status::text FROM procrastinate_jobs j
LEFT JOIN procrastinate_workers w ON w.id = j.worker_id
WHERE j.status = 'doing' AND coalesce(w.last_heartbeat, '-infinity') < now() - interval '30 s'
  OR j.status = 'todo' AND coalesce(j.scheduled_at, '-infinity') < now() - interval '60 s'
  AND (SELECT max(e.at) FROM procrastinate_events e WHERE e.job_id = j.id) < now() - interval '60 s'
"""
