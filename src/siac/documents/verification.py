# SPDX-License-Identifier: EUPL-1.2
"""What `siac verify` checks of files: each row and its bytes against what the journal sealed of them."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from django.core.files.storage import Storage
from django.db import connection

from siac.documents.commands.attaching import text_of
from siac.documents.models import Attachment
from siac.documents.storage import files as file_store
from siac.infra.retrying import StoreAway
from siac.journal.public import check_seal

_CHUNK = 500
_BLOCK = 1 << 20
_GONE = """
SELECT e.stream FROM journal_journalentry e
WHERE e.institution_id = %s AND e.kind = 'documents.stored' AND e.seq = 1
  AND NOT EXISTS (SELECT FROM documents_attachment a WHERE a.institution_id = e.institution_id
    AND 'file:' || a.id = e.stream)
ORDER BY e.id
"""
_ENTRIES = """
SELECT stream, kind, data FROM journal_journalentry WHERE institution_id = %s AND stream = ANY (%s)
  ORDER BY stream, seq
"""


def file_problems(institution_id: int) -> Iterator[str]:
    """Yield a Spanish sentence for each file whose row, or whose bytes in the store, are
    not what was sealed; every byte is read.
    """
    store = file_store()
    for row, problem in _each(institution_id):
        found = problem or _bytes_problem(row, store)
        if found:
            yield f"{row.stream}: {found}"
    yield from _gone(institution_id)


def file_row_problems(institution_id: int) -> Iterator[str]:
    """Yield a Spanish sentence for each file whose row is not what was sealed; the store is not asked."""
    for row, problem in _each(institution_id):
        if problem:
            yield f"{row.stream}: {problem}"
    yield from _gone(institution_id)


def _gone(institution_id: int) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(_GONE, [institution_id])
        for (stream,) in cursor.fetchall():
            yield f"{stream}: la bitácora dice que se guardó, y el archivo ya no está en el registro."


def _each(institution_id: int) -> Iterator[tuple[Attachment, str]]:
    last = 0
    while rows := list(
        Attachment.objects.filter(institution_id=institution_id, pk__gt=last).order_by("pk")[:_CHUNK]
    ):
        last = rows[-1].pk
        told = _told(institution_id, [row.stream for row in rows])
        for row in rows:
            yield row, _row_problem(row, told.get(row.stream, []))


def _told(institution_id: int, streams: list[str]) -> dict[str, list[tuple[str, dict[str, Any]]]]:
    found: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [institution_id, streams])
        for stream, kind, data in cursor.fetchall():
            found.setdefault(stream, []).append((kind, json.loads(data)))
    return found


def _row_problem(row: Attachment, entries: list[tuple[str, dict[str, Any]]]) -> str:
    if not entries:
        return "está en el registro, y la bitácora no dice que se haya guardado."
    subjects = [(data["of"], data["id"]) for _, data in entries if "of" in data]
    if (row.subject_type, row.subject_id) not in subjects[-1:]:
        return "no pertenece a lo que dice la bitácora."
    if (row.erased_at is not None) != any(kind == "documents.erased" for kind, _ in entries):
        return "la bitácora no dice lo mismo sobre su borrado."
    days = [data["on"] for kind, data in entries if kind == "documents.annulled"]
    if days[-1:] != ([row.annulled_on.isoformat()] if row.annulled_on else []):
        return "la bitácora no dice lo mismo sobre su anulación."
    seal = next((data["seal"] for _, data in entries if "seal" in data), "")
    if row.erased_at is None and not check_seal(text_of(row), seal, row.salt):
        return "sus datos no son los que se sellaron."
    return ""


def _bytes_problem(row: Attachment, store: Storage) -> str:
    if row.erased_at is not None:
        return ""
    digest = hashlib.sha256()
    try:
        with store.open(row.storage_key) as stored:
            while block := stored.read(_BLOCK):
                digest.update(block)
    except StoreAway:
        raise  # nothing is known of any file
    except OSError:
        return "su contenido no se puede leer."
    return "" if digest.hexdigest() == row.sha256 else "su contenido no es el que se guardó."
