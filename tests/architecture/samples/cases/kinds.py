# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.kinds`."""

from datetime import datetime

from tests.architecture.samples.whom import ADMIN, Made, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:kinds:kinds": Sample(ADMIN),
    "workspace:kinds:kind_new": Sample(ADMIN),
    "workspace:kinds:kind": Sample(ADMIN, with_(kind_id="kind")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Name a kind of the body."""
    return {"kind": house.kinds["reclamo"].pk}
