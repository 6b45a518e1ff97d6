# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.identified`: who is not known is led to where they say who they are."""

from datetime import datetime

from tests.architecture.samples.whom import Made, Sample, with_
from tests.factories import House

SAMPLES = {
    "portal:cases:own": Sample(moved=True),
    "portal:cases:open_own": Sample(arguments=with_(case_id="running_id"), moved=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make nothing: the server of citizens is that of `signin`."""
    return {"running_id": 1}
