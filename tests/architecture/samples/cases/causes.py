# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.causes`."""

from datetime import datetime

from siac.cases.causes.commands import save_cause
from tests.architecture.samples.whom import ADMIN, FOLIO, INDICATORS, READERS, ROUTERS, Made, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:cases:causa": Sample(ROUTERS, FOLIO),
    "workspace:cases:causes": Sample(INDICATORS & READERS),
    "workspace:kinds:causes": Sample(ADMIN),
    "workspace:kinds:cause_new": Sample(ADMIN),
    "workspace:kinds:cause": Sample(ADMIN, with_(cause_id="cause")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Give the body a cause."""
    return {"cause": save_cause(institution=house.institution, name="Demora", actor=None, now=now).pk}
