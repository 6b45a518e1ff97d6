# SPDX-License-Identifier: EUPL-1.2
"""A poster or leaflet as an accessible PDF: its words, what it is of, and a code that leads there."""

from typing import Any

from siac.infra.pdf import Paper, qr_svg, render
from siac.outreach.models import Material, MaterialKind
from siac.servicepoints.public import hours_words
from siac.ui.public import long_date

TEMPLATES = {
    MaterialKind.POSTER: "outreach/papers/poster.typ",
    MaterialKind.LEAFLET: "outreach/papers/leaflet.typ",
}


def material_pdf(row: Material, url: str) -> bytes:
    """Return a material, with its edition and place read, as a PDF; `url` is where its code leads. No SQL.

    Raises:
        PdfUnavailable: it could not be typeset now.
    """
    content: dict[str, Any] = {
        "heading": row.headline,
        "paragraphs": [each.strip() for each in row.body.splitlines() if each.strip()],
        "of": _of(row),
        "facts": _facts(row),
        "closing": _closing(row),
        "qr_words": "Más información",
        "qr_alt": f"Código QR que lleva a {url}",
        "url": url,
    }
    paper = Paper(row.institution, row.headline, content, files={"qr.svg": qr_svg(url)})
    return render(TEMPLATES[MaterialKind(row.kind)], paper)


def _of(row: Material) -> str:
    if row.edition is not None:
        return row.edition.charter.title
    return row.point.name if row.point else ""


def _facts(row: Material) -> list[list[str]]:
    if row.point is None:
        return []
    told = [
        ["Dirección", row.point.address],
        ["Horario", hours_words(row.point)],
        ["Teléfono", row.point.phone],
    ]
    return [each for each in told if each[1]]


def _closing(row: Material) -> str:
    zone = row.institution.zone
    made = f"Hecho el {long_date(row.made_at.astimezone(zone).date())}"
    if row.edition is None or row.edition.valid_from is None:
        return f"{made}."
    return f"Edición {row.edition.number}, vigente desde el {long_date(row.edition.valid_from)}. {made}."
