# SPDX-License-Identifier: EUPL-1.2
"""What the page of a case shows of the paper that it came from."""

from collections.abc import Mapping
from typing import Any

from siac.cases.public import Case, CaseRight, Panel
from siac.mailroom.models import IncomingPaper
from siac.organizations.public import Access


def paper_panel(case: Case, access: Access | None) -> Mapping[str, Any] | None:
    """Return the paper that a case came from, for staff who may open it (no SQL: `case_for` brings it
    along).
    """
    if access is None or not access.has(CaseRight.FILE):
        return None
    paper: IncomingPaper | None = getattr(case, "paper", None)
    return {"paper": paper, "slug": access.institution.slug} if paper is not None else None


PANEL = Panel(title="Oficina de Partes", template="mailroom/_panel.html", context=paper_panel)
