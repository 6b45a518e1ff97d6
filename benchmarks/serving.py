# SPDX-License-Identifier: EUPL-1.2
"""A real `siac serve` on the benchmark's database."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

import psutil

from benchmarks.database import HOME
from benchmarks.fill import SLUG

SIAC = (sys.executable, "-c", "from siac.config.cli import main; main()")


@contextmanager
def serving(**variables: str) -> Iterator[tuple[psutil.Process, int]]:
    """Serve with these variables besides those of the benchmark; give the process
    and its port, once it answers.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # As a house runs it: what tests ask for would close the database's connection after each request.
    only = {"SIAC_TEST": "0", "PORT": str(port), "HOST": "127.0.0.1", **variables}
    environment = {**os.environ, **only}
    subprocess.run([*SIAC, "collectstatic", "--noinput", "-v0"], env=environment, check=True)
    with (HOME / "serve.log").open("w") as log:  # each request leaves a line
        server = subprocess.Popen([*SIAC, "serve"], env=environment, stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{port}/{SLUG}/")
        yield psutil.Process(server.pid), port
    finally:
        server.terminate()
        server.wait(30)


def _wait(address: str) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=10).close()
            return
        except urllib.error.HTTPError as error:
            raise SystemExit(f"serving: the portal answered {error.code}, see {HOME}/serve.log") from error
        except OSError:
            time.sleep(0.1)
    raise SystemExit("serving: the web did not start")
