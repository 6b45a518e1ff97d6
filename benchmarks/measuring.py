# SPDX-License-Identifier: EUPL-1.2
"""How requests are measured: in process, in turns, wall and processor time of
each, of Python and of the database, SQL statements, rows shown.
"""

import ctypes
import re
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpResponseBase
from django.test.utils import CaptureQueriesContext

_BOOKKEEPING = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")
_CASE_LINK = re.compile(rb"""href=["'][^"'?]*/(?:\d{4}-\d{6}|\d+)/["'?]""")
WARM_UP = 3


@dataclass(frozen=True)
class Request:
    """One kind of request.

    `send` gets the number of the round and returns the answer, which must have `status`.
    """

    name: str
    send: Callable[[int], HttpResponseBase]
    status: int = 200
    floor: str = ""
    """The bare request with the same rows that this one is compared with."""


@dataclass(frozen=True)
class Result:
    """Milliseconds; processor time of this process (`web`) and of the database's (`db`), at the median."""

    name: str
    p50: float
    p95: float
    web: float
    db: float
    sql: int
    rows: int
    floor: str

    @property
    def cpu(self) -> float:
        """Processor time of both."""
        return self.web + self.db


@dataclass(frozen=True)
class Spent:
    """Seconds of wall time and of this process for one call, and what it returned."""

    wall: float
    cpu: float
    found: Any


def timed(call: Callable[[], Any]) -> Spent:
    """Call once and say what it took."""
    wall, cpu = time.perf_counter(), time.process_time()
    found = call()
    return Spent(time.perf_counter() - wall, time.process_time() - cpu, found)


def database_time() -> float:
    """Return the seconds of processor time that the database's process for our connection has taken.

    0 where it runs on another machine, or on one that does not tell.
    """
    connection.ensure_connection()
    known = connection.connection.info
    if not (known.host.startswith("/") or known.host in {"localhost", "127.0.0.1"}):
        return 0.0
    clock = ctypes.c_int()
    if ctypes.CDLL(None).clock_getcpuclockid(known.backend_pid, ctypes.byref(clock)):
        return 0.0
    return time.clock_gettime(clock.value)


def say(line: str) -> None:
    """Print one line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def measure(requests: Sequence[Request], rounds: int) -> list[Result]:
    """Send every request `rounds` times, taking turns so that what else the machine does falls on all
    alike.
    """
    times: dict[str, tuple[list[float], list[float], list[float]]] = {
        request.name: ([], [], []) for request in requests
    }
    for request in requests:
        for number in range(WARM_UP):
            _send(request, -1 - number)
    for number in range(rounds):
        for request in requests:
            walls, webs, databases = times[request.name]
            database, wall, web = database_time(), time.perf_counter(), time.process_time()
            _send(request, number)
            webs.append((time.process_time() - web) * 1000)
            walls.append((time.perf_counter() - wall) * 1000)
            databases.append((database_time() - database) * 1000)
    return [_result(request, *times[request.name]) for request in requests]


def _result(request: Request, walls: list[float], webs: list[float], databases: list[float]) -> Result:
    with CaptureQueriesContext(connection) as captured:
        answer = _send(request, -1 - WARM_UP)
    sql = [q for q in captured.captured_queries if not q["sql"].lstrip().startswith(_BOOKKEEPING)]
    rows = len(set(_CASE_LINK.findall(getattr(answer, "content", b""))))
    walls.sort()
    return Result(
        request.name,
        statistics.median(walls),
        walls[min(int(len(walls) * 0.95), len(walls) - 1)],
        statistics.median(webs),
        statistics.median(databases),
        len(sql),
        max(rows, 1),
        request.floor,
    )


def _send(request: Request, number: int) -> HttpResponseBase:
    answer = request.send(number)
    if answer.status_code != request.status:
        raise SystemExit(f"{request.name}: expected {request.status}, got {answer.status_code}")
    return answer
