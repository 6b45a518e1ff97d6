# SPDX-License-Identifier: EUPL-1.2
"""The life of an import around its check and its load: receiving the file,
choosing columns, starting jobs, tidying.
"""

import hashlib
import zipfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q

from siac.accounts.public import User
from siac.cases.imports.layouts import Layout
from siac.cases.imports.mappings import complete, mapping_of, save_mapping
from siac.cases.imports.opening import Head, Source, read_beginning, rows_of
from siac.cases.imports.reader import MOST_COLUMNS, read_head
from siac.cases.imports.registers import layout_of, named, register_of
from siac.cases.imports.working import CHECK, HEAD, LOAD, put_in_line
from siac.cases.models import CASES_REGISTER, CHECKED, REFUSED, UPLOADED, ImportBatch, ImportStep, StagedRow
from siac.documents.public import (
    Attachment,
    CheckedFile,
    ScanState,
    Visibility,
    attach,
    attachments_of,
    erase_attachments,
    living_files,
    open_file,
    safe_name,
)
from siac.infra.longwork import Line, Step, TimeSource, finish
from siac.infra.tables.reading import Row, is_workbook
from siac.journal.public import record
from siac.kernel.approvals import Approval, ApprovalStep, digest_of
from siac.kernel.errors import Refused
from siac.kernel.text import fold, squeeze
from siac.kernel.work_states import WorkState
from siac.organizations.public import Institution

SUBJECT = "import"
LARGEST = 100 * 1024 * 1024
_UNPACKED = 1024 * 1024 * 1024
KEPT_FOR = timedelta(days=30)
_OPEN = (UPLOADED, CHECKED, REFUSED, WorkState.FAILED)
"""In which its columns may be chosen, and the check begun."""
APPROVAL = Approval(
    after={
        **{(state, ApprovalStep.WRITE): state for state in _OPEN},
        (CHECKED, ApprovalStep.APPROVE): WorkState.WAITING,
        (WorkState.FAILED, ApprovalStep.RESUME): WorkState.WAITING,
    },
    closed=dict.fromkeys((ApprovalStep.WRITE, ApprovalStep.APPROVE, ApprovalStep.RESUME), "import_not_ready"),
)
"""How the load of an import is approved: by whoever may import, once its check was looked at."""


def check_digest(batch: ImportBatch) -> str:
    """Return the digest of what the page of a checked import shows: the file, how it is read, the columns and
    what the check counted.
    """
    counted = (batch.total, batch.rows_rejected, batch.rows_repeated)
    return digest_of(batch.sha256, batch.source, batch.mapping, batch.report, counted)


def receive_file(
    *,
    institution: Institution,
    upload: "File[bytes]",
    name: str,
    actor: User | None,
    now: datetime,
    register: str = CASES_REGISTER,
) -> ImportBatch:
    """Store an uploaded register of a sort and read its columns: a CSV at once, a workbook in a job.

    Raises:
        Refused: too large, not a table, no header, or empty.
    """
    size = upload.size
    if size > LARGEST:
        raise Refused("import_too_large", limit=LARGEST // 1024 // 1024)
    if not size:
        raise Refused("import_empty")
    workbook = _is_table(upload, name)
    head = None if workbook else read_beginning(upload)
    arrange = named(register).arrange
    headers, samples = ([], []) if workbook else read_head(arrange(rows_of(upload)))
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" if workbook else "text/csv"
    with transaction.atomic():
        batch = new_batch(
            institution=institution, file=upload, name=name, actor=actor, now=now, register=register
        )
        checked = CheckedFile(batch.name[:130], media, size, batch.sha256, ScanState.OFF, upload)
        attach(
            institution.pk, SUBJECT, batch.pk, [checked], actor_id=actor.pk if actor else None, now=now,
            visibility=Visibility.INTERNAL,
        )  # fmt: skip
        if workbook:
            put_in_line(HEAD, batch, now=now)
        elif head is not None:
            keep_head(batch, head, headers, samples)
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
    *,
    institution: Institution,
    file: "IO[bytes] | File[bytes]",
    name: str,
    actor: User | None,
    now: datetime,
    register: str = CASES_REGISTER,
) -> ImportBatch:
    """Register that a file is being brought in."""
    file.seek(0)
    digest = hashlib.sha256()
    while block := file.read(1024 * 1024):
        digest.update(block)
    file.seek(0)
    return ImportBatch.objects.create(
        institution=institution,
        register=register,
        name=safe_name(name)[:200],
        sha256=digest.hexdigest(),
        created_by=actor,
        created_at=now,
    )


