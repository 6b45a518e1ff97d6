# SPDX-License-Identifier: EUPL-1.2
"""A body of which there is something to tell."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.public import contest_answer, rate_answer
from siac.indicators.public import adopt_ready, count_all
from tests.factories import NOW, House, answer, file

DAY = timedelta(days=1)
LATER = NOW + 70 * DAY
"""A Monday in November: what was filed in September is late by then."""


@pytest.fixture
def told(house: House) -> House:
    """Four complaints of September: one answered in time and rated well, one contested, one late, one never;
    and the target of the body. Filed on a Monday at 12 (local), the last on a Tuesday at 9.
    """
    soon, contested, late = (file(house, unit_id=house.units["obras"]) for _ in range(3))
    file(house, unit_id=house.units["juridico"], now=NOW + timedelta(days=1, hours=-3))
    answer(house, soon, now=NOW + 2 * DAY)
    rate_answer(institution=house.institution, case_id=soon.pk, rating=5, now=NOW + 3 * DAY)
    answer(house, contested, now=NOW + 2 * DAY)
    contest_answer(
        institution=house.institution, case_id=contested.pk, body="No resuelve nada.", now=NOW + 3 * DAY
    )
    answer(house, late, now=NOW + 60 * DAY)
    adopt_ready(
        institution=house.institution, codes=["siac-dentro-del-plazo"],
        actor=house.user(Role.QUALITY_MANAGER), now=NOW,
    )  # fmt: skip
    house.institution.refresh_from_db()
    count_all(house.institution, now=LATER)
    return house
