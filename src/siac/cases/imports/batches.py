# SPDX-License-Identifier: EUPL-1.2
"""The life of an import around its check and its load: receiving the file, choosing columns, starting jobs, tidying."""

import hashlib
import tomllib
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from importlib import resources
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.db import transaction
from procrastinate.contrib.django import app

from siac.accounts.public import User
from siac.cases.domain.layouts import (
    FIELDS,
    REQUIRED,
    Layout,
    headers_digest,
    parse_layout,
    store_layout,
    suggest,
)
from siac.cases.imports.checking import refuse_batch, why
from siac.cases.imports.reader import read_head, rows_of
from siac.cases.imports.reading import Row, is_workbook
from siac.cases.models import BatchState, ImportBatch, SavedMapping, StagedRow
from siac.cases.queries import kinds
from siac.documents.public import (
    CheckedFile,
    ScanState,
    Visibility,
    attach,
    attachments_of,
    erase_attachments,
    open_file,
    safe_name,
)
from siac.kernel.errors import Refused
from siac.organizations.public import Institution

SUBJECT = "import"
LARGEST = 100 * 1024 * 1024
_UNPACKED = 1024 * 1024 * 1024
KEPT_FOR = timedelta(days=30)
PEEK, CHECK, LOAD = "cases.read_register_head", "cases.check_register", "cases.load_register"


