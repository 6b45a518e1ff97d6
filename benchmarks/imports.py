# SPDX-License-Identifier: EUPL-1.2
"""How fast an earlier register comes in: the check of every row, then the load,
as `siac import cases` does them.
"""

import csv
import io
import time
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.timezone import now

from benchmarks.fill import texts
from siac.cases.imports.batches import new_batch
from siac.cases.imports.checking import check_batch
from siac.cases.imports.layouts import parse_layout, store_layout
from siac.cases.imports.loading import load_batch
from siac.cases.imports.opening import rows_of
from siac.kernel.work_states import WorkState
from siac.organizations.public import Institution

INTO = "valdeolmos"
"""Another body than the one measured, so that the sizes stay what they say; tables and indexes are
the same.
"""
FIELDS = {
    "original_number": {"column": "Número"},
    "filed_at": {"column": "Fecha", "format": "dmy"},
    "kind": {"value": "queja"},
    "topic": {"column": "Tema"},
    "subject": {"column": "Asunto"},
    "body": {"column": "Texto"},
    "state": {"column": "Estado"},
}


@dataclass(frozen=True)
class Speed:
    """Rows, and seconds of wall time and of this process for the check and the load."""

    rows: int
    check: float
    load: float
    cpu: float

    @property
    def per_second(self) -> float:
        """Rows a second from the file to the register."""
        return self.rows / (self.check + self.load)


def import_speed(rows: int, *, mark: str) -> Speed:
    """Bring in `rows` rows, one in four still open; `mark` keeps their numbers
    apart from those of other runs.
    """
    institution = Institution.objects.get(slug=INTO)
    file = _register(rows, mark)
    batch = new_batch(institution=institution, file=file, name=f"{mark}.csv", actor=None, now=now())
    batch.mapping = store_layout(parse_layout({"fields": FIELDS}))
    batch.save(update_fields=["mapping"])
    begun, cpu = time.perf_counter(), time.process_time()
    check_batch(batch=batch, rows=rows_of(file), now=now())
    checked = time.perf_counter()
    batch = load_batch(batch=batch, rows=rows_of(file), now=now())
    loaded = time.perf_counter()
    if batch.state != WorkState.DONE or batch.rows_loaded != rows:
        raise SystemExit(f"import: {batch.state}, {batch.rows_loaded} rows, {batch.reason}")
    return Speed(rows, checked - begun, loaded - checked, time.process_time() - cpu)


def _register(rows: int, mark: str) -> io.BytesIO:
    subjects, bodies = texts()
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["Número", "Fecha", "Tema", "Asunto", "Texto", "Estado"])
    first = date(2024, 1, 2)
    for number in range(rows):
        day = first + timedelta(days=number % 600)
        place = number % len(bodies)
        writer.writerow(
            [
                f"{mark}-{number}",
                f"{day:%d/%m/%Y}",
                f"Tema {number % 40}",
                subjects[place],
                f"{bodies[place]} Aviso raro{number % 50_000}.",
                "abierta" if number % 4 == 0 else "cerrada",
            ]
        )
    return io.BytesIO(text.getvalue().encode())
