# SPDX-License-Identifier: EUPL-1.2
"""Files change their subject when a draft becomes what it was a draft of."""

from typing import Any

from django.db import connection

_MOVE = """
UPDATE documents_attachment SET subject_type = %s, subject_id = %s
WHERE institution_id = %s AND subject_type = %s AND subject_id = %s AND erased_at IS NULL
"""


def move_attachments(
    institution_id: int,
    source: tuple[str, int],
    target: tuple[str, int],
    *,
    along: tuple[str, list[Any]] | None = None,
) -> int:
    """Give the living files of the subject `source` (type, id) to `target`; return how many (1 SQL).

    `along` is an UPDATE of the caller's own (text and values) that travels in the same statement: what the files leave
    is settled in the one moment in which they leave it.
    """
    beside, values = along or ("", [])
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH beside AS ({beside}) {_MOVE}" if beside else _MOVE,
            [*values, *target, institution_id, *source],
        )
        return int(cursor.rowcount)
