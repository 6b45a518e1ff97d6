# SPDX-License-Identifier: EUPL-1.2
"""The paper of a letter, drawn from what was frozen."""

from datetime import datetime

from siac.infra.pdf import Paper, render
from siac.reporting.frozen.kinds import Content
from siac.reporting.models import FrozenReport
from siac.ui.public import long_date

TEMPLATE = "reporting/papers/letter.typ"


def letter_pdf(row: FrozenReport, content: Content, made_at: datetime) -> bytes:
    """Return a letter as an accessible PDF.

    Raises:
        PdfUnavailable: it could not be typeset now.
    """
    return render(TEMPLATE, letter_paper(row, content, made_at=made_at))


def letter_paper(row: FrozenReport, content: Content, *, made_at: datetime) -> Paper:
    """Return the paper of a letter. No SQL."""
    local = made_at.astimezone(row.institution.zone)
    return Paper(
        row.institution,
        f"{content['title']}, {content['period']}",
        {
            **content,
            "heading": f"{content['title']}, {content['period']}",
            "dated": f"{content['days'].capitalize()}. Las cifras son las publicadas.",
            "greeting": _paragraphs(content["greeting"]),
            "closing": _paragraphs(content["closing"]),
            "made": f"Preparada el {long_date(local)}. Vale desde que la autoridad la aprueba y se publica.",
        },
        unit="Rendición de cuentas",
    )


def _paragraphs(text: str) -> list[str]:
    return [each.strip() for each in text.split("\n") if each.strip()]
