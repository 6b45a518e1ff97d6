# SPDX-License-Identifier: EUPL-1.2
"""The policy on paper: cover, contents, every section, both matrices on pages of their own."""

from datetime import date
from typing import Any

from siac.infra.pdf import Paper, render
from siac.organizations.public import Institution
from siac.policy.domain.blocks import Block
from siac.policy.domain.matrices import Grid
from siac.policy.domain.states import EditionState, Phase
from siac.policy.models import PolicyEdition
from siac.policy.progress import Asking
from siac.policy.queries import sections_of
from siac.policy.reading import RowTold, SectionTold, read
from siac.policy.texts import PHASES
from siac.ui.public import long_date


def policy_paper(institution: Institution, edition: PolicyEdition, today: date, *, signed: str = "") -> bytes:
    """Return an edition on paper (PDF, 3 SQL and what the sources of progress cost for everybody); one that
    is not approved says so on each page. One that gets an electronic signature says what `signed` says of
    it, and nothing of progress nor whether it is in force: that is of the day on which it was asked.

    Raises:
        PdfUnavailable: it cannot be made now.
    """
    told = read(edition, sections_of(edition), Asking(institution, today), with_progress=not signed)
    is_approved = edition.state == EditionState.APPROVED
    content: dict[str, Any] = {
        "heading": edition.title,
        "edition": f"Edición {edition.number}",
        "draft_words": "" if is_approved else "Esta edición todavía no está aprobada.",
        "facts": _facts(edition, today, with_state=not signed),
        "approvals": [
            [each["council"], f"Sesión {each['sitting']}", long_date(date.fromisoformat(each["on"]))]
            for each in edition.approvals
        ],
        "digest": edition.digest,
        "sections": [_section(each) for each in told if not each.is_empty],
    }
    draft = "" if is_approved else "Borrador"
    paper = Paper(institution, edition.title, content, draft=draft, signed=signed)
    return render("policy/papers/policy.typ", paper)


def _facts(edition: PolicyEdition, today: date, *, with_state: bool) -> list[list[str]]:
    phase = edition.phase(today)
    until = edition.valid_to if phase is Phase.SUPERSEDED else None
    rows = [
        ["Estado", PHASES[phase][0] if with_state else ""],
        ["Elaborada por", edition.author],
        ["Validada por", edition.validator],
        ["Rige desde", long_date(edition.valid_from) if edition.valid_from else ""],
        ["Rigió hasta", long_date(until) if until and with_state else ""],
        ["Se revisa antes del", long_date(edition.review_by) if edition.review_by else ""],
        ["Acto que la aprueba", edition.act],
        ["Fuente", edition.source],
    ]
    return [row for row in rows if row[1]]


def _section(told: SectionTold) -> dict[str, Any]:
    sort = "rows"
    if told.grid is not None:
        sort = "matrix"
    elif told.section.groups_by:
        sort = "tables"
    elif told.code == "participation":
        sort = "participation"
    return {
        "title": f"{told.number}. {told.title}",
        "blocks": [_block(each) for each in told.blocks],
        "sort": sort,
        "headers": told.headers,
        "tables": [{"title": title, "rows": [_row(row) for row in rows]} for title, rows in told.tables],
        "columns": [name for _, name, _ in told.grid.columns] if told.grid else [],
        "widths": _widths(told.grid) if told.grid else [],
        "thing": told.section.thing,
        "lines": [
            {"name": line.name, "cells": list(line.cells), "linked": line.is_linked}
            for line in (told.grid.lines if told.grid else ())
        ],
        "loose": ", ".join(told.grid.loose_columns) if told.grid else "",
    }


def _widths(drawn: Grid) -> list[float]:
    """Return how wide each column of a matrix is: the more it says the wider, up to twice the narrowest."""
    said = [sum(len(line.cells[place]) for line in drawn.lines) for place in range(len(drawn.columns))]
    most = max([*said, 1])
    return [round(1 + count / most, 2) for count in said]


def _block(block: Block) -> dict[str, Any]:
    return {"sort": block.sort, "text": block.text, "items": list(block.items)}


def _row(row: RowTold) -> dict[str, Any]:
    return {
        "name": row.name,
        "says": [line.strip() for line in row.says.splitlines() if line.strip()],
        "cells": [[cell.label, cell.words] for cell in row.cells],
        "instruments": [each.name for each in row.instruments],
        "progress": [f"{each.name}: {each.words}" for each in row.progress],
    }
