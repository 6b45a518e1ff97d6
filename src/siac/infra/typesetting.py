# SPDX-License-Identifier: EUPL-1.2
"""The process that makes one PDF: JSON on standard input, PDF on standard output. Imports no Django.

Run as `python -m siac.infra.typesetting` by `siac.infra.pdf`, so that the compiler's memory goes with it.
"""

import base64
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import typst

from siac.infra.glyphs import Glyphs, blamed, breakable, without_rare

_SHARED = Path(__file__).parent / "typst"
_MAIN = "main.typ"
_TRIES = 8
"""A sign that draws alone may fail beside another; after so many of these every
rare sign is written as its code.
"""


def main() -> int:
    """Read {template (its file), data, files, standards} and write the PDF; on an error
    write one line to standard error.
    """
    order = json.load(sys.stdin.buffer)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)  # the compiler takes what is not text from a folder only
        for source in _SHARED.glob("*.typ"):
            (root / source.name).write_bytes(source.read_bytes())
        (root / _MAIN).write_bytes(Path(order["template"]).read_bytes())
        for name, content in order["files"].items():
            (root / Path(name).name).write_bytes(base64.b64decode(content))
        return _compile(root, order)


def _compile(root: Path, order: dict[str, Any]) -> int:
    try:
        made = _made(root, order)
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    sys.stdout.buffer.write(made)
    return 0


def _made(root: Path, order: dict[str, Any]) -> bytes:
    """Return the PDF; what no font can draw is written as its code, and a line at the foot says so."""
    glyphs = Glyphs.of(order["data"])
    for _ in range(_TRIES):
        try:
            return _compiled(root, order, glyphs.marked(order["data"]))
        except typst.TypstError as error:
            missing = blamed(str(error))
            if not missing:
                raise
            glyphs.missing.update(missing)
    return _compiled(root, order, without_rare(order["data"]))


def _compiled(root: Path, order: dict[str, Any], data: Any) -> bytes:
    made: bytes = typst.compile(
        str(root / _MAIN),
        root=str(root),
        sys_inputs={"data": json.dumps(breakable(data), ensure_ascii=False)},
        pdf_standards=order["standards"],
        ignore_system_fonts=True,
    )
    return made


if __name__ == "__main__":
    sys.exit(main())
