# SPDX-License-Identifier: EUPL-1.2
"""Foretelling demand: what a made-up past says without noise, what is not known, and ranges that hold."""

import random
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.indicators.domain.demand_plan import foretell, ranged, shared, spread_at, weights_of
from siac.indicators.domain.forecasting import (
    BackTest,
    Calendar,
    Series,
    back_test,
    days_of,
    fitted,
    month_forecast,
    month_naive,
    months_after,
    total,
)

ONE = timedelta(days=1)
MONDAY = date(2024, 1, 1)
WEEK = (120, 110, 100, 90, 80, 20, 10)
NOTHING = Calendar()


def made(days: int, of, first: date = MONDAY) -> Series:
    return Series(first, tuple(of(first + place * ONE) for place in range(days)))


def weekly(day: date) -> int:
    return WEEK[day.weekday()]


def test_a_week_that_repeats_itself_is_foretold_to_the_day():
    model = fitted(made(364, weekly), NOTHING)
    assert model is not None and model.months is None
    week = [model.on(date(2025, 1, 6) + place * ONE, NOTHING) for place in range(7)]
    assert [round(each) for each in week] == list(WEEK)


def test_holidays_are_learned_and_expected():
    free = frozenset(date(2024, month, 3) for month in range(1, 13)) | {date(2025, 2, 3)}
    series = made(364, lambda day: 5 if day in free else weekly(day))
    model = fitted(series, Calendar(free))
    assert model is not None
    assert model.on(date(2025, 2, 3), Calendar(free)) < 20 < 80 < model.on(date(2025, 2, 10), Calendar(free))


