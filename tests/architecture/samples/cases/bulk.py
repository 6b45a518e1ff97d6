# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.bulk`."""

from datetime import datetime

from siac.cases.bulk.commands import choose_cases, preview_bulk
from siac.cases.models import Case
from tests.architecture.samples.whom import FILERS, READERS, REQUESTER, Made, R, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:cases:bulk_select": Sample(FILERS, post=True, data={"hacer": "derivar"}),
    "workspace:cases:bulk_list": Sample(READERS),
    "workspace:cases:bulk": Sample(REQUESTER, with_(bulk_id="bulk")),
    "workspace:cases:bulk_left": Sample(REQUESTER, with_(bulk_id="bulk")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Preview what would be done to all cases at once."""
    whole = house.access(R.QUALITY_MANAGER)
    bulk = choose_cases(
        access=whole, code="derivar", cases=Case.objects.filter(institution=house.institution), now=now
    )
    preview_bulk(
        access=whole, bulk_id=bulk.pk, values={"unit_id": house.units["obras"], "reason": ""}, now=now
    )
    return {"bulk": bulk.pk}
