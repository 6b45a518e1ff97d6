# SPDX-License-Identifier: EUPL-1.2
"""Pages of `servicepoints`."""

from datetime import datetime

from tests.architecture.samples.whom import ADMIN, Made, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:servicepoints:points": Sample(ADMIN),
    "workspace:servicepoints:point_new": Sample(ADMIN),
    "workspace:servicepoints:point": Sample(ADMIN, with_(point_id="point")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Name a place of the body."""
    return {"point": house.point}
