# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Mapping, Sequence

from django.db.models import Count, Q, Sum

from siac.documents.domain.files import Code, Visibility
from siac.documents.models import Attachment
from siac.kernel.errors import Refused


def attachments_of(
    institution_id: int, subject_type: str, subject_ids: Sequence[int], *, public_only: bool = False
) -> dict[int, list[Attachment]]:
    """Return the files of each subject, oldest first (1 SQL), tombstones of erased ones included."""
    rows = Attachment.objects.filter(
        institution_id=institution_id, subject_type=subject_type, subject_id__in=list(subject_ids)
    )
    if public_only:
        rows = rows.filter(visibility=Visibility.PUBLIC)
    found: dict[int, list[Attachment]] = {pk: [] for pk in subject_ids}
    for row in rows.order_by("uploaded_at", "pk"):
        found[row.subject_id or 0].append(row)
    return found


def attachments_of_several(
    institution_id: int, subjects: Mapping[str, Sequence[int]]
) -> dict[tuple[str, int], list[Attachment]]:
    """Return the files of subjects of several types by (type, id), oldest first (1 SQL), for staff."""
    wanted = Q(pk__in=[])
    for subject_type, ids in subjects.items():
        wanted |= Q(subject_type=subject_type, subject_id__in=list(ids))
    found: dict[tuple[str, int], list[Attachment]] = {}
    for row in Attachment.objects.filter(wanted, institution_id=institution_id).order_by("uploaded_at", "pk"):
        found.setdefault((row.subject_type, row.subject_id or 0), []).append(row)
    return found


def carried(institution_id: int, subject_type: str, subject_id: int) -> tuple[int, int]:
    """Return how many living files a subject carries and their bytes together (1 SQL)."""
    rows = Attachment.objects.filter(
        institution_id=institution_id, subject_type=subject_type, subject_id=subject_id, erased_at=None
    )
    sums = rows.aggregate(count=Count("pk"), size=Sum("size"))
    return sums["count"], sums["size"] or 0


def attachment(institution_id: int, attachment_id: int) -> Attachment:
    """Return one file of a body (1 SQL).

    Raises:
        Refused: the body has no such file.
    """
    row = Attachment.objects.filter(institution_id=institution_id, pk=attachment_id).first()
    if row is None:
        raise Refused(Code.UNKNOWN)
    return row
