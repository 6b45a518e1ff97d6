# SPDX-License-Identifier: EUPL-1.2
"""All that higher contexts may use of `procedures`."""

from siac.procedures.direct import load_records
from siac.procedures.domain import key_of
from siac.procedures.models import ProcedureRecord
from siac.procedures.queries import handled_lately
from siac.procedures.queries import records as procedure_records
from siac.procedures.sheets import make_sheets

__all__ = ["ProcedureRecord", "handled_lately", "key_of", "load_records", "make_sheets", "procedure_records"]
