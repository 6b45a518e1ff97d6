# SPDX-License-Identifier: EUPL-1.2
"""Whoever keeps quality is told which results are owed and which missed their target, each with its act."""

from datetime import date, timedelta

import pytest

from siac.accounts.public import Role
from siac.indicators.results.due import newest_results, owed_results
from siac.indicators.tiles import AHEAD, TILES
from tests.factories import NOW
from tests.indicators.test_results import OCTOBER, answered, frozen, indicator
from tests.sql_counts import exactly

pytestmark = pytest.mark.django_db
__all__ = ["answered"]
OWED, MISSED = TILES
DAY = timedelta(days=1)


@pytest.mark.parametrize("count", [1, 50])
def test_what_is_owed_is_read_at_once_however_many_are_followed(house, count):
    for number in range(count):
        indicator(house, code=f"i{number}", name=f"Indicador {number:02}")
    access = house.access(Role.QUALITY_MANAGER)
    with exactly(1):
        rows = OWED.rows(access, date(2026, 11, 3))
    assert len(rows) == 2 * count  # September and October
    assert (rows[0].detail, rows[0].act) == ("septiembre de 2026", "Fijar")
    assert rows[0].due_on == date(2026, 10, 5)


def test_one_that_is_written_by_hand_is_to_be_written_down(house):
    indicator(house, metric_key="", statistic="count", within=None, unit="%")
    (row,) = OWED.rows(house.access(Role.QUALITY_MANAGER), date(2026, 10, 20))
    assert row.act == "Anotar"


def test_what_missed_its_target_is_told_with_its_latest_result_only(house, answered):
    row = indicator(house)  # half of them within five days, of the 90 % that are wanted
    frozen(house, row)
    reached = indicator(house, code="otro", name="Otro", target=40)
    frozen(house, reached)
    access = house.access(Role.QUALITY_MANAGER)
    with exactly(1):
        (shown,) = MISSED.rows(access, house.today(OCTOBER))
    assert shown.title == row.name and shown.act == "Comentar"
    assert shown.beside.replace("\N{NO-BREAK SPACE}", " ") == "50,0 % · meta 90,0 %"
    page = (
        house.client(Role.QUALITY_MANAGER)
        .get(f"/{house.slug}/gestion/indicadores/?vista=bajo-su-meta")
        .content.decode()
    )
    assert page.count("data-row") == 1 and row.name in page
    assert [each.indicator for each in newest_results(house.institution)] == [reached, row]


def test_the_day_on_which_the_house_freezes_results_is_told_ahead(house):
    indicator(house)
    access = house.access(Role.QUALITY_MANAGER)
    first, last = date(2026, 9, 27), date(2026, 10, 10)
    (item,) = AHEAD.items(access, first, last)
    assert (item.on, item.title) == (date(2026, 10, 6), "Se fija 1 resultado")
    assert AHEAD.items(access, date(2026, 10, 7), date(2026, 10, 20)) == []


def test_an_indicator_owes_nothing_of_before_it_is_measured(house):
    indicator(house, since=date(2026, 10, 1))
    assert owed_results(house.institution, today=house.today(NOW + 40 * DAY)) == []
