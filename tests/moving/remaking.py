# SPDX-License-Identifier: EUPL-1.2
"""A file of an exported body written anew by whoever has its key, with something in it changed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from siac.config.moving.package import ERASURES, FILE, HEAD, MANIFEST, TABLE, PackageWriter, parts_of

Change = Callable[[str, bytes], bytes | None]
"""Of the name and the bytes of a part: other bytes; None leaves it out."""


def remade(
    source: Path, key: bytes, target: Path, change: Change, names: dict[str, str] | None = None
) -> Path:
    """Write `source` anew; sums are those of what is written, so that only the change is wrong with it."""
    with source.open("rb") as opened, target.open("wb") as sink:
        package = PackageWriter(sink, key)
        for part in parts_of(opened, key):
            data = change(part.name, b"".join(part.blocks))
            name = (names or {}).get(part.name, part.name)
            if data is None:
                continue
            if name == MANIFEST:
                told: dict[str, Any] = json.loads(data)
                package.close(**{each: told[each] for each in ("missing", "root", "entries")})
            elif name.startswith(TABLE):
                package.put_table(name.removeprefix(TABLE), [data])
            elif name.startswith(FILE):
                package.put_file(name.removeprefix(FILE), [data])
            elif name == ERASURES:
                package.put_erasures([data])
            else:
                assert name == HEAD
                package.put(name, [data])
    return target


def with_cell(table: str, place: int, value: bytes, row: int = 0) -> Change:
    """Return the change that writes `value` into a column of a row of a table."""

    def change(name: str, data: bytes) -> bytes:
        if name != TABLE + table:
            return data
        lines = data.split(b"\n")
        cells = lines[row].split(b"\t")
        cells[place] = value
        return b"\n".join([*lines[:row], b"\t".join(cells), *lines[row + 1 :]])

    return change
