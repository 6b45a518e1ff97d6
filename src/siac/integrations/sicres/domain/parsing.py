# SPDX-License-Identifier: EUPL-1.2
"""Taking a file of exchange apart. Runs in a process of its own (`siac.infra.confined`); imports no Django.

The parser is Expat of the standard library, told to refuse: it reads as a stream and builds no tree, so that
what is too deep, too long or declares a document type (the only way to entities) ends at its first sign.
ElementTree takes declarations of entities, and so does not do; a parser from elsewhere would be one more
thing to keep up to date.
"""

import base64
import binascii
import hashlib
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any
from xml.parsers import expat

from siac.integrations.sicres.domain.layout import ANNEX, EXCHANGE, FIELDS, MESSAGE

MOST_BYTES = 25_000_000
"""Of a file, and of all that a package unfolds to: 15 MB of annexes in base64 and their entry."""
MOST_ANNEXES = 20
MOST_PARTS = 50
_DEEPEST = 3
_MOST_ELEMENTS = 5_000
_MOST_TEXT = 20_000
"""Characters of a field that is no file."""
_BY_LENGTH: Mapping[int, Callable[[bytes], Any]] = {
    20: lambda content: hashlib.sha1(content, usedforsecurity=False),
    32: hashlib.sha256,
    48: hashlib.sha384,
    64: hashlib.sha512,
}
"""The norm leaves the digest to who sends: it is told by its length."""


class Odd(Exception):
    """The file is none of the exchange; the code says why."""


def read(payload: bytes, options: Mapping[str, Any]) -> tuple[Any, list[bytes]]:
    """Return what a file says and the contents of its annexes: `{"odd": code}`, or root, segments (name and
    fields) and annexes (name, field, place among the contents or -1, what is wrong with it).
    """
    try:
        return _read(payload)
    except Odd as odd:
        return {"odd": str(odd)}, []


def _read(payload: bytes) -> tuple[Any, list[bytes]]:
    if len(payload) > MOST_BYTES:
        raise Odd("large")
    beside: dict[str, bytes] = {}
    if payload.startswith(b"PK"):
        payload, beside = _unpacked(payload)
    root, segments = _parsed(payload)
    contents: list[bytes] = []
    annexes = [_annex(fields, beside, contents) for name, fields in segments if name == ANNEX]
    if len(annexes) > MOST_ANNEXES:
        raise Odd("annexes")
    told = [
        [name, {key: value for key, value in fields.items() if _is_text(name, key)}]
        for name, fields in segments
    ]
    return {"root": root, "segments": told, "annexes": annexes}, contents


def _is_text(segment: str, field: str) -> bool:
    known = FIELDS.get(segment, {}).get(field)
    return known is None or known.longest > 0


_DAMAGED = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError, NotImplementedError, EOFError, OSError,
    ValueError,
)  # fmt: skip
"""What reading a package raises that is none, or was damaged on the way."""


def _unpacked(payload: bytes) -> tuple[bytes, dict[str, bytes]]:
    """Return the entry of a package and the files beside it, by name without folders."""
    parts: dict[str, bytes] = {}
    carried = 0
    try:
        with zipfile.ZipFile(io.BytesIO(payload)) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if len(entries) > MOST_PARTS:
                raise Odd("package")
            for entry in entries:
                with archive.open(entry) as part:  # what a package says of its sizes is not believed
                    content = part.read(MOST_BYTES - carried + 1)
                carried += len(content)
                if carried > MOST_BYTES:
                    raise Odd("large")
                parts[entry.filename.replace("\\", "/").rpartition("/")[2]] = content
    except _DAMAGED as error:
        raise Odd("package") from error
    found = [name for name, content in parts.items() if _is_entry(name, content)]
    if len(found) != 1:
        raise Odd("package_entries")
    return parts.pop(found[0]), parts


def _is_entry(name: str, content: bytes) -> bool:
    if not name.lower().endswith(".xml"):
        return False
    head = content[:2000].replace(b"\x00", b"")  # UTF-16 too
    return EXCHANGE.encode() in head or MESSAGE.encode() in head


class _Reader:
    """What Expat calls; nothing is kept but the fields of segments."""

    def __init__(self) -> None:
        self.path: list[str] = []
        self.segments: list[tuple[str, dict[str, str]]] = []
        self.root = ""
        self.elements = 0
        self.text: list[str] = []
        self.size = 0

    def refuse(self, *arguments: Any) -> None:
        raise Odd("doctype")

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        self.elements += 1
        if len(self.path) >= _DEEPEST or self.elements > _MOST_ELEMENTS:
            raise Odd("shape")
        name = name.rpartition(":")[2]
        if not self.path:
            if name not in (EXCHANGE, MESSAGE):
                raise Odd("root")
            self.root = name
            if name == MESSAGE:
                self.segments.append((name, {}))
        elif len(self.path) == 1 and self.root == EXCHANGE:
            if name not in FIELDS or name == MESSAGE:
                raise Odd("shape")
            self.segments.append((name, {}))
        elif name not in FIELDS[self.segments[-1][0]] or self._is_repeated(name):
            raise Odd("shape")
        self.path.append(name)
        self.text, self.size = [], 0

    def _is_repeated(self, name: str) -> bool:
        may_be = (self.root, name) == (MESSAGE, "Identificador_Fichero")
        return name in self.segments[-1][1] and not may_be

    def characters(self, text: str) -> None:
        self.size += len(text)
        segment = self.segments[-1][0] if self.segments else ""
        if self.path and self.size > _MOST_TEXT and _is_text(segment, self.path[-1]):
            raise Odd("long")
        self.text.append(text)

    def end(self, name: str) -> None:
        done = self.path.pop()
        if self.segments and len(self.path) == (1 if self.root == MESSAGE else 2):
            self.segments[-1][1][done] = "".join(self.text).strip()
        self.text, self.size = [], 0


def _parsed(payload: bytes) -> tuple[str, list[tuple[str, dict[str, str]]]]:
    reader, parser = _Reader(), expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = reader.refuse
    parser.EntityDeclHandler = reader.refuse
    parser.ExternalEntityRefHandler = reader.refuse  # type: ignore[assignment]
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    try:
        parser.Parse(payload, True)
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise Odd("xml") from error
    return reader.root, reader.segments


def _annex(fields: Mapping[str, str], beside: Mapping[str, bytes], contents: list[bytes]) -> dict[str, Any]:
    name = fields.get("Nombre_Fichero_Anexado", "")
    told = {"name": name, "id": fields.get("Identificador_Fichero", ""), "place": -1, "wrong": ""}
    try:
        content = _content(fields, name, beside)
        digest = _decoded(fields.get("Hash", ""))
    except ValueError:
        return told | {"wrong": "base64"}
    if content is None:
        return told | {"wrong": "missing"}
    method = _BY_LENGTH.get(len(digest))
    if method is None:
        return told | {"wrong": "digest_form"}
    if method(content).digest() != digest:
        return told | {"wrong": "digest"}
    contents.append(content)
    return told | {"place": len(contents) - 1}


def _content(fields: Mapping[str, str], name: str, beside: Mapping[str, bytes]) -> bytes | None:
    if fields.get("Anexo"):
        return _decoded(fields["Anexo"])
    found = beside.get(fields.get("Identificador_Fichero", ""))
    return found if found is not None else beside.get(name)


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode("".join(text.split()), validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("no base64") from error
