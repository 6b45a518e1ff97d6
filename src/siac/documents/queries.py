# SPDX-License-Identifier: EUPL-1.2
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Collate

from siac.documents.domain.files import Code, Visibility
from siac.documents.models import Attachment
from siac.infra import ready
from siac.kernel.errors import Refused

_FILE = ready.ReadyRows(Attachment, "a")
_OF_SUBJECTS = f"""
SELECT {_FILE.columns} FROM documents_attachment a
JOIN unnest(%s::text[], %s::bigint[]) AS wanted (subject_type, subject_id)
  ON a.subject_type = wanted.subject_type AND a.subject_id = wanted.subject_id
WHERE a.institution_id = %s::bigint ORDER BY a.uploaded_at, a.id
"""  # noqa: S608 - names of our own columns


def attachments_of(
    institution_id: int, subject_type: str, subject_ids: Sequence[int], *, public_only: bool = False
) -> dict[int, list[Attachment]]:
    """Return the files of each subject, oldest first (1 SQL), tombstones of erased ones included."""
    ids = list(subject_ids)
    found: dict[int, list[Attachment]] = {pk: [] for pk in ids}
    for row in map(_FILE, ready.rows(_OF_SUBJECTS, [[subject_type] * len(ids), ids, institution_id])):
        if row.visibility == Visibility.PUBLIC or not public_only:
            found[row.subject_id or 0].append(row)
    return found


def attachments_of_several(
    institution_id: int, subjects: Mapping[str, Sequence[int]]
) -> dict[tuple[str, int], list[Attachment]]:
    """Return the files of subjects of several types by (type, id), oldest first (1 SQL), for staff."""
    pairs = [(subject_type, pk) for subject_type, ids in subjects.items() for pk in ids]
    values = [[subject_type for subject_type, _ in pairs], [pk for _, pk in pairs], institution_id]
    found: dict[tuple[str, int], list[Attachment]] = {}
    for row in map(_FILE, ready.rows(_OF_SUBJECTS, values)):
        found.setdefault((row.subject_type, row.subject_id or 0), []).append(row)
    return found


def carried(institution_id: int, subject_type: str, subject_id: int) -> tuple[int, int]:
    """Return how many living files a subject carries and their bytes together (1 SQL)."""
    rows = Attachment.objects.filter(
        institution_id=institution_id, subject_type=subject_type, subject_id=subject_id, erased_at=None
    )
    sums = rows.aggregate(count=Count("pk"), size=Sum("size"))
    return sums["count"], sums["size"] or 0


def living_files(subject_type: str) -> QuerySet[Attachment]:
    """Return the files of subjects of a type that are not erased, a condition for those. Lazy: no SQL."""
    return Attachment.objects.filter(subject_type=subject_type, erased_at=None)


def counting_files() -> QuerySet[Attachment]:
    """Return the files that are neither erased nor annulled, a condition for those who know which. Lazy: no
    SQL.
    """
    return Attachment.objects.filter(erased_at=None, annulled_on=None)


def attachment(institution_id: int, attachment_id: int) -> Attachment:
    """Return one file of a body (1 SQL).

    Raises:
        Refused: the body has no such file.
    """
    row = Attachment.objects.filter(institution_id=institution_id, pk=attachment_id).first()
    if row is None:
        raise Refused(Code.UNKNOWN)
    return row


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of the store as its row knows it: key, bytes, SHA-256 in hexadecimal."""

    key: str
    size: int
    sha256: str


def stored_files() -> list[StoredFile]:
    """Return every file of the installation that is not erased, of all bodies: for backups (1 SQL)."""
    rows = Attachment.objects.filter(erased_at=None).order_by("storage_key")
    return [StoredFile(*row) for row in rows.values_list("storage_key", "size", "sha256").iterator()]


def files_of_body(institution_id: int) -> Iterator[StoredFile]:
    """Yield the files of a body that are not erased, by the bytes of their keys, without holding them all
    (1 SQL)."""
    own = Attachment.objects.filter(institution_id=institution_id, erased_at=None)
    rows = own.order_by(Collate("storage_key", "C"))
    for row in rows.values_list("storage_key", "size", "sha256").iterator(chunk_size=2_000):
        yield StoredFile(*row)


def count_files(institution_id: int) -> int:
    """Return how many files of a body are not erased (1 SQL)."""
    return Attachment.objects.filter(institution_id=institution_id, erased_at=None).count()


def known_files(institution_id: int, keys: Sequence[str]) -> dict[str, StoredFile]:
    """Return, by their keys, the files that a body stores under these; not those it has no more (1 SQL)."""
    rows = Attachment.objects.filter(institution_id=institution_id, storage_key__in=keys, erased_at=None)
    return {row[0]: StoredFile(*row) for row in rows.values_list("storage_key", "size", "sha256")}


def is_erased(key: str) -> bool:
    """Return whether the file stored under `key` is erased by now, or was never handed in (1 SQL)."""
    return not Attachment.objects.filter(storage_key=key, erased_at=None).exists()
