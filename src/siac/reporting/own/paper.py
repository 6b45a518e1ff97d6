# SPDX-License-Identifier: EUPL-1.2
"""The paper of a report of one's own, drawn from what was frozen."""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from siac.infra.pdf import Paper, render
from siac.reporting.frozen.kinds import Content
from siac.reporting.models import FrozenReport
from siac.ui.public import long_date

TEMPLATE = "reporting/papers/own.typ"
SECONDS = 60.0
"""Twenty sections may each have a long table."""
MOST_ROWS = 60
"""So many rows of a table are printed; the copy on the screen has all."""
_APART = re.compile(r"\n\s*\n")


def report_paper(row: FrozenReport, content: Content, *, made_at: datetime) -> Paper:
    """Return the paper of a copy. No SQL."""
    zone = row.institution.zone
    local = made_at.astimezone(zone)
    until = content["data_time"] and datetime.fromisoformat(content["data_time"]).astimezone(zone)
    dated = f"Datos hasta el {long_date(until)}, {until:%H:%M}." if until else "Sin datos contados."
    if not content["is_complete"]:
        dated += " Se seguía contando lo anterior: las cifras podían cambiar."
    return Paper(
        row.institution,
        f"{content['title']}, {content['period']}",
        {
            "heading": content["title"],
            "dated": f"{content['days'].capitalize()}. {dated}",
            "intro": paragraphs_of(content["intro"]),
            "sections": [_printed(each) for each in content["sections"]],
            "made": f"Datos al {long_date(local)}, {local:%H:%M}: las cifras quedaron fijas en ese momento.",
        },
        unit=content["period"].capitalize(),
    )


def _printed(section: Mapping[str, Any]) -> dict[str, Any]:
    chart = section["chart"]
    if chart is not None:
        rows = chart["rows"]
        chart = {**chart, "rows": rows[:MOST_ROWS], "more": max(len(rows) - MOST_ROWS, 0)}
    # An empty heading would be printed as a dash: no paper may have one.
    return {
        **section,
        "called": section["heading"],
        "heading": None,
        "text": paragraphs_of(section["text"]),
        "chart": chart,
    }


def paragraphs_of(text: str) -> list[list[str]]:
    """Return the paragraphs of a text, each with its lines. No SQL."""
    text = text.replace("\r\n", "\n")
    return [each.strip().split("\n") for each in _APART.split(text) if each.strip()]


def report_pdf(row: FrozenReport, content: Content, made_at: datetime) -> bytes:
    """Return the copy as an accessible PDF.

    Raises:
        PdfUnavailable: it could not be typeset now.
    """
    return render(TEMPLATE, report_paper(row, content, made_at=made_at), seconds=SECONDS)
