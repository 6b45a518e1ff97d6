# SPDX-License-Identifier: EUPL-1.2
"""A text gateway on this machine, whose answers a test chooses."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class Gateway:
    """What was handed to it, and what it answers: a status with bytes, or something worse by `manner`."""

    def __init__(self) -> None:
        self.taken: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.status, self.content = 202, b'{"id": "m-1"}'
        self.manner = ""
        self.over = threading.Event()


class _Handler(BaseHTTPRequestHandler):
    gateway: Gateway

    def do_POST(self) -> None:
        own = self.gateway
        content = self.rfile.read(int(self.headers["Content-Length"]))
        own.taken.append(json.loads(content))
        own.headers.append(dict(self.headers.items()))
        if own.manner == "hangs up":
            return
        if own.manner == "says nothing":
            own.over.wait(30)
            return
        self.send_response(own.status)
        if own.manner == "elsewhere":
            self.send_header("Location", "http://169.254.169.254/")
        if own.manner == "drips":
            self.end_headers()
            self._drip()
            return
        self.send_header("Content-Length", str(len(own.content)))
        self.end_headers()
        self.wfile.write(own.content)

    def _drip(self) -> None:
        while not self.gateway.over.is_set():
            try:
                self.wfile.write(b" ")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.05)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def running() -> Iterator[tuple[Gateway, str]]:
    """Yield a gateway and its address."""
    gateway = Gateway()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"gateway": gateway}))
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield gateway, f"http://127.0.0.1:{server.server_address[1]}/v1/messages?key=1"
    finally:
        gateway.over.set()
        server.shutdown()
        thread.join()
        server.server_close()
