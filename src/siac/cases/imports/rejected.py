# SPDX-License-Identifier: EUPL-1.2
"""The rows that could not come in, as a file to mend and send again."""

from collections.abc import Iterator
from typing import Any

from siac.cases.models import ImportBatch, StagedRow
from siac.kernel.cells import safe


def rejected_lines(batch: ImportBatch) -> Iterator[list[Any]]:
    """Yield the header and the bad rows of a batch, each with its line and reasons first."""
    yield ["Línea", "Motivo", *(safe(name) for name in batch.headers)]
    for row in StagedRow.objects.filter(batch=batch).order_by("line").iterator(chunk_size=1000):
        yield [row.line, " ".join(row.problems), *(safe(cell) for cell in row.data)]
