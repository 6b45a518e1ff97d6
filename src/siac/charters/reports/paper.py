# SPDX-License-Identifier: EUPL-1.2
"""A report of a charter on paper, drawn from what it says."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from siac.charters.models import Charter
from siac.infra.pdf import Paper, render
from siac.ui.public import long_date

TEMPLATE = "charters/papers/report.typ"
SECONDS = 60.0
"""Sixty promises, each with twelve months, are many tables."""


def report_paper(charter: Charter, content: Mapping[str, Any], *, number: int, made_at: datetime) -> Paper:
    """Return the paper of what a report says. No SQL."""
    made_on = long_date(charter.institution.local_date(made_at))
    again = f", versión {number}" if number > 1 else ""
    return Paper(
        charter.institution,
        f"{content['title']} de «{charter.title}», {content['period']}{again}",
        {
            "heading": f"{content['title']}: {content['period']}{again}",
            "about": f"{content['charter']}. {content['days']}.",
            "basis": ". ".join(filter(None, (content["basis"], content["goes_to"]))),
            "verdict": content["verdict"],
            "sections": content["sections"],
            "made": f"Hecho el {made_on}. Los resultados son los de los períodos cerrados, que ya no "
            "cambian; hallazgos, medidas y lo que se pidió, como estaban ese día. No nombra a personas.",
        },
        unit=str(charter.responsible or ""),
    )


def report_pdf(charter: Charter, content: Mapping[str, Any], *, number: int, made_at: datetime) -> bytes:
    """Return the report as an accessible PDF.

    Raises:
        PdfUnavailable: it could not be typeset now.
    """
    return render(TEMPLATE, report_paper(charter, content, number=number, made_at=made_at), seconds=SECONDS)
