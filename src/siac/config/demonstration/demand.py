# SPDX-License-Identifier: EUPL-1.2
"""The demand plans of a body: that of this year, approved in January, and a draft of the next."""

from datetime import date, datetime
from decimal import Decimal

from siac.accounts.public import User
from siac.indicators.public import approve_plan, ask_plan, digest_of, make_plan, save_basis, save_staffing
from siac.organizations.public import Institution

_TELEPHONE = (4, 9, 14, 16, 15, 12, 10, 8, 5)
"""Invented calls of a typical morning, by half hours from nine o'clock."""


def plan_demand(institution: Institution, *, keeper: User, authority: User, now: datetime) -> None:
    """Say when schools are closed, and plan this year as of January, and the next as of now."""
    year = institution.local_date(now).year
    breaks = [
        days
        for each in range(year - 2, year + 2)
        for days in ((date(each, 1, 1), date(each, 2, 28)), (date(each, 7, 8), date(each, 7, 19)))
    ]
    save_basis(institution=institution, actor=keeper, now=now, own_since=None, gaps=[], breaks=breaks)
    january = now.replace(month=1, day=10)
    for planned, at in ((year, january), (year + 1, now)):
        plan = ask_plan(institution=institution, year=planned, actor=keeper, now=at)
        make_plan(plan, at=at)
        fields = {
            "name": "Teléfono",
            "arrivals": [
                [f"{9 + place // 2:02}:{30 * (place % 2):02}", n] for place, n in enumerate(_TELEPHONE)
            ],
            "minutes": Decimal("6.5"), "patience": Decimal(4), "percent": 80, "within": Decimal(2),
            "shrinkage": 30,
        }  # fmt: skip
        save_staffing(institution=institution, plan_id=plan.pk, fields=fields)
        if planned == year and plan.told:
            approve_plan(
                institution=institution, plan_id=plan.pk, actor=authority, now=at, seen=digest_of(plan).hex()
            )
