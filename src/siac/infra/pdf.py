# SPDX-License-Identifier: EUPL-1.2
"""PDF papers of the body: tagged (PDF/UA-1) and made to last (PDF/A-2a; A-3a where files travel inside).

Each is made in a process of its own.

What people wrote travels as JSON and is printed as it is; it is never part of a template's source.
"""

import base64
import io
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import segno

SECONDS = 20.0
PAPER = ("ua-1", "a-2a")
"""What a paper claims to be."""
WITH_FILES = ("ua-1", "a-3a")
"""What a paper claims to be that carries files: PDF/A-3 is the one part of ISO
19005 that admits files of any format.
"""
_TEMPLATES = Path(__file__).parent / "typst"


class PdfUnavailable(Exception):
    """The PDF could not be made now; the page says so and keeps working without it."""


def render(
    template_name: str,
    data: Mapping[str, Any],
    files: Mapping[str, bytes] | None = None,
    *,
    standards: Sequence[str] = PAPER,
    seconds: float = SECONDS,
) -> bytes:
    """Return the PDF of `template_name` ("letter" or "receipt") filled with `data` (JSON values).

    `files` are pictures the data names (`{"qr": {"file": "qr.svg", "alt": …}}`); each needs a text for
    those who do not see it, else no accessible PDF can be made. `standards`: what the PDF claims to be.

    Raises:
        PdfUnavailable: the data do not fit the template, or it took longer than `seconds`.
        ValueError: there is no such template.
    """
    if not template_name.isidentifier() or not (_TEMPLATES / f"{template_name}.typ").is_file():
        raise ValueError(f"No template {template_name}.")
    order = {
        "template": template_name,
        "data": dict(data),
        "standards": list(standards),
        "files": {name: base64.b64encode(content).decode() for name, content in (files or {}).items()},
    }
    try:
        done = subprocess.run(
            [sys.executable, "-m", "siac.infra.typesetting"],
            input=json.dumps(order).encode(),
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise PdfUnavailable(f"Typesetting took more than {seconds} seconds.") from None
    except OSError as error:
        raise PdfUnavailable(f"Typesetting could not start: {error}") from None
    if done.returncode != 0 or not done.stdout.startswith(b"%PDF-"):
        raise PdfUnavailable(
            done.stderr.decode(errors="replace")[-500:].strip() or "Typesetting gave nothing."
        )
    return done.stdout


def qr_svg(content: str) -> bytes:
    """Return a QR code of `content` as SVG, to be passed in `files`."""
    made = io.BytesIO()
    segno.make(content, error="m", micro=False).save(made, kind="svg", border=2, xmldecl=False)
    return made.getvalue()
