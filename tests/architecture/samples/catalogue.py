# SPDX-License-Identifier: EUPL-1.2
"""Pages of `catalogue`."""

from datetime import datetime

from tests.architecture.samples.whom import ADMIN, Made, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:catalogue:topics": Sample(ADMIN),
    "workspace:catalogue:topic_new": Sample(ADMIN),
    "workspace:catalogue:topic": Sample(ADMIN, with_(topic_id="topic")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Name a topic of the body."""
    return {"topic": next(iter(house.topics.values()))}
