# SPDX-License-Identifier: EUPL-1.2
"""A register loaded in one go by a program of the house, its columns taken as their names say."""

from datetime import datetime
from typing import IO

from siac.cases.imports.batches import new_batch
from siac.cases.imports.layouts import store_layout, suggest
from siac.cases.imports.mappings import complete
from siac.cases.imports.opening import rows_of
from siac.cases.imports.reader import read_head
from siac.cases.imports.registers import Register
from siac.cases.imports.working import LOAD, run_here
from siac.cases.models import ImportBatch
from siac.organizations.public import Institution


def load_here(
    register: Register, *, institution: Institution, file: IO[bytes], name: str, now: datetime
) -> ImportBatch:
    """Load a file of a sort of register in this process and return its batch, loaded or refused with its
    reason.

    Raises:
        Refused: it is no table, or a compulsory field has no column.
    """
    headers, samples = read_head(register.arrange(rows_of(file)))
    layout = complete(suggest(headers, samples, shape=register.shape), register.shape)
    batch = new_batch(
        institution=institution, file=file, name=name, actor=None, now=now, register=register.code
    )
    batch.mapping, batch.headers = store_layout(layout), headers
    batch.save(update_fields=["mapping", "headers"])
    rows = register.arrange(rows_of(file))
    return run_here(LOAD, batch, lambda row, clock: register.loading(row, clock, rows), now=now)
