# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.hearing`."""

from datetime import datetime

from siac.cases.hearing.commands import hear_third_party
from siac.cases.hearing.notices import third_party_token
from siac.cases.models import ThirdParty
from tests.architecture.samples.whom import FOLIO, WORKERS, Made, R, Sample, with_
from tests.factories import House, person

SAMPLES = {
    "portal:cases:third_party": Sample(arguments=with_(token="third_token")),
    "workspace:cases:tercero": Sample(WORKERS, FOLIO),
    "workspace:cases:stand": Sample(WORKERS, with_(folio="asked_folio", third_party_id="third")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Hear somebody whom a request names."""
    hear_third_party(
        institution=house.institution,
        case_id=made["asked"].pk,
        version=None,
        body="Piden un contrato que le nombra.",
        person=person(email="tercero@ejemplo.org", document_number=""),
        actor=house.user(R.HEAD_OF_UNIT),
        now=now,
    )
    third = ThirdParty.objects.get(case=made["asked"])
    return {"third": third.pk, "third_token": third_party_token(third)}
