# SPDX-License-Identifier: EUPL-1.2
"""Pages of `governance`."""

from datetime import date, datetime, timedelta
from typing import Any

from siac.accounts.public import Role
from siac.governance.public import (
    Point,
    agree,
    call_sitting,
    open_sitting,
    plan_sitting,
    save_council,
    save_seat,
)
from tests.architecture.samples.whom import KEEPERS, Made, Sample, with_
from tests.factories import House

READERS = frozenset(
    {Role.QUALITY_MANAGER, Role.AUTHORITY, Role.AUDITOR, Role.COMMITTEE_MEMBER, Role.PLANNING}
)
_COUNCIL, _SITTING = with_(council_id="council"), with_(sitting_id="sitting")


def _act(made: Made) -> dict[str, Any]:
    return {"sitting_id": made["sitting"], "code": "contar"}


SAMPLES = {
    "workspace:governance:councils": Sample(READERS),
    "workspace:governance:council": Sample(READERS, _COUNCIL),
    "workspace:governance:council_change_new": Sample(KEEPERS),
    "workspace:governance:council_change": Sample(KEEPERS, _COUNCIL),
    "workspace:governance:seat_new": Sample(KEEPERS, _COUNCIL),
    "workspace:governance:seat": Sample(KEEPERS, with_(council_id="council", seat_id="council_seat")),
    "workspace:governance:sitting_new": Sample(KEEPERS, _COUNCIL),
    "workspace:governance:mine": Sample(
        {Role.COMMITTEE_MEMBER, Role.COUNCIL_MEMBER, Role.AUTHORITY, Role.QUALITY_MANAGER}
    ),
    "workspace:governance:sitting": Sample(READERS, _SITTING),
    "workspace:governance:sitting_change": Sample(KEEPERS, with_(sitting_id="sitting_planned")),
    "workspace:governance:minutes": Sample(READERS, _SITTING),
    "workspace:governance:vote": Sample(
        {Role.COMMITTEE_MEMBER}, _SITTING, post=True, data={"voto": "for", "votacion": "1"}
    ),
    "workspace:governance:agree": Sample(KEEPERS, _SITTING, post=True),
    "workspace:governance:act": Sample(KEEPERS, _act, post=True),
    "workspace:governance:agreements": Sample(READERS),
    "workspace:governance:agreement": Sample(KEEPERS, with_(agreement_id="agreement")),
    "portal:governance:agreements": Sample(),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make a body that publishes, with an open session and what it agreed, and one to come."""
    common: dict[str, Any] = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER)}
    common["now"] = now
    council = save_council(
        **common, name="Consejo de usuarios", kind="users", quorum="number", quorum_number=1,
        majority="simple", publishes=True,
    )  # fmt: skip
    seat = save_seat(
        **common, council=council, name="Luz Vera", role="chair", since=date(2020, 1, 1),
        user_id=house.user(Role.COMMITTEE_MEMBER).pk,
    )  # fmt: skip
    asked: dict[str, Any] = {"council": council, "place": "Sala 2", "points": [Point("Horario")]}
    row = plan_sitting(**common, **asked, starts_at=now + timedelta(minutes=1))
    call_sitting(**common, sitting_id=row.pk)
    open_sitting(**common, sitting_id=row.pk, present=[seat.pk])
    made_ = agree(
        **common, sitting_id=row.pk, item_id=row.items.get().pk, text="Abrir los sábados",
        unit_id=house.units["oirs"], due_on=None,
    )  # fmt: skip
    planned = plan_sitting(**common, **asked, starts_at=now + timedelta(days=3))
    return {
        "council": council.pk, "council_seat": seat.pk, "sitting": row.pk, "sitting_planned": planned.pk,
        "agreement": made_.pk,
    }  # fmt: skip
