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

from benchmarks.fill import SLUG


@contextmanager
def serving(**variables: str) -> Iterator[tuple[psutil.Process, int]]:
    """Serve with these variables besides those of the benchmark; give the process
    and its port, once it answers.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from siac.config.cli import main; main()", "serve"]
    only = {"PORT": str(port), "HOST": "127.0.0.1", **variables}
    server = subprocess.Popen(command, env={**os.environ, **only})
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
            raise SystemExit(f"serving: the portal answered {error.code}") from error
        except OSError:
            time.sleep(0.3)
    raise SystemExit("serving: the web did not start")
