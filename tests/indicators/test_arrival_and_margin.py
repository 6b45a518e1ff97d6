# SPDX-License-Identifier: EUPL-1.2
"""When a request arrived and how near its term it was answered are facts, counted anew where that changes."""

from datetime import timedelta

import pytest

from siac.cases.models import Case, CaseFact
from siac.indicators.figures.cube import count_all, rebuild
from siac.indicators.figures.state import unbuilt
from siac.indicators.models import CubeState
from siac.infra.metrics import sources
from tests.factories import NOW, answer, file, make_house

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.mark.parametrize(("country", "hour"), [("CL", 12), ("PE", 10), ("ES", 17)])
def test_a_request_arrives_at_the_hour_of_the_place(country, hour):
    """It is filed on a Monday at 15:00 UTC: noon in Chile, ten in Peru, five in the afternoon in Spain."""
    house = make_house(f"lugar-{country.lower()}", country)
    case = file(house, "reclamo")
    count_all(house.institution, now=NOW + DAY)
    assert CaseFact.objects.get(case=case).arrived == hour


def test_an_answer_is_before_its_last_day_or_after_it_by_business_days(house):
    early, late, never = (file(house, unit_id=house.units["obras"]) for _ in range(3))
    due = Case.objects.get(pk=early.pk).legal_due_on
    answer(house, early, now=NOW + ((due - house.today()) - timedelta(days=7)))
    answer(house, late, now=NOW + ((due - house.today()) + timedelta(days=7)))
    count_all(house.institution, now=NOW + 60 * DAY)
    margins = dict(CaseFact.objects.values_list("case_id", "term_margin"))
    assert margins[early.pk] == -5 and margins[late.pk] in (4, 5)  # a holiday lies in the week after
    assert margins[never.pk] is None


def test_figures_are_counted_anew_where_a_version_counts_other_things(house):
    file(house)
    for of in sources():
        for _ in rebuild(house.institution, of, now=NOW):
            continue
    assert unbuilt(house.institution) == []
    CubeState.objects.update(rests_on="of an earlier version")
    assert unbuilt(house.institution) == sources()
