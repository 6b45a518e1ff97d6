# SPDX-License-Identifier: EUPL-1.2
"""Whether a pack of evidence is as it was made, without the system it came from."""

import hashlib
import json
import re
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zipfile import BadZipFile, ZipFile

from siac.programme.domain.packing import STAMP

MOST_ENTRIES = 20_000
MOST_BYTES = 4 * 1024**3
"""Of all that a pack holds, unpacked: more is not read."""
_TAGS = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
_LINE = re.compile(r"([0-9a-f]{64})\s+(\S.*)")
_BLOCK = 1024 * 1024
MOST_TAG = 16 * 1024 * 1024
MOST_STAMP = 256 * 1024
_UNREADABLE = (BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError, EOFError, zlib.error)


@dataclass
class Checked:
    """What checking a pack found: its name, how many files it lists, and every problem as a sentence."""

    name: str = ""
    files: int = 0
    is_stamped: bool = False
    """Whether it carries a time stamp that names its lists; who stamped it, `openssl ts -verify` says."""
    problems: list[str] = field(default_factory=list)


def check_pack(path: Path) -> Checked:
    """Check every file of a pack against its lists: missing, added, altered. Reads once, in blocks."""
    found = Checked()
    try:
        with ZipFile(path) as pack:
            _check(pack, found)
    except _UNREADABLE as error:
        found.problems.append(f"no se puede leer: {type(error).__name__}")
    return found


def _check(pack: ZipFile, found: Checked) -> None:
    entries = [entry for entry in pack.infolist() if not entry.is_dir()]
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_BYTES:
        found.problems.append("es demasiado grande para revisarlo")
        return
    names = [entry.filename for entry in entries]
    found.problems += [f"{name}: está dos veces" for name, times in Counter(names).items() if times > 1]
    missing = [name for name in (*_TAGS, "tagmanifest-sha256.txt") if name not in names]
    if missing or found.problems:
        found.problems += [f"{name}: falta" for name in missing]
        return
    found.name = _described(pack)
    told = _listed(pack, "manifest-sha256.txt") | _listed(pack, "tagmanifest-sha256.txt")
    found.files = sum(name.startswith("data/") for name in told)
    own = {"tagmanifest-sha256.txt", STAMP}
    found.problems += [f"{name}: falta" for name in sorted(told.keys() - set(names))]
    found.problems += [f"{name}: no estaba" for name in sorted(set(names) - told.keys() - own)]
    found.problems += [
        f"{name}: no es el que era"
        for name in sorted(told.keys() & set(names))
        if _digest(pack, name) != told[name]
    ]
    if STAMP in names:
        with pack.open(STAMP) as file:
            found.is_stamped = bytes.fromhex(_digest(pack, "tagmanifest-sha256.txt")) in file.read(MOST_STAMP)
        found.problems += [] if found.is_stamped else [f"{STAMP}: el sello de tiempo es de otra cosa"]


def _described(pack: ZipFile) -> str:
    for line in _tag(pack, "bag-info.txt").split("\n"):
        if line.startswith("External-Description: "):
            return line.partition(": ")[2]
    return ""


def _tag(pack: ZipFile, name: str) -> str:
    with pack.open(name) as file:
        return file.read(MOST_TAG).decode("utf-8", "replace")


def _listed(pack: ZipFile, name: str) -> dict[str, str]:
    lines = filter(None, map(_LINE.fullmatch, _tag(pack, name).split("\n")))
    return {line[2].replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%"): line[1] for line in lines}


def _digest(pack: ZipFile, name: str) -> str:
    digest = hashlib.sha256()
    with pack.open(name) as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def figures_in(path: Path) -> Iterator[tuple[str, dict[str, Any], Iterator[str]]]:
    """Yield each figure of a pack that was checked: its path, the formula and what it gave, and the lines of
    its rows (none where it was written down by hand).
    """
    with ZipFile(path) as pack:
        names = pack.namelist()
        for name in names:
            if name.startswith("data/cifras/") and name.endswith(".json"):
                rows = name.removesuffix(".json") + ".csv"
                yield name, _formula(pack, name), _lines(pack, rows) if rows in names else iter(())


def _formula(pack: ZipFile, name: str) -> dict[str, Any]:
    """Return a formula; empty where it is none that can be read, which whoever works it out then says."""
    try:
        told = json.loads(_tag(pack, name))
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _lines(pack: ZipFile, name: str) -> Iterator[str]:
    with pack.open(name) as file:
        while line := file.readline(_BLOCK):
            yield line.decode("utf-8", "replace").rstrip("\r\n")
