# SPDX-License-Identifier: EUPL-1.2
"""The rows of a checked register become cases: all of them, or none.

First every row is read, worded for search and sealed into a table that only this connection sees; that
takes the time, and holds nothing. Then one transaction writes people, texts, journal and clocks, and
only at its end takes the block of folios and inserts the cases: filing goes on meanwhile, and a
process killed anywhere leaves nothing behind.
"""

import json
from collections.abc import Generator, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection

from siac.cases.commands.filing import SUBJECT_LIMIT
from siac.cases.domain.numbers import new_tracking_code
from siac.cases.domain.states import State
from siac.cases.imports.batches import drop_file
from siac.cases.imports.layouts import parse_layout
from siac.cases.imports.old_rows import OldCase
from siac.cases.imports.reader import BadRow, ReadCase, RegisterReader, known_numbers
from siac.cases.imports.updating import differs, known_cases, update_case
from siac.cases.imports.working import LOAD, Progress, no_progress, run_here
from siac.cases.imports.writing import (
    STAGE,
    insert_cases,
    insert_texts,
    write_clocks,
    write_journal,
    write_people,
)
from siac.cases.locking import lock_cases
from siac.cases.models import Case, ImportBatch
from siac.cases.series import FOLIOS
from siac.catalogue.public import ensure_topics, topics
from siac.infra.longwork import Step, TimeSource, finish, tell
from siac.infra.search import search_tokens
from siac.infra.tables.reading import Row
from siac.journal.public import record, seal
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze
from siac.kernel.work_states import WorkState
from siac.organizations.public import Institution

_COLUMNS = (
    "place",
    "case_id",
    "original_number",
    "tracking_code",
    "kind_id",
    "state",
    "channel",
    "topic_id",
    "unit_id",
    "assignee_id",
    "filed_at",
    "answered_at",
    "answer_days",
    "closed_at",
    "due_on",
    "is_restricted",
    "subject",
    "body",
    "spot",
    "salt",
    "digest",
    "tokens",
    "person",
)
_COUNTED = ("rows_loaded", "rows_repeated", "rows_rejected", "rows_updated")


@dataclass(slots=True)
class _Counts:
    done: int = 0
    staged: int = 0
    repeated: int = 0
    later: list[ReadCase] = field(default_factory=list)
    """Rows that say more than an insert holds, or something newer of a case that is here already."""
    rejected: int = 0


def load_batch(
    *, batch: ImportBatch, rows: Iterator[Row], now: datetime, progress: Progress = no_progress
) -> ImportBatch:
    """Load a batch in this process; one that is loaded stays as it is.

    Leaves it loaded, or refused with its reason and nothing written.
    """
    if batch.state == WorkState.DONE:
        return batch
    return run_here(LOAD, batch, lambda row, clock: loading(row, clock, rows, progress), now=now)


def loading(
    batch: ImportBatch, clock: TimeSource, rows: Iterator[Row], progress: Progress = no_progress
) -> Generator[Step[ImportBatch], Any, None]:
    """Load a batch; rows the register holds already are counted and left out.

    `batch.skip_rejected` leaves bad rows out; else one bad row refuses the file. Running again
    after a crash starts over.
    """
    counts = _Counts()
    tell(batch, clock(), done=0)
    try:
        _make_stage()
        _stage_rows(batch, rows, counts, clock, progress=progress)
        if counts.rejected and not batch.skip_rejected:
            raise Refused("import_has_rejected", count=counts.rejected)
        yield partial(_write, counts=counts)
    finally:
        _drop_stage()


def _make_stage() -> None:
    _drop_stage()
    with connection.cursor() as cursor:
        cursor.execute(STAGE)


def _drop_stage() -> None:
    if connection.needs_rollback:
        return  # whoever holds the broken transaction rolls the table back with it
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.import_stage")


def _stage_rows(
    batch: ImportBatch, rows: Iterator[Row], counts: _Counts, clock: TimeSource, *, progress: Progress
) -> None:
    now = clock()
    reader = RegisterReader(
        batch.institution, parse_layout(batch.mapping), rows, now=now, without=batch.comes_without
    )
    for block in reader.blocks():
        good = [row for row in block if isinstance(row, ReadCase)]
        known = known_numbers(batch.institution_id, [row.old.original_number for row in good])
        fresh = [row for row in good if row.old.original_number not in known]
        counts.later += [row for row in fresh if row.old.outcome or row.old.answer]
        if batch.updates and known:
            held = known_cases(batch.institution_id, list(known))
            old = [row for row in good if row.old.original_number in held]
            counts.later += [row for row in old if differs(row, held[row.old.original_number])]
        counts.done += len(block)
        counts.repeated += len(known)
        counts.rejected += sum(isinstance(row, BadRow) for row in block)
        if not counts.rejected or batch.skip_rejected:
            _stage(batch, fresh, counts, now=now)
        tell(batch, clock(), done=counts.done)
        progress(counts.done)


