# SPDX-License-Identifier: EUPL-1.2
"""A waiting in minutes where clocks are put forward or back, over midnight and where the calendar ends."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from siac.charters.models import CharterEdition
from siac.clocks.public import clocks_of
from siac.countries.public import LAST
from siac.organizations.public import touch_configuration
from tests.charters.test_guarantees import attended, promise, states
from tests.factories import House, make_house

pytestmark = pytest.mark.django_db
FORWARD, BACK = (2026, 9, 6), (2026, 4, 5)
"""Local days on which clocks of Santiago are put forward, and after which they were put back at midnight."""
MADRID_BACK = (2026, 10, 25)


def promised_since_january(house: House, minutes: int = 15) -> None:
    promise(house, days=minutes, more={"subject": "interaction", "unit": "mi", "remedy_kind": "apology"})
    CharterEdition.objects.update(valid_from=date(2026, 1, 1))
    touch_configuration(house.institution.pk)
    house.institution.refresh_from_db()


@pytest.mark.parametrize(
    ("country", "begun", "fold", "promised", "waited", "state"),
    [
        ("CL", (*BACK, 0, 5), 0, 15, 40, "missed"),
        ("CL", (*BACK, 0, 5), 0, 15, 14, "met"),
        ("CL", (*BACK, 0, 5), 0, 60, 50, "met"),
        ("CL", (2026, 4, 4, 23, 20), 1, 15, 14, "met"),
        ("CL", (2026, 4, 4, 23, 20), 1, 15, 16, "missed"),
        ("CL", (*FORWARD, 1, 5), 0, 15, 14, "met"),
        ("CL", (*FORWARD, 1, 5), 0, 15, 16, "missed"),
        ("CL", (*FORWARD, 1, 40), 0, 90, 100, "missed"),
        ("CL", (2026, 8, 2, 0, 5), 0, 15, 40, "missed"),
        ("ES", (*MADRID_BACK, 3, 5), 0, 60, 50, "met"),
        ("ES", (*MADRID_BACK, 2, 30), 1, 15, 14, "met"),
    ],
)
def test_minutes_pass_as_they_do_when_clocks_change(country, begun, fold, promised, waited, state):
    house = make_house(country=country)
    promised_since_january(house, promised)
    row = attended(house, begun_at=datetime(*begun, tzinfo=house.institution.zone, fold=fold), waited=waited,
                   now=datetime(2026, 11, 2, 15, tzinfo=UTC))  # fmt: skip
    [clock] = clocks_of(house.institution.pk, "interaction", [row.pk])
    assert clock.state == state
    assert clock.ended_at - clock.started_at == timedelta(minutes=waited)
    assert clock.due_at - clock.started_at == timedelta(minutes=promised)


def test_a_waiting_that_ends_where_no_calendar_is_claimed_is_registered_and_not_judged(house):
    promised_since_january(house)
    begun = datetime(LAST.year + 1, 1, 1, 0, 5, tzinfo=ZoneInfo("America/Santiago"))
    row = attended(house, now=begun, begun_at=begun, waited=40)
    assert states(house, row) == []
