# SPDX-License-Identifier: EUPL-1.2
"""The process that makes one PDF: JSON on standard input, PDF on standard output. Imports no Django.

Run as `python -m siac.infra.typesetting` by `siac.infra.pdf`, so that the compiler's memory goes with it.
"""

import base64
import json
import sys
from pathlib import Path

import typst

_SOURCES = Path(__file__).parent / "typst"


def main() -> int:
    """Read {template, data, files} and write the PDF; on an error write one line to standard error."""
    order = json.load(sys.stdin.buffer)
    sources = {path.name: path.read_bytes() for path in _SOURCES.glob("*.typ")}
    sources["main.typ"] = sources.pop(f"{order['template']}.typ")
    for name, content in order["files"].items():
        sources[name] = base64.b64decode(content)
    try:
        made = typst.compile(  # type: ignore[call-overload]
            sources,
            sys_inputs={"data": json.dumps(order["data"], ensure_ascii=False)},
            pdf_standards=["ua-1", "a-2a"],
            ignore_system_fonts=True,
        )
    except Exception as error:
        sys.stderr.write(f"{type(error).__name__}: {error}\n")
        return 1
    sys.stdout.buffer.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
