# SPDX-License-Identifier: EUPL-1.2
"""What is unusual is so against the unit's own past, and never of few."""

from datetime import date, timedelta

import pytest

from siac.reporting.domain.signs import Part, is_unusual, mass_days

DAY = date(2026, 9, 7)


@pytest.mark.parametrize(
    ("now", "usual", "unusual"),
    [
        (Part(5, 10), Part(25, 100), True),  # twice as many
        (Part(5, 10), Part(26, 100), False),
        (Part(4, 4), Part(0, 100), False),  # chance alone does that
        (Part(5, 5), Part(0, 0), False),  # nothing is known of before
        (Part(9, 9), Part(0, 4), False),  # nor enough
        (Part(5, 9), Part(0, 5), True),
        (Part(0, 0), Part(0, 0), False),
        (Part(10, 10), Part(100, 100), False),  # it is always so
    ],
)
def test_a_share_is_unusual_from_twice_what_it_is_usually(now, usual, unusual):
    assert is_unusual(now, usual) is unusual


def test_a_day_is_a_mass_where_ten_and_four_times_the_usual_were_answered():
    usual = {DAY + timedelta(days=place): 2 for place in range(10)}
    assert mass_days({**usual, DAY: 10}) == [(DAY, 10, 2)]
    assert mass_days({**usual, DAY: 9}) == []
    assert mass_days(dict.fromkeys(usual, 12)) == []  # a unit that answers much every day
    assert mass_days({DAY: 90, DAY + timedelta(days=1): 1, DAY + timedelta(days=2): 1}) == []  # three days
    assert mass_days({}) == mass_days({DAY: 0}) == []
