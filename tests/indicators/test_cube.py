# SPDX-License-Identifier: EUPL-1.2
"""The cube follows the journal: what changes an answered case makes its day
dirty, and computing it tells the truth.
"""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.cases.public import classify_case, rate_answer
from siac.indicators.models import DirtyDay, MetricCell
from siac.indicators.public import compute_dirty_days, mark_dirty
from siac.indicators.tasks import compute
from siac.journal.public import run_consumers
from tests.factories import NOW, answer, file, make_house

pytestmark = [pytest.mark.postgres]
DAY = timedelta(days=1)


def catch_up(house) -> None:
    """Let the journal's readers read all there is, then compute what became dirty."""
    while run_consumers():
        continue
    compute_dirty_days(house.institution.pk, now=NOW)


def cells(house, metric="cases.answer_days") -> dict:
    rows = MetricCell.objects.filter(institution=house.institution, metric=metric)
    return {(row.day, row.unit_id, row.kind_id): row.histogram for row in rows}


@pytest.fixture
def committed_house(real_commits):
    return make_house()


def test_an_answer_and_a_later_mark_reach_the_cube_of_the_local_day(committed_house):
    house = committed_house
    case = file(house, unit_id=house.units["obras"])
    # 02:30 UTC of the next day is still the evening before in Chile.
    answered = answer(house, case, now=NOW.replace(hour=2, minute=30) + 3 * DAY)
    catch_up(house)
    day = house.institution.local_date(answered.answered_at)
    assert day == house.today() + 2 * DAY
    key = (day, house.units["obras"], case.kind_id)
    assert cells(house) == {key: {str(answered.answer_days): 1}}
    assert not DirtyDay.objects.exists()
    rate_answer(institution=house.institution, case_id=case.pk, rating=4, now=NOW + 4 * DAY)
    catch_up(house)
    assert cells(house, "cases.rating") == {key: {"4": 1}}


def test_a_case_without_an_answer_dirties_nothing(committed_house):
    file(committed_house)
    while run_consumers():
        continue
    assert not DirtyDay.objects.exists()


def test_the_job_computes_every_body_that_waits(house, other_house):
    for body in (house, other_house):
        answer(body, file(body), now=NOW + DAY)
        mark_dirty(body.institution.pk, [body.today(NOW + DAY)], now=NOW)
    compute()
    assert len(cells(house)) == len(cells(other_house)) == 1
    assert not DirtyDay.objects.exists()


def test_computing_again_replaces_and_never_adds(house):
    case = answer(house, file(house), now=NOW + DAY)
    for _ in range(2):
        mark_dirty(house.institution.pk, [house.today(NOW + DAY)], now=NOW)
        compute_dirty_days(house.institution.pk, now=NOW)
    [histogram] = cells(house).values()
    assert histogram == {str(case.answer_days): 1}


def test_a_case_classified_before_its_answer_counts_under_its_last_kind(house):
    case = file(house, "consulta")
    classify_case(
        institution=house.institution, case_id=case.pk, version=None, kind_id=house.kinds["acceso"].pk,
        topic_id=None, actor=house.user(Role.FRONT_DESK), now=NOW,
    )  # fmt: skip
    answer(house, case, now=NOW + DAY)
    mark_dirty(house.institution.pk, [house.today(NOW + DAY)], now=NOW)
    compute_dirty_days(house.institution.pk, now=NOW)
    assert {kind for _, _, kind in cells(house)} == {house.kinds["acceso"].pk}
