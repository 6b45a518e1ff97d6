# SPDX-License-Identifier: EUPL-1.2
"""Pages of `integrations.sicres`. The law of the sample body's country does not know the exchange, so its
office is made without asking.
"""

from datetime import datetime

from siac.cases.public import refer_case
from siac.integrations.sicres.commands.bringing import bring
from siac.integrations.sicres.commands.sending import send_case
from siac.integrations.sicres.models import Dispatch, RegistryEntry, RegistryOffice
from tests.architecture.samples.whom import ADMIN, FILERS, FOLIO, WORKERS, Made, R, Sample, with_
from tests.factories import House, file
from tests.sicres.samples import OFFICE, OTHER, UNIT, exchange

_ENTRY, _SENT = with_(entry_id="sicres_entry"), with_(dispatch_id="sicres_dispatch")
_READS_ALL = frozenset({R.FRONT_DESK, R.QUALITY_MANAGER})
"""An entry is of no unit until it is a request."""
SAMPLES = {
    "workspace:cases:enviar-sir": Sample(WORKERS, FOLIO),
    "workspace:sicres:entries": Sample(FILERS),
    "workspace:sicres:dispatches": Sample(FILERS),
    "workspace:sicres:dispatch": Sample(FILERS, _SENT),
    "workspace:sicres:dispatch_file": Sample(FILERS, _SENT),
    "workspace:sicres:entry": Sample(_READS_ALL, _ENTRY),
    "workspace:sicres:entry_to_case": Sample(_READS_ALL, _ENTRY, post=True),
    "workspace:sicres:entry_reject": Sample(_READS_ALL, _ENTRY, post=True),
    "workspace:sicres:entry_file": Sample(_READS_ALL, _ENTRY),
    "workspace:sicres:entry_reply": Sample(
        _READS_ALL, lambda objects: {"entry_id": objects["sicres_entry"], "which": "acuse"}
    ),
    "workspace:sicres:office": Sample(ADMIN),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Bring an entry, and send a request."""
    body = house.institution
    RegistryOffice.objects.create(
        institution=body, office_code=OFFICE, office_name="Registro", unit_code=UNIT,
        kind=house.kinds["reclamo"],
    )  # fmt: skip
    before = exchange(Fecha_Hora_Entrada="20200901093000")
    entry = bring(institution=body, content=before, actor=house.user(R.FRONT_DESK), now=now)
    assert isinstance(entry, RegistryEntry)
    case = refer_case(
        institution=body, case_id=file(house, now=now).pk, version=None, unit_id=house.units["obras"],
        actor=house.user(R.QUALITY_MANAGER), now=now,
    )  # fmt: skip
    send_case(
        institution=body, case_id=case.pk, version=None, office_code=OTHER, unit_code="", name="Vega Alta",
        actor=house.user(R.UNIT_OFFICER), now=now,
    )  # fmt: skip
    return {"sicres_entry": entry.pk, "sicres_dispatch": Dispatch.objects.get(case=case).pk}
