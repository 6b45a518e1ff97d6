# SPDX-License-Identifier: EUPL-1.2
"""What is held of the papers that a person sent, for the copy of that person's data."""

from collections.abc import Mapping, Sequence
from typing import Any

from siac.cases.public import PersonEntries
from siac.mailroom.access import visible_papers
from siac.organizations.public import Access

PART = "documentos_en_papel"


def papers_of(access: Access, entries: PersonEntries) -> Sequence[Mapping[str, Any]]:
    """Return the papers of a person that the holder of `access` may see, oldest first (1 SQL)."""
    return [
        {
            "numero": row.code,
            "recibido": row.received_at.isoformat(timespec="seconds"),
            "tipo": row.get_type_display(),
            "materia": row.summary,
        }
        for row in visible_papers(access).filter(sender__in=entries.ids).order_by("pk")
    ]
