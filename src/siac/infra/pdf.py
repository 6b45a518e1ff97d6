# SPDX-License-Identifier: EUPL-1.2
"""PDF papers of the body: tagged (PDF/UA-1) and made to last (PDF/A-2a; A-3a where files travel inside).

Each is made in a process of its own. Its template lies beside the feature, as those of pages do, and shares
`base.typ`.

What people wrote travels as JSON and is printed as it is; it is never part of a template's source.
"""

import base64
import io
import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import segno
from django.template.utils import get_app_template_dirs

from siac.infra.undisturbed import undisturbed

SECONDS = 20.0
PAPER = ("ua-1", "a-2a")
"""What a paper claims to be."""
WITH_FILES = ("ua-1", "a-3a")
"""What a paper claims to be that carries files: PDF/A-3 is the one part of ISO
19005 that admits files of any format.
"""


class Body(Protocol):
    """What a paper says of the body whose it is; `stamp` is said on every page if its cases are invented."""

    @property
    def name(self) -> str: ...
    @property
    def brand_colour(self) -> str: ...
    @property
    def stamp(self) -> str: ...
    @property
    def address(self) -> str: ...
    @property
    def phone(self) -> str: ...
    @property
    def email(self) -> str: ...


@dataclass(frozen=True)
class Paper:
    """One paper of a body: head and foot are made here; `content` (JSON values) is what its template asks.

    `files` are pictures that the content names (`{"qr": {"file": "qr.svg", "alt": …}}`); each needs a text
    for those who do not see it, else no accessible PDF can be made. `unit` stands beside the name of the
    body, `draft` on each page of what is none yet, `footer` in place of how to reach the body, `signed` on
    each page what it says of its signature. `standards`: what the PDF claims to be.
    """

    institution: Body
    title: str
    content: Mapping[str, Any]
    files: Mapping[str, bytes] = field(default_factory=dict)
    unit: str = ""
    draft: str = ""
    footer: str = ""
    signed: str = ""
    language: str = "es"
    standards: Sequence[str] = PAPER

    @property
    def data(self) -> dict[str, Any]:
        """What the template reads."""
        body = self.institution
        return {
            "title": self.title,
            "institution": body.name,
            "colour": body.brand_colour,
            "stamp": body.stamp,
            "footer": self.footer or " · ".join(filter(None, (body.address, body.phone, body.email))),
            "unit": self.unit,
            "draft": self.draft,
            "signed": self.signed,
            "lang": self.language,
            **self.content,
        }


class PdfUnavailable(Exception):
    """The PDF could not be made now; the page says so and keeps working without it."""


def render(template: str, paper: Paper, *, seconds: float = SECONDS) -> bytes:
    """Return the PDF of `paper` by its template, "cases/papers/letter.typ" (in `templates` of some context).

    Raises:
        PdfUnavailable: the content does not fit the template, or it took longer than `seconds`.
        ValueError: there is no such template.
    """
    order = {
        "template": str(_source(template)),
        "data": paper.data,
        "standards": list(paper.standards),
        "files": {name: base64.b64encode(content).decode() for name, content in paper.files.items()},
    }
    try:
        with undisturbed():
            child = subprocess.Popen(
                [sys.executable, "-m", "siac.infra.typesetting"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            )  # fmt: skip
    except OSError as error:
        raise PdfUnavailable(f"Typesetting could not start: {error}") from None
    with child:
        try:
            made, said = child.communicate(json.dumps(order).encode(), timeout=seconds)
        except subprocess.TimeoutExpired:
            child.kill()
            raise PdfUnavailable(f"Typesetting took more than {seconds} seconds.") from None
        except BaseException:
            child.kill()
            raise
    if child.returncode != 0 or not made.startswith(b"%PDF-"):
        raise PdfUnavailable(said.decode(errors="replace")[-500:].strip() or "Typesetting gave nothing.")
    return made


def _source(template: str) -> Path:
    """Return the file of a template, wherever its context lies.

    Raises:
        ValueError: there is none of that name.
    """
    named = Path(template)
    if named.suffix == ".typ" and not named.is_absolute() and ".." not in named.parts:
        for folder in get_app_template_dirs("templates"):
            if (Path(folder) / named).is_file():
                return Path(folder) / named
    raise ValueError(f"No template {template}.")


def qr_svg(content: str) -> bytes:
    """Return a QR code of `content` as SVG that fills whatever room it is given, on a page or in `files`."""
    made = io.BytesIO()
    code = segno.make(content, error="m", micro=False)
    code.save(made, kind="svg", border=2, xmldecl=False, omitsize=True)
    return made.getvalue()
