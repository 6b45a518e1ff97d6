# SPDX-License-Identifier: EUPL-1.2
"""A server of OpenID Connect for tests that does what servers do on a bad day: turns its key, gets slow,
tells too much, tells it otherwise. It has no page: whoever is sent there comes back as the test says.
"""

import json
import threading
import time
from base64 import b64decode
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.algorithms import ECAlgorithm


@dataclass
class Turning:
    """The server: what it says, what it was asked."""

    url: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    """What it tells of whoever comes, beside `sub`."""
    told: dict[str, Any] = field(default_factory=dict)
    """What stands in the signed token otherwise than it should."""
    discovery: dict[str, Any] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    methods: dict[str, str] = field(default_factory=dict)
    seconds: float = 0.0
    """It takes so long for any answer."""
    padding: int = 0
    """Bytes of nothing in what it says of itself and of its keys."""
    hidden: bool = False
    """It signs with a key that it does not publish."""
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.turn()

    def turn(self, *, keeps_old: bool = False) -> None:
        """Sign with a new key from now on; the old one is published no more unless it is kept."""
        number = len(getattr(self, "names", [])) + 1
        self.names = [*getattr(self, "names", []), f"clave-{number}"]
        self.key = ec.generate_private_key(ec.SECP256R1())
        public = json.loads(ECAlgorithm.to_jwk(self.key.public_key()))
        own = {**public, "kid": self.names[-1], "use": "sig", "alg": "ES256"}
        self.published = [*(self.published if keeps_old else []), own]

    def again(self) -> None:
        """Behave from now on."""
        self.claims, self.told, self.discovery = {}, {}, {}
        self.seconds, self.padding, self.hidden = 0.0, 0, False
        self.asked.clear()

    def comes(self, address: str) -> dict[str, str]:
        """Return what the browser of who was sent to `address` brings back."""
        sent = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        code = f"codigo-{len(self.codes)}"
        self.codes[code] = sent
        return {"state": sent["state"], "code": code}

    def answer(self, path: str, fields: dict[str, list[str]], headers: Any) -> tuple[int, dict[str, Any]]:
        """Return status and content of an answer."""
        pad = {"padding": "x" * self.padding} if self.padding else {}
        if path == "/.well-known/openid-configuration":
            return 200, {
                "issuer": self.url,
                "authorization_endpoint": f"{self.url}/ir",
                "token_endpoint": f"{self.url}/token",
                "jwks_uri": f"{self.url}/claves",
                "userinfo_endpoint": f"{self.url}/quien",
                "end_session_endpoint": f"{self.url}/salir",
                **self.discovery,
                **pad,
            }
        if path == "/claves":
            shown = [] if self.hidden else self.published
            return 200, {"keys": shown, **pad}
        if path == "/token":
            return self._token(fields, headers)
        return 200, {"sub": "1", **self.claims}

    def _token(self, fields: dict[str, list[str]], headers: Any) -> tuple[int, dict[str, Any]]:
        sent = self.codes.pop(fields.get("code", [""])[0], None)
        if sent is None:
            return 400, {"error": "invalid_grant"}
        known = b64decode(headers.get("Authorization", "")[6:] or b"").decode()
        now = int(time.time())
        said = {
            "iss": self.url, "sub": "1", "aud": unquote(known.partition(":")[0]), "iat": now,
            "exp": now + 300, "nonce": sent["nonce"], **self.told,
        }  # fmt: skip
        token = jwt.encode(said, self.key, algorithm="ES256", headers={"kid": self.names[-1]})
        return 200, {"id_token": token, "access_token": "abc", "token_type": "Bearer"}


@contextmanager
def turning() -> Iterator[Turning]:
    """Run such a server until the block ends."""
    server = Turning()

    class Handler(BaseHTTPRequestHandler):
        def _do(self) -> None:
            path = urlsplit(self.path).path
            server.asked[path] += 1
            server.methods[path] = self.command
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            time.sleep(server.seconds)
            status, said = server.answer(path, parse_qs(body), self.headers)
            content = json.dumps(said).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            try:
                self.wfile.write(content)
            except OSError:
                self.close_connection = True  # whoever asked had enough

        do_GET = do_POST = _do  # noqa: N815

        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.daemon_threads = True
        server.url = f"http://localhost:{running.server_port}"
        thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        running.shutdown()
