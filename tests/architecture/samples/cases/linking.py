# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.linking`."""

from datetime import datetime

from siac.cases.linking.commands import link_cases
from siac.cases.models import CaseLink
from tests.architecture.samples.whom import ROUTERS, Made, R, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:cases:vincular": Sample(ROUTERS, with_(folio="own_folio")),
    "workspace:cases:dividir": Sample(ROUTERS, with_(folio="own_folio")),
    "workspace:cases:unlink": Sample(ROUTERS, with_(folio="folio", link_id="link"), post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Link two cases."""
    link_cases(
        institution=house.institution,
        case_id=made["case"].pk,
        version=None,
        other=made["own"].folio,
        actor=house.user(R.UNIT_OFFICER),
        now=now,
    )
    return {"link": CaseLink.objects.get().pk}