def keep_head(batch: ImportBatch, head: Head, headers: list[str], samples: list[list[str]]) -> None:
    """Keep how a file begins and is read, its columns and first rows to choose by."""
    batch.source, batch.sheets = head.source.stored(), head.sheets
    batch.first_rows = [[row.line, _shown(row.cells)] for row in head.first]
    batch.headers, batch.samples = headers, [[cell.replace("\x00", "") for cell in row] for row in samples]
    batch.save(update_fields=["source", "sheets", "first_rows", "headers", "samples"])


def _shown(cells: list[str]) -> list[str]:
    return [cell.replace("\x00", "")[:100] for cell in cells[:MOST_COLUMNS]]


def heading(batch: ImportBatch, clock: TimeSource) -> Generator[Step[ImportBatch], Any, None]:
    """Read the columns of an uploaded workbook; one that cannot be read ends the batch with the reason."""
    with stored_file(batch) as file:
        head = read_beginning(file, Source.of(batch.source))
        read = read_head(register_of(batch).arrange(rows_of(file, head.source)))

    def keep(row: ImportBatch, now: datetime) -> None:
        keep_head(row, head, *read)
        finish(row, now, into=UPLOADED)

    yield keep


@transaction.atomic
def choose_source(*, batch: ImportBatch, source: Source, now: datetime) -> None:
    """Read a stored file anew with another sheet, header row or encoding; the columns are chosen again.

    Raises:
        Refused: the batch is being checked, loaded or over; or a text cannot be read like that.
    """
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    _move(locked, ApprovalStep.WRITE)
    StagedRow.objects.filter(batch=batch).delete()
    locked.source, locked.headers, locked.samples, locked.mapping = source.stored(), [], [], {}
    locked.state, locked.reason, locked.report = UPLOADED, "", {}
    locked.total = locked.rows_rejected = locked.rows_repeated = 0
    locked.save()
    if batch.sheets:
        put_in_line(HEAD, locked, now=now)
        return
    with stored_file(locked) as file:
        rows = register_of(locked).arrange(rows_of(file, source))
        keep_head(locked, read_beginning(file, source), *read_head(rows))


@contextmanager
def stored_rows(batch: ImportBatch) -> Iterator[Iterator[Row]]:
    """Open the stored file of a batch and give its rows; raises Refused as `stored_file` and `rows_of`."""
    with stored_file(batch) as file:
        yield register_of(batch).arrange(rows_of(file, Source.of(batch.source)))


def kept_file(batch: ImportBatch) -> Attachment | None:
    """Return the stored file of a batch (1 SQL); None once it was erased: what cannot be read any more is not
    offered.
    """
    found = attachments_of(batch.institution_id, SUBJECT, [batch.pk])[batch.pk]
    return next((row for row in reversed(found) if row.erased_at is None), None)


@contextmanager
def stored_file(batch: ImportBatch) -> Iterator[IO[bytes]]:
    """Open the stored file of a batch.

    Raises:
        Refused: the file is gone.
    """
    file = kept_file(batch)
    if file is None:
        raise Refused("import_file_gone")
    with open_file(file) as stored:
        yield stored


@transaction.atomic
def choose_layout(
    *, batch: ImportBatch, layout: Layout, now: datetime, updates: bool = False, without: bool = False
) -> None:
    """Keep the columns chosen for a batch, also for the next file of the same layout, and start the check.

    `updates`: rows that came in before bring their cases up to date. `without`: rows with a wrong
    document, mail or phone come in without it.

    Raises:
        Refused: a compulsory field has no column, or the batch is being checked, loaded or over.
    """
    register = register_of(batch)
    complete(layout, register.shape)
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    _move(locked, ApprovalStep.WRITE)
    locked.mapping = batch.mapping = mapping_of(layout, updates=updates, without=without)
    locked.reason, locked.total = "", 0
    locked.save(update_fields=["mapping", "reason", "total"])
    save_mapping(batch.institution, batch.headers, batch.mapping, name=batch.name, register=register.code)
    put_in_line(CHECK, locked, now=now)


@transaction.atomic
def give_meanings(*, batch: ImportBatch, meanings: Mapping[str, Mapping[str, str]], now: datetime) -> None:
    """Keep what the body says that unknown words mean, also for its next files, and check the register again.

    `meanings`: for each field, the word of the file and what stands for it here.

    Raises:
        Refused: the batch is being checked, loaded or over.
    """
    layout = layout_of(batch)
    for name, values in meanings.items():
        if name in layout:
            known = dict(layout[name].values) | {fold(squeeze(old)): new for old, new in values.items()}
            layout[name] = replace(layout[name], values=known)
    choose_layout(batch=batch, layout=layout, now=now, updates=batch.updates, without=batch.comes_without)


