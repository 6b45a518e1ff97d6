# SPDX-License-Identifier: EUPL-1.2
"""Files change their subject when a draft becomes what it was a draft of."""

from siac.documents.models import Attachment


def move_attachments(institution_id: int, source: tuple[str, int], target: tuple[str, int]) -> int:
    """Give the living files of the subject `source` (type, id) to `target`; return how many (1 SQL)."""
    rows = Attachment.objects.filter(
        institution_id=institution_id, subject_type=source[0], subject_id=source[1], erased_at=None
    )
    return rows.update(subject_type=target[0], subject_id=target[1])
