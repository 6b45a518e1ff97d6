# SPDX-License-Identifier: EUPL-1.2
"""Pages of `callbacks`."""

from datetime import datetime
from typing import Any

from siac.accounts.public import Role
from siac.callbacks.public import register_and_promise
from siac.cases.public import Attention, Channel
from siac.people.public import PersonData
from tests.architecture.samples.whom import KEEPERS, Made, Sample, with_
from tests.factories import House

CALLERS = frozenset({Role.FRONT_DESK, Role.UNIT_OFFICER, Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER})


def _take(made: Made) -> dict[str, Any]:
    return {"call_back_id": made["call_back"], "code": "tomar"}


SAMPLES = {
    "workspace:callbacks:calls": Sample(CALLERS),
    "workspace:callbacks:promise": Sample(CALLERS),
    "workspace:callbacks:rule": Sample(KEEPERS),
    "workspace:callbacks:promise_of": Sample(
        CALLERS, with_(attention_id="called_attention"), post=True, data={"within": "1bd"}
    ),
    "workspace:callbacks:call": Sample(CALLERS, with_(call_back_id="call_back")),
    "workspace:callbacks:act": Sample(CALLERS, _take, post=True),
}


def make(house: House, made: Made, now: datetime) -> Made:
    """Make a call that the unit promised to somebody."""
    told = Attention(channel=Channel.PHONE, unit_id=house.units["obras"], begun_at=now)
    row = register_and_promise(
        institution=house.institution, attention=told, person=PersonData(phone="+56987654321"), within="1bd",
        actor=house.user(Role.QUALITY_MANAGER), now=now,
    )  # fmt: skip
    return {"call_back": row.pk, "called_attention": row.interaction_id}