@transaction.atomic
def start_load(
    *,
    batch: ImportBatch,
    skip_rejected: bool,
    seen: str | None = None,
    actor: User | None = None,
    now: datetime,
) -> None:
    """Start loading a checked batch, or take up a load that broke off.

    It is loaded in the name of `actor`, who confirms it, and only while they may (None: of who brought it).
    `seen` is the `check_digest` of what was looked at; None does not ask.

    Raises:
        Refused: it is not checked (also where a check broke off), somebody chose other columns and checked it
            again since (approval_overtaken), or it has bad rows and `skip_rejected` was not asked for.
    """
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    if may_resume(locked):
        _move(locked, ApprovalStep.RESUME)
    else:
        said = locked.get_state_display()
        APPROVAL.approve(locked.state, stands=check_digest(locked), seen=seen, state=said)
    if locked.rows_rejected and not skip_rejected:
        raise Refused("import_has_rejected", count=locked.rows_rejected)
    locked.skip_rejected = skip_rejected
    if actor is not None:
        locked.created_by = actor
    locked.save(update_fields=["skip_rejected", "created_by"])
    put_in_line(LOAD, locked, now=now)


def may_resume(batch: ImportBatch) -> bool:
    """Return whether a load broke off that was begun with all checked; of a check that did, nobody saw
    what it says.
    """
    return batch.state == WorkState.FAILED and batch.step == ImportStep.LOAD


@transaction.atomic
def take_up(*, batch: ImportBatch, now: datetime) -> None:
    """Read the columns of a workbook, or check its rows, again where that broke off.

    Raises:
        Refused: neither broke off (import_not_ready).
    """
    locked = ImportBatch.objects.select_for_update().get(pk=batch.pk)
    line = broken_off(locked)
    if line is None:
        raise Refused("import_not_ready", state=locked.get_state_display())
    _move(locked, ApprovalStep.RESUME)
    put_in_line(line, locked, now=now)


def broken_off(batch: ImportBatch) -> Line[ImportBatch] | None:
    """Return the line of the reading or the check that broke off, to be done again as it was asked;
    None: neither did.
    """
    line = {line.only["step"]: line for line in (HEAD, CHECK)}.get(batch.step)
    return line if batch.state == WorkState.FAILED else None


def _move(batch: ImportBatch, step: ApprovalStep) -> None:
    """Refuse a step at the wrong moment; a job moves the batch on."""
    APPROVAL.move(batch.state, step, state=batch.get_state_display())


def drop_file(batch: ImportBatch, *, now: datetime) -> None:
    """Erase the stored file of a batch: what it held is in the register now."""
    found = attachments_of(batch.institution_id, SUBJECT, [batch.pk])[batch.pk]
    erase_attachments(batch.institution_id, [row.pk for row in found], now=now)


def one_load_at_a_time(batch: ImportBatch) -> None:
    """Have the loads into one body take turns until the transaction ends, so that a number can only be in one
    of them (1 SQL).
    """
    with connection.cursor() as cursor:
        key = batch.institution_id
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('cases.import', %s))", [key])


def close_load(
    batch: ImportBatch, *, read: int, loaded: int, updated: int = 0, rejected: int, now: datetime
) -> None:
    """Close a load whose rows are written: `read` could come in, of which `loaded` were new and `updated`
    changed what was there. The journal tells it, and its file goes (7 SQL).
    """
    rows = read + rejected
    data = {"rows": rows, "loaded": loaded, "updated": updated, "rejected": rejected, "file": batch.sha256}
    stream, actor_id = f"{SUBJECT}:{batch.pk}", batch.created_by_id
    record(batch.institution_id, stream, "cases.import_loaded", now, actor_id, data, new_stream=True)
    batch.total = batch.done = rows
    batch.rows_loaded, batch.rows_updated, batch.rows_rejected = loaded, updated, rejected
    batch.rows_repeated = read - loaded
    batch.samples, batch.first_rows = [], []
    batch.save()
    finish(batch, now)
    drop_file(batch, now=now)


def forget_old_batches(*, now: datetime) -> int:
    """Erase files, samples and rejected rows of imports older than thirty days; return how many were
    tidied. A workbook of which not even the columns could be read has a file all the same.
    """
    files = living_files(SUBJECT).filter(institution=OuterRef("institution"), subject_id=OuterRef("pk"))
    old = ImportBatch.objects.filter(~Q(headers=[]) | Exists(files), created_at__lte=now - KEPT_FOR)
    count = 0
    for batch in old.order_by("pk"):
        drop_file(batch, now=now)
        StagedRow.objects.filter(batch=batch).delete()
        ImportBatch.objects.filter(pk=batch.pk).update(headers=[], samples=[], first_rows=[])
        count += 1
    return count
