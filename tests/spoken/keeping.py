# SPDX-License-Identifier: EUPL-1.2
"""Reading and writing the `.po` of a language, and the `.mo` that Django loads, in plain Python."""

import ast
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tests.spoken.finding import ROOT

FOLDER = ROOT / "ui" / "locale"
LANGUAGES = ("ca", "eu", "gl", "qu", "arn")


@dataclass
class Words:
    """A language: its header, and each text with its translations (one; or singular and plural)."""

    head: str
    said: dict[str, list[str]] = field(default_factory=dict)
    plurals: dict[str, str] = field(default_factory=dict)


def path_of(language: str, kind: str = "po") -> Path:
    """Return where the words of a language are kept."""
    return FOLDER / language / "LC_MESSAGES" / f"django.{kind}"


def read(language: str) -> Words:
    """Return the words of a language as its `.po` says them."""
    entries: list[dict[str, str]] = []
    key = ""
    for line in path_of(language).read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        if not line.startswith('"'):
            key, _, line = line.partition(" ")
            if key == "msgid":
                entries.append({})
        entries[-1][key] = entries[-1].get(key, "") + ast.literal_eval(line)
    words = Words(entries[0]["msgstr"])
    for entry in entries[1:]:
        plural = entry.get("msgid_plural", "")
        words.plurals |= {entry["msgid"]: plural} if plural else {}
        words.said[entry["msgid"]] = (
            [entry.get("msgstr[0]", ""), entry.get("msgstr[1]", "")] if plural else [entry["msgstr"]]
        )
    return words


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'


def po(words: Words, texts: Mapping[str, str]) -> str:
    """Return the `.po` of a language for what the code says now: what it no longer says is gone."""
    head = "".join(f"\n{_quoted(line)}" for line in words.head.splitlines(keepends=True))
    blocks = [f'# SPDX-License-Identifier: EUPL-1.2\nmsgid ""\nmsgstr ""{head}\n']
    for text, plural in texts.items():
        said = [*words.said.get(text, []), "", ""]
        lines = [f"msgid {_quoted(text)}"]
        if plural:
            lines += [f"msgid_plural {_quoted(plural)}"]
            lines += [f"msgstr[{place}] {_quoted(said[place])}" for place in (0, 1)]
        else:
            lines += [f"msgstr {_quoted(said[0])}"]
        if "%(" in text:
            lines.insert(0, "#, python-format")
        blocks.append("\n".join(lines) + "\n")
    return "\n".join(blocks)


def mo(words: Words) -> bytes:
    """Return the compiled words: only what is translated, so that the rest falls back and says so."""
    pairs = {"": words.head}
    for text, said in words.said.items():
        if all(said):
            plural = words.plurals.get(text, "")
            pairs[f"{text}\0{plural}" if plural else text] = "\0".join(said)
    keys = sorted(pairs, key=lambda key: key.encode())
    ids = b"".join(key.encode() + b"\0" for key in keys)
    strings = b"".join(pairs[key].encode() + b"\0" for key in keys)
    start = 28 + 16 * len(keys)
    tables = [b"", b""]
    for which, texts, at in ((0, keys, start), (1, [pairs[key] for key in keys], start + len(ids))):
        for text in texts:
            size = len(text.encode())
            tables[which] += struct.pack("<2I", size, at)
            at += size + 1
    head = struct.pack("<7I", 0x950412DE, 0, len(keys), 28, 28 + 8 * len(keys), 0, 0)
    return head + tables[0] + tables[1] + ids + strings
