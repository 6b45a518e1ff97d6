# SPDX-License-Identifier: EUPL-1.2
"""Pages of `counter`."""

from datetime import datetime
from typing import Any

from siac.accounts.public import Role
from siac.counter.public import save_desk, save_line, take_ticket
from tests.architecture.samples.whom import ADMIN, KEEPERS, Made, Sample, with_
from tests.factories import House

ATTENDERS = frozenset({Role.FRONT_DESK, Role.QUALITY_MANAGER})
_POINT = with_(code="counter_point")


def _call(made: Made) -> dict[str, Any]:
    return {"desk_id": made["counter_desk"], "code": "llamar"}


SAMPLES = {
    "workspace:counter:home": Sample(ATTENDERS),
    "workspace:counter:desk": Sample(ATTENDERS, with_(desk_id="counter_desk")),
    "workspace:counter:act": Sample(ATTENDERS, _call, post=True),
    "workspace:counter:room": Sample(KEEPERS, with_(point_id="point")),
    "workspace:counter:room_act": Sample(
        KEEPERS, with_(point_id="point"), post=True, data={"dia": "atender"}
    ),
    "workspace:counter:lines": Sample(ADMIN),
    "workspace:counter:line_new": Sample(ADMIN),
    "workspace:counter:line": Sample(ADMIN, with_(line_id="counter_line")),
    "workspace:counter:desks": Sample(ADMIN),
    "workspace:counter:desk_setup_new": Sample(ADMIN),
    "workspace:counter:desk_setup": Sample(ADMIN, with_(desk_id="counter_desk")),
    "portal:counter:kiosk": Sample(arguments=_POINT),
    "portal:counter:ticket": Sample(arguments=with_(code="counter_point", token="counter_token")),
    "portal:counter:go": Sample(arguments=with_(code="counter_point", key="counter_door"), moved=True),
    "portal:counter:aid": Sample(arguments=_POINT, moved=True),
    "portal:counter:leave": Sample(arguments=_POINT, moved=True),
    "portal:counter:display": Sample(arguments=_POINT),
    "portal:counter:place": Sample(arguments=with_(token="counter_token")),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make a line with a desk and somebody who waits."""
    common: dict[str, Any] = {"institution": house.institution, "actor": None, "now": now}
    line = save_line(
        **common, point_id=house.point, unit_id=house.units["oirs"], prefix="A", name="Preguntar"
    )
    house.institution.refresh_from_db()
    desk = save_desk(**common, point_id=house.point, name="Módulo 1", line_ids=[line.pk])
    house.institution.refresh_from_db()
    visit = take_ticket(institution=house.institution, line_id=line.pk, now=now)
    return {
        "counter_line": line.pk, "counter_desk": desk.pk, "counter_token": visit.token,
        "counter_point": "oirs", "counter_door": "solicitud",
    }  # fmt: skip
