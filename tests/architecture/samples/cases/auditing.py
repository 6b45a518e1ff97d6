# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.auditing`."""

from datetime import date, datetime

from siac.cases.auditing.commands import draw_sample
from siac.cases.models import Drawn
from tests.architecture.samples.whom import Made, R, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:cases:samples": Sample(frozenset({R.AUDITOR})),
    "workspace:cases:sample_new": Sample(frozenset({R.AUDITOR})),
    "workspace:cases:sample": Sample(frozenset({R.AUDITOR}), with_(sample_id="sample")),
    "workspace:cases:sample_export": Sample(frozenset({R.AUDITOR}), with_(sample_id="sample")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Draw a sample of cases."""
    drawn = draw_sample(
        access=house.access(R.AUDITOR),
        population=Drawn.FILED,
        first_day=date(2026, 1, 1),
        last_day=house.institution.local_date(now),
        size=5,
        seed="7",
        now=now,
    )
    return {"sample": drawn.pk}
