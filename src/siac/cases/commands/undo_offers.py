# SPDX-License-Identifier: EUPL-1.2
"""Noting what a case was before something is sent, so that it can be taken back for some seconds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from siac.accounts.public import User
from siac.cases.domain.clock_kinds import SUBJECT
from siac.cases.domain.states import Move
from siac.cases.models import Case, Undoable
from siac.clocks.public import remember
from siac.infra.rows import held
from siac.notices.public import Notice

UNDO_FOR = timedelta(seconds=15)
"""Notices that can be taken back wait so long before they go out."""
COLUMNS = (
    "state",
    "unit_id",
    "assignee_id",
    "outcome",
    "ground",
    "reserve_entry_id",
    "answered_at",
    "answer_days",
    "due_on",
    "legal_due_on",
    "contest_until",
)


@dataclass(frozen=True, slots=True)
class Before:
    """A locked case and its clocks as they were."""

    case: dict[str, Any]
    clocks: list[dict[str, Any]]


def as_it_is(case: Case) -> Before:
    """Return what a locked case is now, before it is changed (1 SQL)."""
    clocks = remember(institution_id=case.institution_id, subject_type=SUBJECT, subject_id=case.pk)
    return Before(held(case, COLUMNS), clocks)


def offer_undo(
    case: Case,
    move: Move,
    before: Before,
    *,
    message_id: int,
    notices: Sequence[Notice],
    submitted_at: datetime | None = None,
    actor: User,
    now: datetime,
) -> None:
    """Let `actor` take `move` back until the notices go out; what could be taken back before no
    longer can.

    `submitted_at`: since when the answer waited to be approved that the move called back.
    """
    Undoable.objects.update_or_create(
        case=case,
        defaults={
            "institution_id": case.institution_id,
            "move": move.value,
            "version": case.version,
            "until": now + UNDO_FOR,
            "actor": actor,
            "message_id": message_id,
            "notices": [notice.pk for notice in notices],
            "before": before.case,
            "clocks": before.clocks,
            "submitted_at": submitted_at,
        },
    )
