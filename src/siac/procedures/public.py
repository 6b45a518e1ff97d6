# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `procedures`."""

from siac.procedures.direct import load_records
from siac.procedures.models import ProcedureRecord
from siac.procedures.queries import records as procedure_records

__all__ = ["ProcedureRecord", "load_records", "procedure_records"]
