# SPDX-License-Identifier: EUPL-1.2
"""The cover of a pack of evidence."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from siac.infra.pdf import Paper, render
from siac.programme.models import Pack
from siac.programme.queries import Requirement, Shown
from siac.ui.public import long_date

MOST_LISTED = 12
"""Rows of a proof that the cover lists; its file has them all."""


def cover_paper(
    made: Pack,
    row: Requirement,
    shown: Sequence[Shown],
    documents: Sequence[str],
    acts: Sequence[Mapping[str, Any]],
    *,
    now: datetime,
) -> bytes:
    """Return the cover of a pack (PDF): what the requirement asks, what shows it, how to check it. No SQL.

    Raises:
        PdfUnavailable: it cannot be made now.
    """
    programme, body = made.programme, made.institution
    local, record = now.astimezone(body.zone), row.task.record
    heading = f"Expediente {made.revision}: {row.plan.text}"
    content: dict[str, Any] = {
        "heading": heading,
        "programme": f"{programme.guide.title}, {programme.year}",
        "facts": [
            ["Etapa", f"{row.phase.plan.code}. {row.phase.plan.name} ({row.phase.words})"],
            ["Medio de verificación", row.plan.document or "Sin decir"],
            ["Responsable", row.plan.who or "Sin decir"],
            ["Estado", "Hecho" if row.task.is_done else "Por hacer"],
            ["Hecho el", f"{long_date(local.date())}, {local:%H:%M}"],
        ],
        "note": record.note if record else "",
        "proofs": [
            {
                "title": each.title, "query": each.told.query, "count": each.told.count,
                "rows": [
                    [item.text, long_date(item.on) if item.on else "—"]
                    for item in each.told.rows[:MOST_LISTED]
                ],
                "more": max(0, each.told.count - MOST_LISTED),
            }
            for each in shown
        ],
        "documents": list(documents),
        "acts": [f"{each['acto'] or each['que']} ({each['quien']})" for each in acts],
        "inputs": made.inputs,
    }  # fmt: skip
    return render("programme/papers/cover.typ", Paper(body, heading, content))
