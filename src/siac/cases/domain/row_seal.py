# SPDX-License-Identifier: EUPL-1.2
"""One digest over what a case is: each entry that changes a case says what its row is
since, so that no other change goes unseen.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from typing import Any

from siac.cases.domain.states import OPEN

COLUMNS = (
    "institution_id",
    "tracking_code",
    "kind_id",
    "kind_version",
    "state",
    "channel",
    "topic_id",
    "unit_id",
    "assignee_id",
    "person_id",
    "service_point_id",
    "filed_by_id",
    "filed_at",
    "answered_at",
    "answer_days",
    "closed_at",
    "contest_until",
    "legal_due_on",
    "outcome",
    "ending",
    "merged_into_id",
    "silence_certified_at",
    "cause_id",
    "reviews",
    "rating",
    "replied_at",
    "is_restricted",
    "erased_at",
    "batch_id",
    "original_number",
    "idempotency_key",
)
LATER = ("ground", "reserve_entry_id", "service_id", "language")
"""Columns that came after rows were first sealed: they change the digest only where they hold something."""
_AT_FIRST = 2
"""Those of them that rows were sealed with together; of what came after each counts where it is told."""
"""Columns of the row.

The folio has checks of its own; the days of open cases follow from their
clocks; the rest is somebody's reminder.
"""


def row_digest(values: Mapping[str, Any]) -> str:
    """Return 32 hexadecimal characters that stand for the columns of one case and nothing else."""
    is_open = values["state"] in OPEN
    # The legal day of an open case follows from its clocks, and moves with them.
    content = [None if is_open and name == "legal_due_on" else _plain(values[name]) for name in COLUMNS]
    later = [_plain(values.get(name) or "") for name in LATER]
    while len(later) > _AT_FIRST and not later[-1]:
        later.pop()
    if any(later):
        content.append(later)
    said = json.dumps(content, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


def content_text(parts: Iterable[Any]) -> str:
    """Return the one text that is sealed for several values that belong together."""
    return json.dumps(
        [_plain(part) for part in parts], separators=(",", ":"), ensure_ascii=False, sort_keys=True
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value
