# SPDX-License-Identifier: EUPL-1.2
"""The full check of a register before anything of it is loaded."""

from collections.abc import Callable, Generator, Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from siac.cases.imports.column_texts import sentence
from siac.cases.imports.reader import BadRow
from siac.cases.imports.registers import register_of
from siac.cases.imports.report import Report
from siac.cases.imports.working import CHECK, Progress, no_progress, run_here
from siac.cases.models import CHECKED, ImportBatch, StagedRow
from siac.catalogue.public import topics
from siac.infra.longwork import Step, TimeSource, finish
from siac.infra.tables.reading import Row

_BEFORE = {"done": 0, "total": 0, "rows_repeated": 0, "rows_rejected": 0, "reason": "", "report": {}}


def check_batch(
    *, batch: ImportBatch, rows: Iterator[Row], now: datetime, progress: Progress = no_progress
) -> ImportBatch:
    """Read every row of a batch in this process, count them and keep those with problems.

    Leaves the batch checked, or refused with its reason. Starting over is safe: what an earlier run kept is
    dropped.
    """
    return run_here(CHECK, batch, lambda row, clock: checking(row, clock, rows, progress), now=now)


def checking(
    batch: ImportBatch, clock: TimeSource, rows: Iterator[Row], progress: Progress = no_progress
) -> Generator[Step[ImportBatch], Any, None]:
    """Count every row of a batch and keep those with problems; nothing is loaded."""
    yield _clear
    register = register_of(batch)
    reader = register.open(batch, rows, clock())
    report = Report(topic.code for topic in topics(batch.institution).values())
    for block in reader.blocks():
        done = yield partial(_count, block=block, known=register.known)
        report.count(block)
        progress(done)
    yield partial(_close, report=report)


def _clear(batch: ImportBatch, now: datetime) -> None:
    StagedRow.objects.filter(batch=batch).delete()
    for name, value in _BEFORE.items():
        setattr(batch, name, value)
    batch.save(update_fields=list(_BEFORE))


def _count(
    batch: ImportBatch,
    now: datetime,
    *,
    block: Sequence[Any],
    known: Callable[[int, Sequence[str]], set[str]],
) -> int:
    bad = [row for row in block if isinstance(row, BadRow)]
    numbers = [row.original_number for row in block if not isinstance(row, BadRow)]
    StagedRow.objects.bulk_create(
        StagedRow(batch=batch, line=row.line, data=_cells(row), problems=[sentence(p) for p in row.problems])
        for row in bad
    )
    batch.done += len(block)
    batch.rows_rejected += len(bad)
    batch.rows_repeated += len(known(batch.institution_id, numbers))
    batch.save(update_fields=["done", "rows_rejected", "rows_repeated"])
    return batch.done


def _cells(row: BadRow) -> list[str]:
    return [cell.replace("\x00", "") for cell in row.cells]


def _close(batch: ImportBatch, now: datetime, *, report: Report) -> None:
    batch.total, batch.report = batch.done, report.stored()
    batch.save(update_fields=["total", "report"])
    finish(batch, now, into=CHECKED)
