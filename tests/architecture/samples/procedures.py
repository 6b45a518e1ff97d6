# SPDX-License-Identifier: EUPL-1.2
"""Pages of `procedures`."""

from datetime import datetime

from siac.accounts.public import Role
from siac.procedures.models import ProcedureRecord
from tests.architecture.samples.whom import INDICATORS, Made, Sample, with_
from tests.factories import House

_KEEPERS = frozenset({Role.QUALITY_MANAGER, Role.ADMINISTRATOR})
SAMPLES = {
    "workspace:procedures:procedures": Sample(INDICATORS),
    "workspace:procedures:make_sheets": Sample(_KEEPERS, post=True, moved=True),
    "workspace:procedures:procedure": Sample(INDICATORS, with_(key="procedure")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Keep the record of a procedure."""
    record = ProcedureRecord.objects.create(
        institution=house.institution, key="a1b2", name="Beca", year=now.year - 1, handled=10, beyond=1,
        promised=10, time_unit="business_days", loaded_at=now,
    )  # fmt: skip
    return {"procedure": record.key}