def receive_file(
    *, institution: Institution, upload: "File[bytes]", name: str, actor: User | None, now: datetime
) -> ImportBatch:
    """Store an uploaded register and read its columns: a CSV at once, a workbook in a job.

    Raises:
        Refused: too large, not a table, no header, or empty.
    """
    size = upload.size
    if size > LARGEST:
        raise Refused("import_too_large", limit=LARGEST // 1024 // 1024)
    if not size:
        raise Refused("import_empty")
    workbook = _is_table(upload, name)
    headers, samples = ([], []) if workbook else read_head(rows_of(upload))
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" if workbook else "text/csv"
    with transaction.atomic():
        batch = new_batch(institution=institution, file=upload, name=name, actor=actor, now=now)
        checked = CheckedFile(batch.name[:130], media, size, batch.sha256, ScanState.OFF, upload)
        attach(
            institution.pk, SUBJECT, batch.pk, [checked], actor_id=actor.pk if actor else None, now=now,
            visibility=Visibility.INTERNAL,
        )  # fmt: skip
        if workbook:
            app.configure_task(PEEK).defer(batch_id=batch.pk)
        else:
            keep_head(batch, headers, samples)
    return batch


def _is_table(file: "File[bytes]", name: str) -> bool:
    """Return whether the file is a workbook (else it is a CSV); refuse what is neither, and bombs."""
    file.seek(0)
    head = file.read(4)
    if is_workbook(head):
        _check_bomb(file)
        return True
    if b"\x00\x00" in head or Path(name).suffix.lower() not in {".csv", ".txt", ".tsv", ""}:
        raise Refused("import_not_a_table")
    return False


def _check_bomb(file: "File[bytes]") -> None:
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile as error:
        raise Refused("import_bad_workbook") from error
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise Refused("import_not_a_table")
    if sum(entry.file_size for entry in entries) > _UNPACKED:
        raise Refused("import_bomb")


def new_batch(
    *, institution: Institution, file: "IO[bytes] | File[bytes]", name: str, actor: User | None, now: datetime
) -> ImportBatch:
    """Register that a file is being brought in."""
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(1024 * 1024):
        digest.update(block)
    file.seek(0)
    return ImportBatch.objects.create(
        institution=institution,
        name=safe_name(name)[:200],
        sha256=digest.hexdigest(),
        created_by=actor,
        created_at=now,
    )


def keep_head(batch: ImportBatch, headers: list[str], samples: list[list[str]]) -> None:
    """Keep the columns and first rows of a batch to choose by."""
    batch.headers, batch.samples = headers, [[cell.replace("\x00", "") for cell in row] for row in samples]
    batch.save(update_fields=["headers", "samples"])


def peek(*, batch: ImportBatch, now: datetime) -> None:
    """Read the head of a stored workbook; a file that cannot be read ends the batch with the reason."""
    try:
        with stored_rows(batch) as rows:
            keep_head(batch, *read_head(rows))
    except Refused as refused:
        refuse_batch(batch, why(refused), now=now)


@contextmanager
def stored_rows(batch: ImportBatch) -> Iterator[Iterator[Row]]:
    """Open the stored file of a batch and give its rows.

    Raises:
        Refused: the file is gone.
    """
    found = attachments_of(batch.institution_id, SUBJECT, [batch.pk])[batch.pk]
    living = [row for row in found if row.erased_at is None]
    if not living:
        raise Refused("import_file_gone")
    with open_file(living[-1]) as stored:
        yield rows_of(stored)


def layout_for(institution: Institution, headers: list[str], samples: list[list[str]]) -> Layout:
    """Return the layout saved for these columns, else what their names give away (possibly incomplete)."""
    saved = SavedMapping.objects.filter(
        institution=institution, headers_digest=headers_digest(headers)
    ).last()
    if saved is not None:
        try:
            return parse_layout(saved.mapping)
        except Refused:
            pass  # saved by an earlier version; the names of the columns are asked again
    active = [kind.code for kind in kinds(institution).values() if kind.is_active]
    return suggest(headers, samples, kind=active[0] if len(active) == 1 else "")


def complete(layout: Layout) -> Layout:
    """Return `layout` if every compulsory field is told.

    Raises:
        Refused: the fields that lack a column (import_fields_missing).
    """
    missing = [name for name in FIELDS if name in REQUIRED and name not in layout]
    if missing:
        raise Refused("import_fields_missing", fields=missing)
    return layout


@transaction.atomic
def choose_layout(*, batch: ImportBatch, layout: Layout, updates: bool = False) -> None:
    """Keep the columns chosen for a batch, also for the next file of the same layout, and start the check.

    `updates`: rows that came in before bring their cases up to date.

    Raises:
        Refused: a compulsory field has no column, or the batch is being checked, loaded or over.
    """
    complete(layout)
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    _require(locked, BatchState.UPLOADED, BatchState.CHECKED, BatchState.REFUSED, BatchState.FAILED)
    batch.mapping, batch.state = (
        store_layout(layout) | ({"updates": True} if updates else {}),
        BatchState.CHECKING,
    )
    ImportBatch.objects.filter(pk=batch.pk).update(
        mapping=batch.mapping, state=batch.state, rows_done=0, reason="", finished_at=None
    )
    save_layout(batch.institution, batch.headers, layout, name=batch.name, updates=updates)
    app.configure_task(CHECK, lock=f"import:{batch.pk}").defer(batch_id=batch.pk)


def updates_saved(institution: Institution, headers: list[str]) -> bool:
    """Return whether the layout saved for these columns brings known cases up to date (1 SQL)."""
    saved = SavedMapping.objects.filter(
        institution=institution, headers_digest=headers_digest(headers)
    ).last()
    return saved is not None and bool(saved.mapping.get("updates"))


def save_layout(
    institution: Institution, headers: list[str], layout: Layout, *, name: str, updates: bool = False
) -> None:
    """Keep a layout for the next file with these columns."""
    digest = headers_digest(headers)
    mapping = store_layout(layout) | ({"updates": True} if updates else {})
    if not SavedMapping.objects.filter(institution=institution, headers_digest=digest).update(
        mapping=mapping
    ):
        SavedMapping.objects.create(
            institution=institution, name=f"{name[:80]} {digest[:12]}", headers_digest=digest, mapping=mapping
        )


@transaction.atomic
def start_load(*, batch: ImportBatch, skip_rejected: bool) -> None:
    """Start loading a checked batch.

    Raises:
        Refused: it is not checked, or has bad rows and `skip_rejected` was not asked for.
    """
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    _require(locked, BatchState.CHECKED, BatchState.FAILED)
    if locked.rows_rejected and not skip_rejected:
        raise Refused("import_has_rejected", count=locked.rows_rejected)
    ImportBatch.objects.filter(pk=batch.pk).update(
        state=BatchState.LOADING, skip_rejected=skip_rejected, rows_done=0
    )
    app.configure_task(LOAD, lock=f"import:{batch.pk}").defer(batch_id=batch.pk)


def _require(batch: ImportBatch, *states: BatchState) -> None:
    if batch.state not in states:
        raise Refused("import_not_ready", state=BatchState(batch.state).label)


def drop_file(batch: ImportBatch, *, now: datetime) -> None:
    """Erase the stored file of a batch: what it held is in the register now."""
    found = attachments_of(batch.institution_id, SUBJECT, [batch.pk])[batch.pk]
    erase_attachments(batch.institution_id, [row.pk for row in found], now=now)


def forget_old_batches(*, now: datetime) -> int:
    """Erase files, samples and rejected rows of imports older than thirty days; return how many were tidied."""
    old = ImportBatch.objects.filter(created_at__lte=now - KEPT_FOR).exclude(headers=[])
    count = 0
    for batch in old.order_by("pk"):
        drop_file(batch, now=now)
        StagedRow.objects.filter(batch=batch).delete()
        ImportBatch.objects.filter(pk=batch.pk).update(headers=[], samples=[])
        count += 1
    return count


def read_mapping(name: str) -> dict[str, Any]:
    """Return the mapping of a TOML file, or of a layout that the product ships (`pamplona_quejas`).

    Raises:
        OSError, tomllib.TOMLDecodeError: there is no such file, or it is no TOML.
    """
    path = Path(name)
    if path.is_file():
        return tomllib.loads(path.read_text(encoding="utf-8"))
    shipped = resources.files("siac.cases.mappings") / f"{path.stem}.toml"
    if not shipped.is_file():
        raise FileNotFoundError(name)
    return tomllib.loads(shipped.read_text(encoding="utf-8"))