def test_school_breaks_are_learned_and_expected():
    summer = {date(2024, 7, 1) + place * ONE for place in range(30)}
    coming = {date(2025, 7, 1) + place * ONE for place in range(30)}
    calendar = Calendar(breaks=frozenset(summer | coming))
    series = made(364, lambda day: weekly(day) // (2 if day in summer else 1))
    model = fitted(series, calendar)
    assert model is not None and 0.5 < model.school_break < 0.85
    assert model.on(date(2025, 7, 7), calendar) < model.on(date(2025, 8, 4), calendar)


def test_months_are_told_apart_only_with_two_whole_years():
    def seasonal(day: date) -> int:
        return weekly(day) * (2 if day.month == 3 else 1)

    assert fitted(made(700, seasonal), NOTHING).months is None
    model = fitted(made(731, seasonal), NOTHING)
    assert model.months is not None
    assert 1.7 < model.months[2] / model.months[5] < 2.3


@pytest.mark.parametrize("days", [0, 1, 55])
def test_with_less_than_eight_weeks_nothing_is_foretold(days):
    series = made(days, weekly)
    assert fitted(series, NOTHING) is None
    assert month_forecast(series, NOTHING, [date(2025, 1, 1)]) is None


def test_where_nothing_ever_came_nothing_is_foretold():
    assert fitted(made(364, lambda _: 0), NOTHING) is None
    assert foretell(made(364, lambda _: 0), NOTHING, 2025).months[date(2025, 1, 1)].count == 0


def test_days_that_nobody_knows_are_not_days_without_requests():
    broken = {date(2024, 9, 1) + place * ONE for place in range(30)}
    gap = made(364, lambda day: None if day in broken else weekly(day))
    zeros = made(364, lambda day: 0 if day in broken else weekly(day))
    march = date(2025, 3, 1)
    whole = month_forecast(made(364, weekly), NOTHING, [march])[0]
    assert abs(month_forecast(gap, NOTHING, [march])[0] - whole) < whole / 100
    assert total(gap, date(2024, 9, 1)) is None and total(zeros, date(2024, 9, 1)) == 0
    assert total(gap, date(2024, 8, 1)) == sum(weekly(day) for day in days_of(date(2024, 8, 1)))


def test_a_month_with_few_unknown_days_is_filled_as_its_others():
    series = made(31, lambda day: None if day.day == 31 else 10)
    assert total(series, MONDAY) == 310


def test_the_naive_forecast_repeats_the_year_before_or_the_last_four_weeks():
    series = made(90, weekly)
    january, april = date(2025, 1, 1), date(2024, 4, 1)
    repeated, recent = month_naive(series, NOTHING, [january, april])
    assert repeated == sum(weekly(day) for day in days_of(date(2024, 1, 1)))
    assert round(recent) == sum(weekly(day) for day in days_of(april))
    assert month_naive(made(27, weekly), NOTHING, [april]) is None


def noisy(years: int) -> Series:
    chance = random.Random(11)
    return made(365 * years, lambda day: chance.randint(0, 2 * weekly(day)))


def test_the_past_is_foretold_with_nothing_that_came_later():
    series = noisy(2)
    trials = back_test(series, NOTHING).trials
    again = back_test(series.until(date(2025, 3, 1)), NOTHING).trials
    known = {(each.origin, each.ahead): each for each in trials}
    assert again and all(known[each.origin, each.ahead] == each for each in again)
    assert {each.ahead for each in trials} == set(range(1, 13))


def test_ranges_held_in_the_past_and_grow_with_distance():
    test = back_test(noisy(3), NOTHING)
    assert test.covered is not None and test.covered >= Fraction(8, 10) and test.tried > 50
    spreads = [test.spreads[ahead] for ahead in range(1, 13)]
    assert spreads == sorted(spreads)


def test_without_months_to_try_it_on_no_range_is_given():
    found = foretell(made(70, weekly), NOTHING, 2025)
    assert found is not None and not found.is_own
    assert all(each.low is None and each.high is None for each in found.months.values())


def test_the_naive_plan_is_used_where_the_model_is_not_better():
    """Two years that are the same to the day: nobody beats repeating the year before."""
    chance = random.Random(5)
    year = [chance.randint(0, 200) for _ in range(366)]

    def same(day: date) -> int:
        return year[day.timetuple().tm_yday - 1] * (1 + (day.month in (2, 6, 9)) * 4)

    series = made(365 * 4, same, date(2022, 1, 1))
    found = foretell(series, NOTHING, 2026)
    assert found.test.own is not None and found.test.naive is not None
    assert found.is_own == (found.test.own < found.test.naive)
    assert not found.is_own
    assert found.months[date(2026, 3, 1)].count == total(series, date(2025, 3, 1))


def test_of_a_month_beyond_all_that_was_tried_the_farthest_range_holds():
    test = BackTest(spreads={1: Fraction(1, 10), 2: Fraction(2, 10)})
    end = date(2025, 1, 1)
    asked = [months_after(end, ahead) for ahead in (0, 1, 5)]
    assert [spread_at(test, end, month) for month in asked] == [
        Fraction(1, 10),
        Fraction(2, 10),
        Fraction(2, 10),
    ]
    assert spread_at(BackTest(), end, end) is None


@pytest.mark.parametrize(
    ("count", "spread", "low", "high"),
    [
        (100, Fraction(0), 87, 113),
        (100, Fraction(1, 2), 48, 152),
        (0, Fraction(1, 2), 0, 1),
        (1, Fraction(0), 0, 3),
    ],
)
def test_a_range_is_the_past_error_and_the_chance_of_small_numbers(count, spread, low, high):
    found = ranged(count, spread)
    assert (found.low, found.high) == (low, high)


@given(
    st.integers(0, 100_000),
    st.dictionaries(st.text(min_size=1, max_size=3), st.integers(1, 1000), min_size=1, max_size=20),
)
def test_parts_add_up_to_the_whole_and_none_is_a_whole_request_off(count, weights):
    found = shared(count, weights)
    assert sum(found.values()) == count
    whole = sum(weights.values())
    assert all(abs(found[part] - Fraction(count * weights[part], whole)) < 1 for part in weights)


def test_what_is_new_weighs_more_than_what_faded():
    assert weights_of({"old": [10, 0, 0], "new": [0, 0, 10], "never": [0, 0, 0]}) == {"old": 10, "new": 30}


def test_months_are_counted_over_years():
    assert months_after(date(2024, 11, 1), 3) == date(2025, 2, 1)
    assert months_after(date(2024, 1, 1), -1) == date(2023, 12, 1)
