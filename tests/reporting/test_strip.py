# SPDX-License-Identifier: EUPL-1.2
"""Over the work list of whoever leads a unit stands how it is doing, for nobody else, in one statement."""

import pytest

from siac.accounts.public import Role
from siac.indicators.public import count_all
from siac.reporting.home.strip import unit_strip
from tests.factories import NOW, answer, file
from tests.reporting.conftest import DAY
from tests.sql_counts import exactly
from tests.words import words

pytestmark = pytest.mark.django_db


@pytest.fixture
def month(house):
    """Two requests of the unit and one of the unit below it, one answered; and one of another unit."""
    first = file(house, unit_id=house.units["obras"])
    file(house, unit_id=house.units["obras"])
    file(house, unit_id=house.units["obras-calle"])
    file(house, unit_id=house.units["juridico"])
    answer(house, first, now=NOW + 2 * DAY)
    count_all(house.institution, now=NOW + 3 * DAY)
    return house


def test_the_line_counts_the_units_that_somebody_leads(month):
    access, today = month.access(Role.HEAD_OF_UNIT), month.today(NOW + 3 * DAY)
    with exactly(1):
        said = unit_strip(access, today, {"atrasadas": 2, "hoy": 0})
    assert (said["unit"], said["received"], said["in_term"]) == ("Obras y mantención", "3", "1 de 1")
    assert said["half"] == "2 días hábiles" and said["before"] == ""
    assert said["views"] == [("atrasadas", "2", "atrasadas")]


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.HEAD_OF_UNIT])
def test_nobody_else_is_told(month, role):
    assert unit_strip(month.access(role), month.today(NOW), {}) is None


def test_it_stands_over_the_list_as_it_is_opened_and_not_over_a_filtered_one(month):
    browser, url = month.client(Role.HEAD_OF_UNIT), f"/{month.slug}/gestion/solicitudes/"
    assert "Obras y mantención" in words(browser.get(url)) and "Cómo va la unidad" in words(browser.get(url))
    assert "Cómo va la unidad" not in words(browser.get(f"{url}?vista=todas"))
    assert "Cómo va la unidad" not in words(month.client(Role.UNIT_OFFICER).get(url))
