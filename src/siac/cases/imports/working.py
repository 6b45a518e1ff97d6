# SPDX-License-Identifier: EUPL-1.2
"""The three works of an import, each a job: its columns read, every row checked, the rows loaded."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction

from siac.cases.imports.column_texts import field_list
from siac.cases.models import REFUSED, ImportBatch, ImportStep
from siac.infra.jobs import ASKED, LONG
from siac.infra.longwork import Line, Steps, begin, run_long
from siac.kernel.errors import Refused
from siac.kernel.work_states import WorkState
from siac.ui.public import refusal_text

Progress = Callable[[int], None]


def no_progress(done: int) -> None:
    """Say nothing."""


def _line(step: ImportStep, job: str, queue: str = ASKED) -> Line[ImportBatch]:
    related = ("institution", "created_by")
    return Line(ImportBatch, job, "batch_id", queue=queue, related=related, only={"step": step.value})


HEAD = _line(ImportStep.HEAD, "cases.read_register_head")
CHECK = _line(ImportStep.CHECK, "cases.check_register")
LOAD = _line(ImportStep.LOAD, "cases.load_register", LONG)


def put_in_line(line: Line[ImportBatch], batch: ImportBatch, *, now: datetime, by_job: bool = True) -> None:
    """Put the next work of an import in line; the caller has the batch locked.

    Raises:
        Refused: a job has it, or it is loaded (import_not_ready).
    """
    batch.step, batch.done = line.only["step"], 0
    begin(line, batch, now=now, refusal="import_not_ready", also=("step", "done"), by_job=by_job)


def run_here(
    line: Line[ImportBatch], batch: ImportBatch, steps: Steps[ImportBatch], *, now: datetime
) -> ImportBatch:
    """Do a work of an import in this very process instead of a job, and read the batch anew."""
    with transaction.atomic():
        row = ImportBatch.objects.select_for_update().get(pk=batch.pk)
        if row.state != WorkState.WAITING or row.step != line.only["step"]:
            put_in_line(line, row, now=now, by_job=False)
    run_long(line, batch.pk, steps, clock=lambda: now, failed=say_why)
    institution = batch.institution
    batch.refresh_from_db()
    institution.refresh_from_db()  # new topics raise the version of the configuration
    batch.institution = institution
    return batch


def say_why(batch: ImportBatch, error: Exception, now: datetime) -> None:
    """Refuse a whole file, and keep why, where it was a refusal that ended its work."""
    if isinstance(error, Refused):
        batch.state, batch.reason, batch.fault = REFUSED, why(error)[:300], ""
        batch.save(update_fields=["state", "reason", "fault"])


def why(refused: Refused) -> str:
    """Return the Spanish sentence of a refusal, lists of fields and columns written out."""
    shown: dict[str, Any] = dict(refused.context)
    if "fields" in shown:
        shown["fields"] = field_list(shown["fields"])
    if "columns" in shown:
        shown["columns"] = ", ".join(f"«{name}»" for name in shown["columns"])
    return refusal_text(Refused(refused.code, **shown))
