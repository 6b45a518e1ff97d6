# SPDX-License-Identifier: EUPL-1.2
"""Appeals against what was answered."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from siac.cases.models import Appeal, Case
from siac.cases.surroundings.reading import Fragment, around
from siac.organizations.public import Access

FRAGMENTS = (
    Fragment(
        "appeals",
        """ARRAY(SELECT jsonb_build_object('pk', a.id, 'authority', a.authority, 'reference', a.reference,
          'state', a.state, 'result', a.result, 'due_on', a.due_on)
        FROM cases_appeal a WHERE a.case_id = cases_case.id ORDER BY a.id)""",
    ),
)


@dataclass(frozen=True, slots=True)
class ShownAppeal:
    """An appeal as the page of its case names it."""

    pk: int
    authority: str
    reference: str
    state: str
    result: str
    due_on: date

    @property
    def words(self) -> str:
        """Where it stands, in Spanish."""
        return str(Appeal.Result(self.result).label if self.result else Appeal.State(self.state).label)


def appeals_of(case: Case) -> list[ShownAppeal]:
    """Return the appeals against what was answered, the oldest first; no SQL after `read_whole`."""
    rows = around(case)["appeals"]
    return [ShownAppeal(**{**row, "due_on": date.fromisoformat(row["due_on"])}) for row in rows]


def appeals_part(access: Access, case: Case, now: datetime) -> Mapping[str, Any]:
    """Return what the page of a case shows of its appeals; no SQL after `read_whole`."""
    return {"appeals": appeals_of(case)}
