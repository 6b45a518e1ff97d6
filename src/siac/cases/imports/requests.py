# SPDX-License-Identifier: EUPL-1.2
"""The register of requests, as the wizard knows it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from django.urls import reverse

from siac.cases.access import may_read_cases
from siac.cases.imports.column_texts import ANSWERS
from siac.cases.imports.known import meanings_of
from siac.cases.imports.layouts import CASES
from siac.cases.imports.loading import loading
from siac.cases.imports.reader import ReadCase, RegisterReader, known_numbers
from siac.cases.imports.registers import Options, Register, layout_of
from siac.cases.models import CASES_REGISTER, ImportBatch
from siac.cases.queries import kinds
from siac.infra.tables.reading import Row
from siac.organizations.public import Access, Institution
from siac.ui.templatetags.ui import fecha


def _open(batch: ImportBatch, rows: Iterator[Row], now: datetime) -> RegisterReader:
    return RegisterReader(batch.institution, layout_of(batch), rows, now=now, without=batch.comes_without)


def _fixed(institution: Institution) -> Mapping[str, tuple[str, Options]]:
    active = [(kind.code, kind.name) for kind in kinds(institution).values() if kind.is_active]
    states = [(code, f"{words}s") for code, words in ANSWERS.items() if code != "answered"]
    return {"kind": ("O todas son de este tipo", active), "state": ("O todas están", states)}


def _cells(row: ReadCase) -> Sequence[str]:
    old = row.old
    state = ANSWERS["open" if old.state == "open" else "closed"]
    return old.original_number, fecha(old.filed_at), row.kind.name, old.topic, old.body, state


def _listed(access: Access, batch: ImportBatch) -> str:
    """Return the list of the cases that came in; empty for whoever reads none."""
    if not may_read_cases(access):
        return ""
    return f"{reverse('workspace:cases:list', args=[access.institution.slug])}?vista=todas&lote={batch.pk}"


REQUESTS = Register(
    code=CASES_REGISTER,
    title="Solicitudes de un registro anterior",
    many="solicitudes",
    shape=CASES,
    open=_open,
    known=known_numbers,
    loading=loading,
    meanings=meanings_of,
    listed=_listed,
    heads=("Número original", "Ingresada", "Tipo", "Tema", "Texto", "Estado"),
    cells=_cells,
    fixed=_fixed,
    several={"original_number": 2, "topic": 2, "subject": 3, "body": 6, "place": 3},
    updates=True,
    without=True,
)
