# SPDX-License-Identifier: EUPL-1.2
"""The two pages of a summary, drawn from what was frozen."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from siac.infra.pdf import Paper, render
from siac.organizations.public import Institution
from siac.ui.public import long_date

TEMPLATE = "reporting/papers/summary.typ"


def summary_paper(institution: Institution, content: Mapping[str, Any], *, made_at: datetime) -> Paper:
    """Return the paper of a summary. No SQL."""
    local = made_at.astimezone(institution.zone)
    until = content["data_time"] and datetime.fromisoformat(content["data_time"]).astimezone(institution.zone)
    dated = f"Datos hasta el {long_date(until)}, {until:%H:%M}." if until else "Sin datos contados."
    if not content["is_complete"]:
        dated += " Se seguía contando lo anterior: las cifras podían cambiar."
    return Paper(
        institution,
        f"Resumen ejecutivo, {content['period']}",
        {
            **content,
            "heading": f"Resumen ejecutivo: {content['period']}",
            "dated": f"{content['days'].capitalize()}; antes: {content['compared']}. {dated}",
            "made": f"Datos al {long_date(local)}, {local:%H:%M}: las cifras quedaron fijas en ese momento.",
        },
        unit="Para la dirección",
    )


def summary_pdf(institution: Institution, content: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return the summary as an accessible PDF.

    Raises:
        PdfUnavailable: it could not be typeset now.
    """
    return render(TEMPLATE, summary_paper(institution, content, made_at=made_at))
