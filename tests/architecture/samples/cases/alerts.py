# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.alerts`."""

from datetime import datetime

from siac.cases.models import CaseAlert
from tests.architecture.samples.whom import READERS, Made, R, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:cases:alerts": Sample(READERS),
    "workspace:cases:alert_seen": Sample(frozenset({R.HEAD_OF_UNIT}), with_(alert_id="alert"), post=True),
    "workspace:cases:posponer": Sample(frozenset({R.UNIT_OFFICER}), with_(folio="own_folio"), post=True),
    "workspace:cases:retomar": Sample(frozenset({R.UNIT_OFFICER}), with_(folio="own_folio"), post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Raise an alert."""
    alert = CaseAlert.objects.create(
        institution=house.institution,
        case=made["case"],
        clock_id=0,
        due_on=house.institution.local_date(now),
        offset=1,
        audience="head_of_unit",
        unit_id=made["case"].unit_id,
        raised_at=now,
    )
    return {"alert": alert.pk}