def _stage(batch: ImportBatch, rows: Sequence[ReadCase], counts: _Counts, *, now: datetime) -> None:
    if not rows:
        return
    institution = batch.institution
    names = {row.old.topic for row in rows if row.old.topic}
    topic_ids = (
        ensure_topics(institution=institution, names=names, actor=batch.created_by, now=now) if names else {}
    )
    institution.refresh_from_db()  # new topics raise the version of the configuration
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('cases_case', 'id')) FROM generate_series(1, %s)",
            [len(rows)],
        )
        ids = [row[0] for row in cursor.fetchall()]
        values = []
        for row, case_id in zip(rows, ids, strict=True):
            counts.staged += 1
            values.append(_staged(institution, row, topic_ids, counts.staged, case_id))
        # Nothing else may use the connection while it copies.
        with cursor.copy(f"COPY pg_temp.import_stage ({', '.join(_COLUMNS)}) FROM STDIN") as copy:
            for staged in values:
                copy.write_row(staged)


def _staged(
    institution: Institution, row: ReadCase, topic_ids: dict[str, int], place: int, case_id: int
) -> tuple[Any, ...]:
    """Return the values of a row in the order of `_COLUMNS`."""
    old = row.old
    topic_id = topic_ids.get(old.topic)
    topic = topics(institution).get(topic_id) if topic_id else None
    unit_id = row.unit_id or (topic.unit_id if topic else None) or row.kind.unit_id
    subject = _subject(old)
    sealed = seal(old.body)
    return (
        place,
        case_id,
        old.original_number,
        new_tracking_code(),
        row.kind.pk,
        _state(old, unit_id),
        old.channel,
        topic_id,
        unit_id,
        row.officer_id if unit_id or old.state != "open" else None,
        old.filed_at,
        old.answered_at,
        row.answer_days,
        old.closed_at,
        row.due_on,
        old.is_restricted or row.kind.is_restricted,
        subject,
        old.body,
        old.place,
        sealed.salt,
        sealed.digest,
        search_tokens(f"{subject} {old.body} {old.place}"),
        json.dumps(asdict(row.person)) if row.person else None,
    )


def _subject(old: OldCase) -> str:
    text = old.subject or squeeze(old.body)
    if len(text) <= SUBJECT_LIMIT:
        return text
    return text[: SUBJECT_LIMIT - 1].rsplit(" ", 1)[0] + "…"


def _state(old: OldCase, unit_id: int | None) -> str:
    """Return the state here: what was answered comes in closed, for its window
    to contest is not opened again.
    """
    if old.state != "open":
        return State.CLOSED
    return State.WITH_UNIT if unit_id else State.RECEIVED


def _write(batch: ImportBatch, now: datetime, *, counts: _Counts) -> None:
    """Write everything in one step: known cases are locked first, the counter of folios last."""
    institution = batch.institution
    with connection.cursor() as cursor:
        # Two loads into one body take turns, so that a number can only be in one of them.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('cases.import', %s))", [institution.pk])
        cursor.execute(
            "DELETE FROM pg_temp.import_stage s USING cases_case c"
            " WHERE c.institution_id = %s AND c.original_number "
            "= s.original_number AND c.original_number <> ''",
            [institution.pk],
        )
        late = cursor.rowcount
        cursor.execute("ANALYZE pg_temp.import_stage")
    known = _lock_known(institution, counts.later)
    fresh = counts.staged - late
    write_people(institution, counts.staged, now=now)
    insert_texts(institution)
    write_clocks(institution, counts.staged)
    write_journal(batch, counts.staged, now=now)
    news = [row for row in counts.later if batch.updates and row.old.original_number in known]
    updated = sum(update_case(batch, row, now=now) for row in news)
    batch_data = {
        "rows": counts.done,
        "loaded": fresh,
        "repeated": counts.repeated + late,
        "rejected": counts.rejected,
    }
    record(
        institution.pk, f"import:{batch.pk}", "cases.import_loaded", now, batch.created_by_id,
        {**batch_data, "file": batch.sha256}, new_stream=True,
    )  # fmt: skip
    batch.total = batch.done = counts.done
    batch.rows_loaded, batch.rows_repeated = fresh, counts.repeated + late
    batch.rows_rejected, batch.rows_updated = counts.rejected, updated
    batch.samples, batch.first_rows = [], []
    batch.save(update_fields=["total", "done", "samples", "first_rows", *_COUNTED])
    finish(batch, now)
    drop_file(batch, now=now)
    if fresh:
        year = institution.local_date(now).year
        insert_cases(batch, year=year, first=FOLIOS.take(institution.pk, year, fresh))
    for row in counts.later:
        if row.old.original_number not in known:
            update_case(batch, row, now=now)  # what came in just now: an insert does not hold all it says


def _lock_known(institution: Institution, rows: Sequence[ReadCase]) -> set[str]:
    """Lock the cases that were here before this load, and return their original numbers (2 SQL)."""
    numbers = [row.old.original_number for row in rows]
    if not numbers:
        return set()
    here = Case.objects.filter(institution=institution, original_number__in=numbers)
    lock_cases(here.values_list("pk", flat=True))
    return set(here.values_list("original_number", flat=True))
