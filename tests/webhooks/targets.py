# SPDX-License-Identifier: EUPL-1.2
"""A program on this machine that is told, whose answers a test chooses."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Target:
    """What it was told, bytes with headers, and what it answers: a status, or nothing (`manner`)."""

    def __init__(self) -> None:
        self.told: list[tuple[bytes, dict[str, str]]] = []
        self.status, self.manner, self.location = 204, "", ""
        self.over = threading.Event()
        self.url = ""


class _Handler(BaseHTTPRequestHandler):
    target: Target

    def do_POST(self) -> None:
        own = self.target
        content = self.rfile.read(int(self.headers["Content-Length"]))
        own.told.append((content, {name.lower(): value for name, value in self.headers.items()}))
        if own.manner == "says nothing":
            own.over.wait(20)
            return
        if own.manner == "hangs up":
            return
        self.send_response(own.status)
        if own.location:
            self.send_header("Location", own.location)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def listening() -> Iterator[Target]:
    """Run a target until the end."""
    own = Target()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"target": own}))
    own.url = f"http://127.0.0.1:{server.server_port}/avisos?de=siac"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield own
    finally:
        own.over.set()
        server.shutdown()
        server.server_close()
        thread.join()
