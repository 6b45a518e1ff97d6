# SPDX-License-Identifier: EUPL-1.2
"""What is counted while the house works, for `/metrics`: off unless `SIAC_METRICS_TOKEN` is set.

Each process counts in files of its own under `SIAC_HOME/metrics`, one folder for each program (`web`,
`worker`), and whoever is asked adds up all of this machine. Of pages and jobs only the name in the code is
told: no address, no body, no person.
"""

import logging
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from siac.infra.environment import Misconfigured, home, text

log = logging.getLogger(__name__)
LEAST_TOKEN = 16  # letters
FILES = "PROMETHEUS_MULTIPROC_DIR"
"""Where the library finds the folder of a process; set here, before the library is read."""
REQUESTS = (0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
STATEMENTS = (0.001, 0.005, 0.025, 0.1, 0.5, 1, 5, 30)
JOBS = (0.1, 1, 10, 60, 600, 3600)


def token() -> str:
    """Return the word that opens `/metrics`; empty where nothing is counted.

    Raises:
        Misconfigured: it is shorter than sixteen letters.
    """
    found = text("SIAC_METRICS_TOKEN", "").strip()
    if found and len(found) < LEAST_TOKEN:
        raise Misconfigured(f"SIAC_METRICS_TOKEN debe tener {LEAST_TOKEN} letras o más.")
    return found


def folder() -> Path:
    """Return the folder of all programs of this machine: `SIAC_METRICS_FOLDER`, else `metrics` beside the
    files of the installation.
    """
    named = text("SIAC_METRICS_FOLDER", "")
    return Path(named) if named else home() / "metrics"


def count_as(program: str, *, tidies: bool = True) -> None:
    """Count as `program` (web, worker) from now on, also in the processes that this one starts; a process
    that is neither (a command) counts nothing.

    `tidies`: what an earlier start of it counted is forgotten, except that of processes which still live.
    """
    if not token():
        return
    own = folder() / program
    try:
        own.mkdir(parents=True, exist_ok=True, mode=0o700)
        for file in own.glob("*.db") if tidies else ():
            if not _lives(file):
                file.unlink(missing_ok=True)
    except OSError as error:
        log.warning("nothing is counted, %s: %s", own, type(error).__name__)
        return
    os.environ[FILES] = str(own)


def _lives(file: Path) -> bool:
    """Return whether the process that counts in a file still runs; another may bear its number since."""
    import psutil

    number = file.stem.rpartition("_")[2]
    try:
        return number.isdigit() and psutil.Process(int(number)).create_time() <= file.stat().st_mtime + 1
    except (psutil.Error, OSError):
        return False


@dataclass(frozen=True, slots=True)
class Instruments:
    """The counters of this process."""

    requests: Any
    faults: Any
    request_seconds: Any
    statement_seconds: Any
    slow_statements: Any
    job_seconds: Any
    program: str


@cache
def _instruments() -> Instruments | None:
    if not token() or FILES not in os.environ:
        return None
    from prometheus_client import CollectorRegistry, Counter, Histogram

    own = CollectorRegistry()  # what is read comes from the files of all processes
    return Instruments(
        requests=Counter("siac_requests", "Requests.", ("page", "method", "status"), registry=own),
        # Without labels it is there from the first moment, at nought: an alarm sees its first step.
        faults=Counter("siac_faults", "Answers that say a fault is ours (500 and above).", registry=own),
        request_seconds=Histogram(
            "siac_request_seconds", "Time of requests.", ("page",), buckets=REQUESTS, registry=own
        ),
        statement_seconds=Histogram(
            "siac_statement_seconds", "Time of SQL.", ("program",), buckets=STATEMENTS, registry=own
        ),
        slow_statements=Counter(
            "siac_slow_statements", "Statements above SIAC_SLOW_STATEMENT_MS.", ("program",), registry=own
        ),
        job_seconds=Histogram(
            "siac_job_seconds", "Time of jobs.", ("job", "outcome"), buckets=JOBS, registry=own
        ),
        program=Path(os.environ[FILES]).name,
    )


def forget() -> None:
    """Read the setting again with the next thing that is counted."""
    _instruments.cache_clear()


def counted_request(page: str, method: str, status: int, seconds: float) -> None:
    """Count a request. `page`: the name of its view, empty for an address that leads nowhere."""
    found = _instruments()
    if found:
        known = method if method in {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"} else "other"
        found.requests.labels(page, known, str(status)).inc()
        found.request_seconds.labels(page).observe(seconds)
        if status >= 500:
            found.faults.inc()


def counted_statement(seconds: float, *, is_slow: bool) -> None:
    """Count an SQL statement."""
    found = _instruments()
    if found:
        found.statement_seconds.labels(found.program).observe(seconds)
        if is_slow:
            found.slow_statements.labels(found.program).inc()


@contextmanager
def counted_job(name: str) -> Iterator[None]:
    """Count a job and how it ended: done, or failed by what class of fault."""
    found = _instruments()
    if not found:
        yield
        return
    begun, outcome = time.perf_counter(), "done"
    try:
        yield
    except BaseException as error:
        outcome = type(error).__name__
        raise
    finally:
        found.job_seconds.labels(name, outcome).observe(time.perf_counter() - begun)
