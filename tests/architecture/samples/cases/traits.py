# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.traits`."""

from datetime import datetime

from siac.organizations.public import update_institution
from tests.architecture.samples.whom import Made, R, Sample, with_
from tests.factories import House

SAMPLES = {
    "portal:cases:traits": Sample(arguments=with_(key="receipt")),
    "workspace:cases:traits": Sample(frozenset({R.FRONT_DESK}), with_(folio="running")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Have the body ask."""
    house.institution = update_institution(
        institution=house.institution, actor=None, now=now, asks_traits=True
    )
    return {}
