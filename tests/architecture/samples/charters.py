# SPDX-License-Identifier: EUPL-1.2
"""Pages of `charters`."""

from datetime import datetime

from siac.charters.models import Remedy
from tests.architecture.samples.whom import INDICATORS, REMEDIES, STAFF, Made, Sample, with_
from tests.factories import House

SAMPLES = {
    "portal:charters:compliance": Sample(),
    "portal:charters:cases": Sample(arguments=with_(commitment_id="commitment")),
    "workspace:charters:compliance": Sample(STAFF),
    "workspace:charters:cases": Sample(INDICATORS, with_(commitment_id="commitment")),
    "workspace:charters:remedies": Sample(REMEDIES),
    "workspace:charters:remedy": Sample(REMEDIES, with_(remedy_id="remedy")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Name the commitment of the body, and the remedy that the late case is owed."""
    return {"commitment": house.commitment.pk, "remedy": Remedy.objects.get().pk}
