# SPDX-License-Identifier: EUPL-1.2
"""Storing checked files, erasing, and tidying the store."""

import logging
import secrets
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from django.core.files.storage import Storage
from django.db import transaction

from siac.documents.domain.files import Visibility
from siac.documents.domain.sealing import sealed_text
from siac.documents.inspection import CheckedFile
from siac.documents.models import Attachment
from siac.documents.storage import files as file_store
from siac.infra.limits import elsewhere
from siac.infra.retrying import StoreAway
from siac.journal.public import NewEntry, record_many, seal

log = logging.getLogger(__name__)
_ORPHAN_AFTER = timedelta(hours=24)
_BATCH = 500


def put_away(files: Sequence[CheckedFile], *, now: datetime) -> list[CheckedFile]:
    """Bring the bytes of checked files into the store, before whoever attaches them locks anything: a bucket
    may keep silent for some twenty seconds. What is never attached is deleted a day later (`remove_orphans`).
    No SQL.

    Raises:
        StoreAway: the store cannot take them now.
    """
    store, kept = file_store(), []
    for file in files:
        file.file.seek(0)
        with elsewhere():
            key = store.save(f"{now.astimezone(UTC):%Y-%m}/{secrets.token_hex(20)}", file.file)
        kept.append(replace(file, key=key))
    return kept


def attach(
    institution_id: int,
    subject_type: str,
    subject_id: int | None,
    files: Sequence[CheckedFile],
    *,
    actor_id: int | None,
    now: datetime,
    visibility: Visibility = Visibility.PUBLIC,
) -> list[Attachment]:
    """Store files that passed `check_uploads`, unless they were put away before, and keep their rows, sealed
    in the journal (2 SQL), in the caller's transaction.

    Files are on disk before the rows are written: a transaction that fails leaves at most a file without a
    row, which `remove_orphans` deletes a day later.
    """
    if not files:
        return []
    rows = []
    for file in files:
        key = file.key or put_away([file], now=now)[0].key
        rows.append(
            Attachment(
                institution_id=institution_id,
                subject_type=subject_type,
                subject_id=subject_id,
                name=file.name,
                media_type=file.media_type,
                size=file.size,
                sha256=file.sha256,
                storage_key=key,
                visibility=visibility,
                scan_state=file.scan_state,
                uploaded_by_id=actor_id,
                uploaded_at=now,
            )
        )
    seals = [seal(text_of(row)) for row in rows]
    for row, sealed in zip(rows, seals, strict=True):
        row.salt = sealed.salt
    stored = Attachment.objects.bulk_create(rows)
    entries = [
        NewEntry(
            row.stream,
            "documents.stored",
            {"of": row.subject_type, "id": row.subject_id, "seal": sealed.digest},
            actor_id,
        )
        for row, sealed in zip(stored, seals, strict=True)
    ]
    record_many(institution_id, entries, now, new_streams=True)
    return stored


def text_of(row: Attachment) -> str:
    """Return what the journal seals of a file."""
    return sealed_text(
        sha256=row.sha256,
        size=row.size,
        name=row.name,
        media_type=row.media_type,
        storage_key=row.storage_key,
        visibility=row.visibility,
        by=row.uploaded_by_id,
        at=row.uploaded_at,
    )


def erase_attachments(institution_id: int, ids: Sequence[int], *, now: datetime) -> int:
    """Erase files and their names; the rows stay as tombstones, the bytes go with the next tidying.

    Three SQL queries.
    """
    if not ids:
        return 0
    with transaction.atomic(savepoint=False):
        rows = Attachment.objects.filter(institution_id=institution_id, pk__in=list(ids), erased_at=None)
        keys = list(rows.order_by("pk").select_for_update().values_list("pk", flat=True))
        entries = [NewEntry(f"file:{pk}", "documents.erased") for pk in keys]
        Attachment.objects.filter(pk__in=keys).update(erased_at=now, name="", salt="")
        record_many(institution_id, entries, now)
    return len(keys)


def annul_attachment(
    institution_id: int, attachment_id: int, *, on: date, actor_id: int | None, now: datetime
) -> None:
    """Say of a file that it does not count any more from the day `on` of its body; it stays, and is listed
    with that day (1 SQL, and those of the journal where it is there).
    """
    rows = Attachment.objects.filter(institution_id=institution_id, pk=attachment_id, erased_at=None)
    if rows.update(annulled_on=on):
        entry = NewEntry(f"file:{attachment_id}", "documents.annulled", {"on": on.isoformat()}, actor_id)
        record_many(institution_id, [entry], now)


def remove_orphans(now: datetime) -> int:
    """Delete stored files that no living row names: erased ones, and those a day old without a row."""
    store, removed, batch = file_store(), 0, []
    for key in _stored_keys(store):
        batch.append(key)
        if len(batch) == _BATCH:
            removed += _remove(store, batch, now)
            batch = []
    return removed + _remove(store, batch, now)


def _stored_keys(store: Storage) -> Iterator[str]:
    try:
        months, _ = store.listdir("")
    except FileNotFoundError:
        return
    for month in months:
        yield from (f"{month}/{name}" for name in store.listdir(month)[1])


def _remove(store: Storage, keys: list[str], now: datetime) -> int:
    rows = Attachment.objects.filter(storage_key__in=keys).values_list("storage_key", "erased_at")
    known = dict(rows)
    doomed = [
        key
        for key in keys
        if (known[key] is not None if key in known else store.get_modified_time(key) < now - _ORPHAN_AFTER)
    ]
    gone = 0
    for key in doomed:
        try:
            store.delete(key)
            gone += 1
        except StoreAway:
            raise  # so are all others; the job is done again
        except OSError:
            log.exception("a stored file could not be deleted; it is tried again tomorrow")
    return gone
