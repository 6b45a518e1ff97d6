# SPDX-License-Identifier: EUPL-1.2
"""The job that makes the file of a published table."""

import hashlib
from collections.abc import Generator
from datetime import date, datetime
from functools import partial
from typing import Any

from siac.indicators.public import data_state
from siac.infra.jobs import ASKED
from siac.infra.longwork import Line, Step, TimeSource, finish
from siac.infra.tables.rows import csv_bytes
from siac.kernel.errors import Refused
from siac.reporting.models import MADE, Dataset, DatasetFile
from siac.reporting.opendata.contents import Table, table_of

LINE = Line(
    DatasetFile, "reporting.dataset", "file_id", queue=ASKED, related=("institution", "dataset"),
    reads_apart=True,
)  # fmt: skip


def publishing(row: DatasetFile, clock: TimeSource) -> Generator[Step[DatasetFile], Any, None]:
    """Make the file of a table; once more where it was decided otherwise meanwhile.

    Raises:
        Refused: figures are still being counted (dataset_counting): what was published stays until the next
            night, rather than half of what there is.
    """
    if not data_state(row.institution)[1]:
        raise Refused("dataset_counting")
    is_kept = False
    while not is_kept:
        dataset = Dataset.objects.select_related("institution").get(pk=row.dataset_id)
        at = row.data_at or clock()
        table = table_of(dataset, today=dataset.institution.local_date(at))
        is_kept = yield partial(_keep, table=table, version=dataset.version, at=at)


def _keep(row: DatasetFile, now: datetime, *, table: Table, version: int, at: datetime) -> bool:
    """Write the file down, of the moment `at` until which it is whole, unless its decision is another one by
    now; who decides locks the row first.
    """
    dataset = Dataset.objects.get(pk=row.dataset_id)
    if dataset.version != version:
        return False
    write(row, table if dataset.is_published else Table((), (), ()), at)
    finish(row, now, into=MADE)
    return True


def write(row: DatasetFile, table: Table, now: datetime) -> None:
    """Have a file say what a table says; of one without columns nothing is kept (1 SQL)."""
    content = b"".join(csv_bytes([each.name for each in table.fields], map(_plain, table.rows)))
    row.content = content if table.fields else b""
    row.digest = hashlib.sha256(content).hexdigest() if table.fields else ""
    row.size = len(row.content)
    row.fields = [each.as_json() for each in table.fields]
    row.latest = [[str(cell) for cell in _plain(each)] for each in table.latest]
    row.rows = len(table.rows)
    row.first = min((each[0] for each in table.rows), default=None)
    row.last = max((each[1] for each in table.rows), default=None)
    row.made_at = now
    row.save(
        update_fields=["content", "digest", "size", "fields", "latest", "rows", "first", "last", "made_at"]
    )


def _plain(cells: tuple[Any, ...]) -> list[Any]:
    """Return cells as the file has them: days as ISO writes them, yes and no as Frictionless does."""
    return [_cell(each) for each in cells]


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else value
