# SPDX-License-Identifier: EUPL-1.2
"""How long after its commit a filing is seen on a replica, how long a work of staff waits until that has
everything, and what a public page takes of the database itself when it is read there.
"""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psycopg
from django.db import connection, connections
from django.test import Client
from django.utils import timezone

from benchmarks.fill import SLUG
from siac.cases.public import Channel, Filing, file_case, kinds
from siac.infra.readers import HEADER, REPLICA, reading_all_apart
from siac.organizations.public import Institution
from siac.people.public import PersonData

SECONDS, A_SECOND = 20, 20
LOOKS = 0.002
"""Seconds between two looks at the replica."""
SITE = f"/{SLUG}"
PAGE, TIMES = f"{SITE}/comparacion/", 60


@dataclass
class Seen:
    """When each filing was committed, and when it was seen on the replica; seconds of one clock."""

    committed: dict[int, float] = field(default_factory=dict)
    seen: dict[int, float] = field(default_factory=dict)

    def waits(self) -> list[float]:
        """Return the milliseconds of each, the shortest first."""
        return sorted(max(0.0, self.seen[pk] - at) * 1000 for pk, at in self.committed.items())


def lag(institution: Institution) -> Iterator[str]:
    """Yield what was measured, at a rate of filings that two cores bear easily."""
    from tests.following import following  # what the tests read apart from

    with following() as folder, _replica(folder):
        told = Seen()
        works = _filed_and_watched(institution, folder, told)
        waits = told.waits()
        yield (
            f"- {A_SECOND} filings a second for {SECONDS} s: seen on the replica {_spread(waits)} after the"
            f" commit ({len(waits)} filings, {LOOKS * 1000:.0f} ms between two looks)"
        )
        yield f"- works of staff waited {_spread(works)} meanwhile until the replica had everything"
        yield from _page()


def _spread(milliseconds: list[float]) -> str:
    found = sorted(milliseconds)
    middle, late = found[len(found) // 2], found[int(len(found) * 0.95)]
    return f"p50 {middle:.1f} ms, p95 {late:.1f} ms, at most {found[-1]:.1f} ms"


@contextmanager
def _replica(folder: Path) -> Iterator[None]:
    known = connection.settings_dict
    connections.settings[REPLICA] = known | {"HOST": str(folder), "PORT": "5432", "CONN_MAX_AGE": 600}
    try:
        yield
    finally:
        connections[REPLICA].close()
        del connections[REPLICA]
        connections.settings.pop(REPLICA)


def _filed_and_watched(institution: Institution, folder: Path, told: Seen) -> list[float]:
    """File at the rate while another thread watches, and works begin; return what each work waited."""
    last = _newest(folder, known := connection.settings_dict["NAME"])
    stop = threading.Event()
    watch = threading.Thread(target=_watch, args=(folder, known, last, told, stop))
    watch.start()
    waited: list[float] = []
    kind = next(each for each in kinds(institution).values() if each.code == "consulta")
    begun = time.perf_counter()
    for number in range(SECONDS * A_SECOND):
        time.sleep(max(0.0, begun + number / A_SECOND - time.perf_counter()))
        row = file_case(
            institution=institution, actor=None, now=timezone.now(),
            filing=Filing(
                kind_id=kind.pk, channel=Channel.WEB, subject="Horario", body="¿A qué hora abren?",
                person=PersonData(given_names="Ana", family_names="Prueba", email="ana@banco.invalid"),
            ),
        )  # fmt: skip
        told.committed[row.pk] = time.perf_counter()
        if number % A_SECOND == 0:
            asked = time.perf_counter()
            with reading_all_apart() as is_apart:
                waited.append((time.perf_counter() - asked) * 1000)
                if not is_apart:
                    raise SystemExit("lag: the replica did not catch up")
    end = time.perf_counter() + 10
    while len(told.seen) < len(told.committed) and time.perf_counter() < end:
        time.sleep(LOOKS)
    stop.set()
    watch.join()
    return waited


def _newest(folder: Path, name: str) -> int:
    with psycopg.connect(host=str(folder), user="postgres", dbname=name, autocommit=True) as line:
        found = line.execute("SELECT coalesce(max(id), 0) FROM cases_case").fetchone()
    return int(found[0]) if found else 0


def _watch(folder: Path, name: str, last: int, told: Seen, stop: threading.Event) -> None:
    with psycopg.connect(host=str(folder), user="postgres", dbname=name, autocommit=True) as line:
        while not stop.is_set():
            rows = line.execute("SELECT id FROM cases_case WHERE id > %s ORDER BY id", [last]).fetchall()
            at = time.perf_counter()
            for (pk,) in rows:
                told.seen[pk] = at
                last = pk
            time.sleep(LOOKS)


def _page() -> Iterator[str]:
    """Yield what one public page takes of the database itself, read there and read from the replica."""
    with connection.cursor() as cursor:  # whose sign of life says how old the data are
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
    kept = connections.settings.pop(REPLICA)
    try:
        home = _asked(apart=False)
    finally:
        connections.settings[REPLICA] = kept
    end = time.perf_counter() + 10
    while HEADER not in Client().get(PAGE).headers:
        if time.perf_counter() > end:
            raise SystemExit("lag: the page is not read from the replica")
        time.sleep(0.1)
    away = _asked(apart=True)
    yield (
        f"- `{PAGE.removeprefix(SITE)}`: {home:.1f} ms of wall time read from the database itself,"
        f" {away:.1f} ms read from the replica (median of {TIMES})"
    )


def _asked(*, apart: bool) -> float:
    client, took = Client(), []
    for _ in range(TIMES):
        begun = time.perf_counter()
        answer = client.get(PAGE)
        took.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200 or (HEADER in answer.headers) != apart:
            raise SystemExit(f"lag: {answer.status_code}, read apart: {HEADER in answer.headers}")
    return sorted(took)[TIMES // 2]
