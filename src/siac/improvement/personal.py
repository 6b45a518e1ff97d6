# SPDX-License-Identifier: EUPL-1.2
"""What plans of improvement hold of a person: that they were told of what their request led to."""

from collections.abc import Mapping, Sequence
from typing import Any

from siac.cases.public import PersonEntries, openable
from siac.improvement.models import Told
from siac.organizations.public import Access

PART = "mejoras"


def told_of(access: Access, entries: PersonEntries) -> Sequence[Mapping[str, Any]]:
    """Return what a person was told that was done because of their requests, of those that the holder of
    `access` may open, oldest first (2 SQL).
    """
    rows = Told.objects.filter(institution=access.institution, case__person__in=entries.ids)
    found = list(rows.select_related("case", "action").order_by("told_at", "pk"))
    seen = openable(access, [row.case_id for row in found])
    return [
        {
            "solicitud": row.case.folio,
            "que": row.get_state_display(),
            "texto": row.action.told_text,
            "cuando": row.told_at.isoformat(timespec="seconds"),
        }
        for row in found
        if row.case_id in seen
    ]
