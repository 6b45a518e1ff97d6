# SPDX-License-Identifier: EUPL-1.2
"""Stand-ins for what signs outside: a program on a desk that follows a link, a service that is asked."""

import base64
import hashlib
import json
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote_plus, urlsplit

import jwt
from django.core.files.uploadedfile import SimpleUploadedFile

from siac.signing.ports.autofirma import ciphered, deciphered

Caller = Callable[[str, str], str]
"""Posts a body to an address, and gives back the text of the answer."""


class AutoFirma:
    """Follows a link as the program does, with whatever signs (`sign`) and whatever posts (`call`)."""

    def __init__(self, link: str, call: Caller) -> None:
        parts = urlsplit(link)
        assert (parts.scheme, parts.netloc) == ("afirma", "sign")
        self.link, self.call = dict(parse_qsl(parts.query, strict_parsing=True)), call
        assert all("?" not in self.link[name] for name in ("rtservlet", "stservlet"))
        assert all(len(self.link[name]) <= 20 and self.link[name].isalnum() for name in ("id", "fileid"))
        self.told: dict[str, str] = {}

    def fetch(self) -> bytes:
        """Fetch what is to be signed."""
        text = self.call(self.link["rtservlet"], f"op=get&v=1_0&id={self.link['fileid']}")
        if text.startswith("ERR-"):
            raise LookupError(text)
        root = ET.fromstring(deciphered(text, self.link["key"]))
        self.told = {one.attrib["k"]: unquote_plus(one.attrib["v"]) for one in root}
        assert (root.tag, self.told["op"], self.told["format"]) == ("sign", "sign", "PAdES")
        assert "alwaysCreateRevision=true" in base64.b64decode(self.told["properties"]).decode()
        return base64.urlsafe_b64decode(self.told["dat"])

    def store(self, signed: bytes) -> str:
        """Store what was signed, with a certificate before it and more behind."""
        key = self.told["key"]
        parts = [ciphered(part, key) for part in (b"un certificado", signed, b'{"a": "b"}')]
        return self.say("|".join(parts))

    def say(self, result: str) -> str:
        """Store anything."""
        return self.call(self.told["stservlet"], f"op=put&v=1_0&id={self.told['id']}&dat={result}")

    def run(self, sign: Callable[[bytes], bytes]) -> str:
        """Do all of it."""
        return self.store(sign(self.fetch()))


class FirmaGob:
    """Where it answers, what it was asked, and how it behaves (`manner`): "", away, busy, refuses, failed,
    slow, garbage, empty, huge; `sign` makes what it gives back.
    """

    secret = "un secreto de treinta y dos signos"

    def __init__(self, sign: Callable[[bytes], bytes]) -> None:
        self.sign, self.manner, self.url, self.calls = sign, "", "", 0
        self.asked: dict[str, Any] = {}
        self.token: dict[str, Any] = {}

    def reply(self, body: bytes) -> tuple[int, bytes]:
        """Return status and content of an answer."""
        self.calls += 1
        self.asked = json.loads(body)
        if self.manner in {"away", "busy", "refuses"}:
            status = {"away": 503, "busy": 429, "refuses": 400}[self.manner]
            return status, json.dumps({"error": "Token expirado"}).encode()
        if self.manner == "garbage":
            return 200, b"<html>mantencion</html>"
        if self.manner == "empty":
            return 200, b'{"files": []}'
        self.token = jwt.decode(self.asked["token"], self.secret, algorithms=["HS256"])
        (file,) = self.asked["files"]
        digest = hashlib.sha256(file["content"].encode()).digest()
        assert base64.b64encode(digest).decode() == file["checksum"]
        if self.manner == "failed":
            return 200, json.dumps({"files": [{"status": "ERROR", "content": None}]}).encode()
        made = base64.b64encode(self.sign(base64.b64decode(file["content"]))).decode()
        file = {"status": "OK", "content": made}
        answer = {"files": [file], "metadata": {"filesSigned": 1}, "idSolicitud": 7}
        return 200, json.dumps(answer).encode() + b" " * (200_000 if self.manner == "huge" else 0)


class _Handler(BaseHTTPRequestHandler):
    own: FirmaGob
    late: threading.Event

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.own.manner == "slow":
            self.own.calls += 1
            self.late.wait(5)
            return
        status, content = self.own.reply(body)
        self.send_response(status)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def firmagob(sign: Callable[[bytes], bytes], kind: type[FirmaGob] = FirmaGob) -> Iterator[Any]:
    """Run the service until the end."""
    own, late = kind(sign), threading.Event()
    handler = type("Handler", (_Handler,), {"own": own, "late": late})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    own.url = f"http://127.0.0.1:{server.server_port}/firma/v2/files/tickets"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield own
    finally:
        late.set()
        server.shutdown()
        server.server_close()
        thread.join()


class FirmaPeru:
    """What the program on a desk does with what a page sends it (`param`); `client` calls us."""

    def __init__(self, param: str, client: Any) -> None:
        self.opened = json.loads(base64.b64decode(param))
        assert set(self.opened) == {"param_url", "param_token", "document_extension"}
        self.client, self.told = client, {}

    def ask(self) -> Any:
        """Ask what to sign."""
        answer = self.client.post(
            path_of(self.opened["param_url"]), {"param_token": self.opened["param_token"]}
        )
        if answer.status_code == 200:
            self.told = json.loads(base64.b64decode(answer.content))
        return answer

    def fetch(self) -> Any:
        return self.client.get(path_of(self.told["documentToSign"]))

    def store(self, signed: bytes, field: str = "signed_file") -> Any:
        file = SimpleUploadedFile("documento[R].pdf", signed, "application/pdf")
        return self.client.post(path_of(self.told["uploadDocumentSigned"]), {field: file})

    def run(self, sign: Callable[[bytes], bytes]) -> Any:
        """Do all of it."""
        assert self.ask().status_code == 200
        return self.store(sign(self.fetch().content))


def path_of(url: str) -> str:
    """Return an address of ours without its site."""
    return "/" + url.split("/", 3)[3]


class Platform(FirmaGob):
    """The platform of Firma Perú that gives bodies a token; `claims` says what it holds."""

    def __init__(self, sign: Callable[[bytes], bytes]) -> None:
        super().__init__(sign)
        self.claims: dict[str, Any] = {}

    def reply(self, body: bytes) -> tuple[int, bytes]:
        self.calls += 1
        self.asked = dict(parse_qsl(body.decode()))
        if self.manner:
            return {"away": 503, "refuses": 401, "garbage": 200}[self.manner], b"<html>no</html>"
        return 200, jwt.encode(self.claims, self.secret, algorithm="HS256").encode()
