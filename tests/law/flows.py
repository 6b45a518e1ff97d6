# SPDX-License-Identifier: EUPL-1.2
"""Short names for what the flows do again and again."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case, CaseKind
from siac.cases.public import kinds, save_kind
from siac.clocks.public import Clock, clocks_of
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from tests.factories import NOW, House


def on(day: date, hour: int = 15) -> datetime:
    """Return a moment of a day, in UTC; 15 is still that day in the three countries."""
    return NOW.replace(year=day.year, month=day.month, day=day.day, hour=hour)


def clock(house: House, case: Case, kind: str) -> Clock:
    """Return the clock of a kind that ends last."""
    return next(c for c in reversed(clocks_of(house.institution.pk, "case", [case.pk])) if c.kind == kind)


def do(command: Callable[..., Any], house: House, case: Case, now: datetime = NOW, **values: Any) -> Any:
    """Let the head of a unit do something to a case."""
    return command(
        institution=house.institution,
        case_id=case.pk,
        version=None,
        actor=house.user(Role.HEAD_OF_UNIT),
        now=now,
        **values,
    )


def refusal(call: Callable[[], Any]) -> str:
    """Return the code with which a call is refused."""
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


def told(case: Case, kind: str) -> int:
    """Return how many notices of a kind a case sent."""
    return Notice.objects.filter(subject_id=case.pk, kind=f"cases.{kind}").count()


def add_kind(house: House, code: str, rule_id: str, **more: Any) -> CaseKind:
    """Give a body one more kind of request."""
    house.institution.refresh_from_db()
    save_kind(
        institution=house.institution, actor=None, now=NOW, code=code,
        rule_id=rule_id, **{"nature": "petition", "name": code.title(), "need": f"Quiero {code}", **more},
    )  # fmt: skip
    house.institution.refresh_from_db()
    house.kinds[code] = next(kind for kind in kinds(house.institution).values() if kind.code == code)
    return house.kinds[code]
