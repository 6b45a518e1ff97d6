# SPDX-License-Identifier: EUPL-1.2
"""Loading a record in this very process, its columns taken as their names say: for programs of the house."""

import io
from datetime import datetime

from siac.cases.public import ImportBatch, load_here
from siac.organizations.public import Institution
from siac.procedures.sheet import SHEET


def load_records(*, institution: Institution, content: bytes, name: str, now: datetime) -> ImportBatch:
    """Load a CSV whose columns have usual names, and return the closed batch.

    Raises:
        Refused: it is no table, or lacks a column.
    """
    return load_here(SHEET, institution=institution, file=io.BytesIO(content), name=name, now=now)
