# SPDX-License-Identifier: EUPL-1.2
"""Files change their subject when a draft becomes what it was a draft of."""

from datetime import datetime
from typing import Any

from siac.infra.ready import rows
from siac.journal.public import NewEntry, record_many

_MOVE = """
UPDATE documents_attachment SET subject_type = %s, subject_id = %s
WHERE institution_id = %s AND subject_type = %s AND subject_id = %s AND erased_at IS NULL RETURNING id
"""


def move_attachments(
    institution_id: int,
    source: tuple[str, int],
    target: tuple[str, int],
    *,
    now: datetime,
    along: tuple[str, list[Any]] | None = None,
) -> int:
    """Give the living files of the subject `source` (type, id) to `target`; return
    how many (1 SQL, 3 where there are any).

    `along` is an UPDATE of the caller's own (text and values) that travels in the same statement: what the
    files leave is settled in the one moment in which they leave it.
    """
    beside, values = along or ("", [])
    moved = rows(
        f"WITH beside AS ({beside}) {_MOVE}" if beside else _MOVE,
        [*values, *target, institution_id, *source],
    )
    keys = sorted(pk for (pk,) in moved)
    data = {"of": target[0], "id": target[1]}
    record_many(institution_id, [NewEntry(f"file:{pk}", "documents.moved", data) for pk in keys], now)
    return len(keys)
