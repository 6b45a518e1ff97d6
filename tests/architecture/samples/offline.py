# SPDX-License-Identifier: EUPL-1.2
"""Pages of `offline`."""

import uuid
from datetime import datetime

from siac.accounts.public import Role
from siac.offline.public import prepare_device, read, receive
from tests.architecture.samples.whom import ADMIN, FILERS, KEEPERS, Made, Sample, with_
from tests.factories import House

LOOK_AFTER = ADMIN | KEEPERS

SAMPLES = {
    "workspace:offline:page": Sample(FILERS),
    "workspace:offline:worker": Sample(FILERS),
    "workspace:offline:manifest": Sample(FILERS),
    "workspace:offline:status": Sample(FILERS),
    "workspace:offline:prepare": Sample(FILERS, post=True),
    "workspace:offline:send": Sample(FILERS, post=True),
    "workspace:offline:devices": Sample(FILERS | ADMIN),
    "workspace:offline:device_act": Sample(
        LOOK_AFTER | {Role.FRONT_DESK}, with_(device_id="offline_device"), post=True
    ),
    "workspace:offline:review": Sample(KEEPERS),
    "workspace:offline:record": Sample(KEEPERS, with_(record_id="offline_record")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make a device of the front desk, and a request from it that waits for somebody."""
    institution = house.institution
    device, _ = prepare_device(
        institution=institution, name="Notebook", officer=house.user(Role.FRONT_DESK), now=now
    )
    told = read(
        {
            "id": str(uuid.uuid4()),
            "sort": "case",
            "made_at": now.isoformat(),
            "offset": 0,
            "code": "R3K2WNP5M7QX",
            "fields": {"kind": str(house.kinds["consulta"].pk), "channel": "counter", "body": "No hay agua."},
        }
    )
    row = receive(institution=institution, device=device, told=told, sent_at=now, access=None, now=now)
    return {"offline_device": device.pk, "offline_record": row.pk}
