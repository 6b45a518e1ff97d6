# SPDX-License-Identifier: EUPL-1.2
"""An authority of time stamps on this machine: OpenSSL makes its stamps, a test chooses its manner."""

import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from siac.signing.pdf.stamping import LARGEST
from tests.signing.credentials import authority, issued

_CONFIGURATION = """
[tsa]
default_tsa = here
[here]
serial = {folder}/serial
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha384, sha512
accuracy = secs:1
ess_cert_id_alg = sha256
"""


class StampAuthority:
    """Where it answers, what it was asked, and how it behaves (`manner`): "", away, garbage, endless,
    refuses, another.
    """

    def __init__(self, folder: Path) -> None:
        self.folder, self.manner, self.url, self.asked = folder, "", "", 0
        own = issued("Sello de prueba", serial=0x75A, stamps=True)
        (folder / "tsa.pem").write_bytes(own.pem)
        (folder / "tsa.key").write_bytes(own.key_pem)
        (folder / "ca.pem").write_bytes(authority().pem)
        (folder / "tsa.cnf").write_text(_CONFIGURATION.format(folder=folder))

    def reply(self, query: bytes) -> bytes:
        """Return the answer (DER) to a query."""
        (self.folder / "query").write_bytes(query)
        command = [
            "openssl",
            "ts",
            "-reply",
            "-config",
            "tsa.cnf",
            "-queryfile",
            "query",
            "-signer",
            "tsa.pem",
        ]
        command += ["-inkey", "tsa.key", "-out", "reply"]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        return (self.folder / "reply").read_bytes()

    def query(self, content: bytes) -> bytes:
        """Return a query about something."""
        (self.folder / "content").write_bytes(content)
        command = ["openssl", "ts", "-query", "-data", "content", "-sha256", "-cert", "-out", "other"]
        subprocess.run(command, cwd=self.folder, check=True, capture_output=True)
        return (self.folder / "other").read_bytes()

    def verifies(self, content: bytes, answer: bytes) -> bool:
        """Whether `openssl ts -verify` takes an answer for a stamp of `content`."""
        (self.folder / "content").write_bytes(content)
        (self.folder / "answer").write_bytes(answer)
        command = ["openssl", "ts", "-verify", "-data", "content", "-in", "answer", "-CAfile", "ca.pem"]
        told = subprocess.run(command, cwd=self.folder, capture_output=True, check=False)
        return told.returncode == 0 and b"Verification: OK" in told.stdout + told.stderr


class _Handler(BaseHTTPRequestHandler):
    own: StampAuthority

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"]))
        self.own.asked += 1
        manner = self.own.manner
        if manner == "away":
            self.send_error(503)
            return
        content = b"no es un sello" if manner == "garbage" else b""
        if manner == "refuses":
            content = bytes.fromhex("30053003020102")
        if manner == "endless":
            content = b"0" * (LARGEST + 1)
        if manner == "another":
            content = self.own.reply(self.own.query(b"otra cosa"))
        content = content or self.own.reply(query)
        self.send_response(200)
        self.send_header("Content-Type", "application/timestamp-reply")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def stamping(folder: Path) -> Iterator[StampAuthority]:
    """Run an authority until the end."""
    own = StampAuthority(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (_Handler,), {"own": own}))
    own.url = f"http://127.0.0.1:{server.server_port}/tsa"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield own
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
