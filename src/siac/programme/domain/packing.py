# SPDX-License-Identifier: EUPL-1.2
"""A pack of evidence: one zip as BagIt (RFC 8493), described as RO-Crate 1.1. The same content gives the same
bytes: sorted names, one date for all entries.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

BAGIT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
CRATE = "ro-crate-metadata.json"
STAMP = "tagmanifest-sha256.txt.tsr"
"""The time stamp, beside the list that it stamps: no list names it, for it is younger than all of them."""
_LIST = "tagmanifest-sha256.txt"
_BLOCK = 1024 * 1024
_DATED = (1980, 1, 1, 0, 0, 0)
_READABLE = 0o644 << 16


@dataclass(frozen=True, slots=True)
class Part:
    """A file of a pack, below `data/`: what it is, its bytes as they are read, of which day it speaks and
    when it came (UTC), where these are known.
    """

    path: str
    title: str
    media_type: str
    read: Callable[[], Iterable[bytes]]
    speaks_of: date | None = None
    came_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class About:
    """What a pack says of itself: a name, words, the body, and the day it was made."""

    name: str
    description: str
    body: str
    made_on: date
    identifier: str


def text_part(path: str, title: str, content: Any) -> Part:
    """Return a part of JSON: keys in order, two spaces, as people read it."""
    made = json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True, default=str).encode() + b"\n"
    return Part(path, title, "application/json", lambda: [made])


def write_pack(target: IO[bytes], parts: Sequence[Part], about: About) -> str:
    """Write a pack and return the SHA-256 of its list of digests, by which it is known.

    Raises:
        ValueError: two parts have one path, or a path leads out of the pack.
    """
    parts = [*parts, text_part(CRATE, "Descripción del expediente", _crate(parts, about))]
    names = [part.path for part in parts]
    if len(set(names)) < len(names) or any(not _is_plain(name) for name in names):
        raise ValueError("parts of a pack with the same path, or out of it")
    digests: dict[str, str] = {}
    total = 0
    with ZipFile(target, "w", ZIP_DEFLATED) as pack:
        for part in sorted(parts, key=lambda each: each.path):
            digest, size = hashlib.sha256(), 0
            with pack.open(_entry(f"data/{part.path}"), "w", force_zip64=True) as kept:
                for block in part.read():
                    digest.update(block)
                    size += len(block)
                    kept.write(block)
            digests[f"data/{part.path}"] = digest.hexdigest()
            total += size
        manifest = _listed(digests)
        tags = {
            "bag-info.txt": _info(about, total, len(parts)),
            "bagit.txt": BAGIT,
            "manifest-sha256.txt": manifest,
        }
        for name, content in sorted(tags.items()):
            pack.writestr(_entry(name), content)
        of_tags = _listed({name: hashlib.sha256(content).hexdigest() for name, content in tags.items()})
        pack.writestr(_entry(_LIST), of_tags)
    return hashlib.sha256(manifest).hexdigest()


def stamp_pack(target: IO[bytes], stamp: Callable[[bytes], bytes]) -> None:
    """Add to a pack that is written the time stamp that `stamp` gives over its list of lists (the answer of
    its authority, RFC 3161); nothing where that gives none.
    """
    with ZipFile(target, "a", ZIP_DEFLATED) as pack:
        if stamped := stamp(pack.read(_LIST)):
            pack.writestr(_entry(STAMP), stamped)


def blocks_of(file: IO[bytes]) -> Iterable[bytes]:
    """Yield a file block by block, and close it."""
    with file:
        while block := file.read(_BLOCK):
            yield block


def digest_of_inputs(digests: Iterable[str]) -> str:
    """Return the SHA-256 over the digests of what a pack is made of, in whatever order they came."""
    return hashlib.sha256("\n".join(sorted(digests)).encode()).hexdigest()


def _is_plain(path: str) -> bool:
    steps = path.split("/")
    return not path.startswith("/") and "\\" not in path and not ({"", ".", ".."} & set(steps))


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, _DATED)
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, _READABLE
    return entry


def _listed(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digests[name]}  {_written(name)}\n" for name in sorted(digests)).encode()


def _written(name: str) -> str:
    """Return a name as RFC 8493 (2.1.3) writes it in a manifest."""
    return name.replace("%", "%25").replace("\n", "%0A").replace("\r", "%0D")


def _info(about: About, size: int, count: int) -> bytes:
    lines = {
        "Source-Organization": about.body,
        "External-Description": about.name,
        "External-Identifier": about.identifier,
        "Bagging-Date": about.made_on.isoformat(),
        "Payload-Oxum": f"{size}.{count}",
    }
    return "".join(f"{key}: {' '.join(value.split())}\n" for key, value in lines.items()).encode()


def _crate(parts: Sequence[Part], about: About) -> dict[str, Any]:
    files = [
        {
            "@id": part.path, "@type": "File", "name": part.title, "encodingFormat": part.media_type,
            **({"temporalCoverage": part.speaks_of.isoformat()} if part.speaks_of else {}),
            **({"dateCreated": part.came_at.isoformat()} if part.came_at else {}),
        }
        for part in sorted(parts, key=lambda each: each.path)
    ]  # fmt: skip
    body = {"@id": "#organismo", "@type": "Organization", "name": about.body}
    root = {
        "@id": "./", "@type": "Dataset", "name": about.name, "description": about.description,
        "datePublished": about.made_on.isoformat(), "identifier": about.identifier,
        "license": "Uso del organismo y de quien lo controla",
        "publisher": {"@id": "#organismo"}, "hasPart": [{"@id": file["@id"]} for file in files],
    }  # fmt: skip
    described = {
        "@id": CRATE, "@type": "CreativeWork", "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
    }  # fmt: skip
    return {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": [described, root, body, *files]}
