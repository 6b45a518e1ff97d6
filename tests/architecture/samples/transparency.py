# SPDX-License-Identifier: EUPL-1.2
"""Pages of `integrations.transparency`."""

from datetime import datetime, timedelta

from siac.cases.models import Case
from siac.integrations.transparency.commands import begin_package
from siac.integrations.transparency.tasks import pack_answers
from tests.architecture.samples.whom import EXPORTERS, REQUESTER, Made, R, Sample, with_
from tests.factories import House, answer, file

_ONE = with_(package_id="portal_package")
SAMPLES = {
    "workspace:transparency:month": Sample(EXPORTERS),
    "workspace:transparency:register": Sample(EXPORTERS),
    "workspace:transparency:pack": Sample(EXPORTERS, post=True),
    "workspace:transparency:package": Sample(REQUESTER, _ONE),
    "workspace:transparency:package_file": Sample(REQUESTER, _ONE),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Answer a request for information that came by the Portal, and pack the answers of the month."""
    case = file(house, "acceso", now=now - timedelta(hours=2))
    Case.objects.filter(pk=case.pk).update(channel="platform", original_number="AB001T0000001")
    case.refresh_from_db()
    answer(house, case, now=now - timedelta(hours=1))
    month = house.institution.local_date(now).replace(day=1)
    package = begin_package(access=house.access(R.QUALITY_MANAGER), month=month, now=now)
    pack_answers(package.pk)
    return {"portal_package": package.pk}
