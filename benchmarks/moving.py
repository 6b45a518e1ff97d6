# SPDX-License-Identifier: EUPL-1.2
"""A body of each size taken from one installation into another, by the commands that people type."""

import contextlib
import os
import shutil
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import psutil
from django.db import connection

from benchmarks.database import ROOT
from benchmarks.verifying import clean
from siac.infra import embedded
from siac.organizations.public import Institution

HOME = ROOT / "var" / "bench-moved"
"""The home of the other installation, with a server and keys of its own."""
_OURS = ("DATABASE_URL", "SIAC_TEST", "SECRET_KEY", "SIAC_VAULT_KEY", "SIAC_JOURNAL_KEY", "SIAC_MAIL")
_SIAC = "from siac.config.cli import main; main()"


@dataclass(frozen=True)
class Run:
    """One command: seconds of wall time, seconds of processor and megabytes of the process at most."""

    seconds: float
    cpu: float
    peak: float


def moved(institution: Institution, size: int) -> Iterator[str]:
    """Export the body and take it in elsewhere; yield what each took."""
    clean(institution)
    connection.close()
    shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(parents=True)
    package, key = HOME / "body.siac", HOME / "body.key"
    out = _siac(os.environ, "institution", "export", institution.slug, str(package), "--key-to", str(key))
    yield f"- {size:,} cases: exported {_told(out)}, {package.stat().st_size / 1_000_000:.0f} MB"
    there = {name: value for name, value in os.environ.items() if name not in _OURS}
    there |= {"SIAC_HOME": str(HOME / "var"), "ALLOWED_HOSTS": "localhost", "SIAC_URL": "https://localhost"}
    try:
        _siac(there, "setup")
        checked = _siac(there, "institution", "import", str(package), "--key-from", str(key), "--check")
        came = _siac(there, "institution", "import", str(package), "--key-from", str(key))
    finally:
        embedded.erase(HOME / "var" / "postgres")
    yield f"- {size:,} cases: read through {_told(checked)}"
    yield f"- {size:,} cases: taken in, verified and counted anew {_told(came)}"


def _told(run: Run) -> str:
    return f"in {run.seconds:.0f} s ({run.cpu:.0f} s of its processor, {run.peak:.0f} MB at most)"


def _siac(environment: "os._Environ[str] | dict[str, str]", *words: str) -> Run:
    started, cpu, peak = time.perf_counter(), 0.0, 0
    # Weighed while it runs: what the system says at the end counts whoever started it, who is larger.
    child = psutil.Popen([sys.executable, "-W", "ignore", "-c", _SIAC, *words], env=dict(environment))
    while child.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            times = child.cpu_times()
            cpu, peak = max(cpu, times.user + times.system), max(peak, child.memory_info().rss)
        time.sleep(0.1)
    if child.returncode:
        raise RuntimeError(f"siac {' '.join(words)}: {child.returncode}")
    return Run(time.perf_counter() - started, cpu, peak / 1_000_000)
