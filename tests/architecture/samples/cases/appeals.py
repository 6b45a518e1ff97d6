# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.appeals`."""

from datetime import datetime

from siac.cases.appeals.commands import register_appeal
from siac.cases.models import Appeal
from tests.architecture.samples.whom import FOLIO, READERS, WORKERS, Made, R, Sample, with_
from tests.factories import House

SAMPLES = {
    "workspace:cases:recurso": Sample(WORKERS, FOLIO),
    "workspace:cases:appeals": Sample(READERS),
    "workspace:cases:appeal": Sample(READERS, with_(appeal_id="appeal")),
    "workspace:cases:appeal_defend": Sample(WORKERS, with_(appeal_id="appeal"), post=True),
    "workspace:cases:appeal_decide": Sample(WORKERS, with_(appeal_id="appeal"), post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Bring a decision before another authority."""
    register_appeal(
        institution=house.institution,
        case_id=made["asked"].pk,
        version=None,
        forum="other",
        authority="Consejo para la Transparencia",
        notified_on=house.institution.local_date(now),
        until=None,
        body="Reclama.",
        actor=house.user(R.HEAD_OF_UNIT),
        now=now,
    )
    return {"appeal": Appeal.objects.get(institution=house.institution).pk}
