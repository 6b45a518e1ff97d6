# SPDX-License-Identifier: EUPL-1.2
"""The full check of a register before anything of it is loaded."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from siac.cases.domain.layouts import parse_layout
from siac.cases.import_texts import field_list, sentence
from siac.cases.imports.reader import BadRow, ReadCase, RegisterReader, known_numbers
from siac.cases.imports.report import Report
from siac.cases.models import BatchState, ImportBatch, StagedRow
from siac.catalogue.public import topics
from siac.infra.tables.reading import Row
from siac.kernel.errors import Refused
from siac.ui.public import refusal_text

Progress = Callable[[int], None]


def no_progress(done: int) -> None:
    """Say nothing."""


def check_batch(
    *, batch: ImportBatch, rows: Iterator[Row], now: datetime, progress: Progress = no_progress
) -> ImportBatch:
    """Read every row of a batch, count them and keep those with problems; nothing becomes a case.

    Leaves the batch checked, or refused with its reason. Starting over is safe:
    what an earlier run kept is dropped.
    """
    StagedRow.objects.filter(batch=batch).delete()
    _update(
        batch,
        state=BatchState.CHECKING,
        rows_done=0,
        rows_total=0,
        rows_repeated=0,
        rows_rejected=0,
        reason="",
        report={},
    )
    try:
        reader = RegisterReader(
            batch.institution, parse_layout(batch.mapping), rows, now=now, without=batch.comes_without
        )
        report = Report(topic.code for topic in topics(batch.institution).values())
        for block in reader.blocks():
            _count(batch, block)
            report.count(block)
            progress(batch.rows_done)
    except Refused as refused:
        return refuse_batch(batch, why(refused), now=now)
    _update(batch, state=BatchState.CHECKED, rows_total=batch.rows_done, report=report.stored())
    return batch


def _count(batch: ImportBatch, block: list[ReadCase | BadRow]) -> None:
    bad = [row for row in block if isinstance(row, BadRow)]
    numbers = [row.old.original_number for row in block if isinstance(row, ReadCase)]
    repeated = known_numbers(batch.institution_id, numbers)
    with transaction.atomic():
        StagedRow.objects.bulk_create(
            StagedRow(
                batch=batch, line=row.line, data=_cells(row), problems=[sentence(p) for p in row.problems]
            )
            for row in bad
        )
        _update(
            batch,
            rows_done=batch.rows_done + len(block),
            rows_rejected=batch.rows_rejected + len(bad),
            rows_repeated=batch.rows_repeated + len(repeated),
        )


def _cells(row: BadRow) -> list[str]:
    return [cell.replace("\x00", "") for cell in row.cells]


def refuse_batch(batch: ImportBatch, reason: str, *, now: datetime) -> ImportBatch:
    """End a batch without loading anything, and say why."""
    _update(batch, state=BatchState.REFUSED, reason=reason[:300], finished_at=now)
    return batch


def why(refused: Refused) -> str:
    """Return the Spanish sentence of a refusal, lists of fields and columns written out."""
    shown: dict[str, Any] = dict(refused.context)
    if "fields" in shown:
        shown["fields"] = field_list(shown["fields"])
    if "columns" in shown:
        shown["columns"] = ", ".join(f"«{name}»" for name in shown["columns"])
    return refusal_text(Refused(refused.code, **shown))


def _update(batch: ImportBatch, **values: Any) -> None:
    for name, value in values.items():
        setattr(batch, name, value)
    ImportBatch.objects.filter(pk=batch.pk).update(**values)
