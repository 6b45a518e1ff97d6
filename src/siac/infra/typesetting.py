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

_SOURCES = Path(__file__).parent / "typst"


def main() -> int:
    """Read {template, data, files, standards} and write the PDF; on an error write one line to standard error."""
    order = json.load(sys.stdin.buffer)
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)  # the compiler takes what is not text from a folder only
        for source in _SOURCES.glob("*.typ"):
            (root / source.name).write_bytes(source.read_bytes())
        for name, content in order["files"].items():
            (root / Path(name).name).write_bytes(base64.b64decode(content))
        return _compile(root, order)


def _compile(root: Path, order: dict[str, Any]) -> int:
    try:
        made = typst.compile(
            str(root / f"{order['template']}.typ"),
            root=str(root),
            sys_inputs={"data": json.dumps(order["data"], ensure_ascii=False)},
            pdf_standards=order["standards"],
            ignore_system_fonts=True,
        )
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
