# SPDX-License-Identifier: EUPL-1.2
"""Pages of `cases.reserve`."""

from datetime import datetime

from siac.cases.models import ReserveCause
from siac.cases.reserve.commands import enter_reserve
from tests.architecture.samples.whom import EXPORTERS, EXTENDERS, FOLIO, READERS, Made, R, Sample, with_
from tests.factories import House

SAMPLES = {
    "portal:cases:reserve_index": Sample(),
    "workspace:cases:indice-de-reserva": Sample(EXTENDERS, FOLIO),
    "workspace:cases:reserve": Sample(READERS),
    "workspace:cases:reserve_new": Sample(EXTENDERS),
    "workspace:cases:reserve_export": Sample(EXPORTERS),
    "workspace:cases:reserve_entry": Sample(READERS, with_(entry_id="reserve")),
    "workspace:cases:reserve_end": Sample(EXTENDERS, with_(entry_id="reserve"), post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Enter an act that reserves documents."""
    reserve = enter_reserve(
        institution=house.institution,
        act="Plan de seguridad",
        cause=ReserveCause.SECURITY,
        resolution="Resolución exenta 12",
        resolved_on=house.institution.local_date(now),
        reserved_from=now.date(),
        actor=house.user(R.QUALITY_MANAGER),
        now=now,
    )
    return {"reserve": reserve.pk}
