# SPDX-License-Identifier: EUPL-1.2
"""Periods that people ask for: what they are compared with, also while they are running."""

from collections import Counter
from datetime import date, timedelta

import pytest

from siac.indicators.domain.windows import (
    Against,
    Length,
    between,
    bins,
    containing,
    months_later,
    months_up_to,
)

LATER = date(2030, 1, 1)
DAY = timedelta(days=1)


def span(days: str) -> tuple[date, date]:
    first, last = days.split()
    return date.fromisoformat(first), date.fromisoformat(last)


WHOLE = (
    (Length.MONTH, "2026-03-01 2026-03-31", "2026-02-01 2026-02-28", "2025-03-01 2025-03-31"),
    (Length.MONTH, "2028-02-01 2028-02-29", "2028-01-01 2028-01-31", "2027-02-01 2027-02-28"),
    (Length.MONTH, "2025-02-01 2025-02-28", "2025-01-01 2025-01-31", "2024-02-01 2024-02-29"),
    (Length.QUARTER, "2026-01-01 2026-03-31", "2025-10-01 2025-12-31", "2025-01-01 2025-03-31"),
    (Length.YEAR, "2026-01-01 2026-12-31", "2025-01-01 2025-12-31", "2025-01-01 2025-12-31"),
)
RUNNING = (
    (Length.MONTH, "2026-03-30", "2026-02-01 2026-02-28"),  # February has no 30 days
    (Length.MONTH, "2026-03-01", "2026-02-01 2026-02-01"),
    (Length.QUARTER, "2026-04-10", "2026-01-01 2026-01-10"),
    (Length.YEAR, "2026-11-28", "2025-01-01 2025-11-28"),
)


@pytest.mark.parametrize(("length", "days", "before", "year_ago"), WHOLE)
def test_a_whole_period_is_compared_with_a_whole_one(length, days, before, year_ago):
    window = containing(length, span(days)[1], today=LATER)
    assert (window.first, window.end, window.is_running) == (*span(days), False)
    assert window.against(Against.BEFORE) == span(before)
    assert window.against(Against.YEAR_AGO) == span(year_ago)


@pytest.mark.parametrize(("length", "today", "before"), RUNNING)
def test_a_running_period_is_compared_with_as_many_days(length, today, before):
    day = date.fromisoformat(today)
    window = containing(length, day, today=day)
    assert window.last == day
    assert window.against(Against.BEFORE) == span(before)


def test_days_are_compared_with_as_many_right_before_them_or_the_same_a_year_before():
    window = between(*span("2028-02-20 2028-02-29"), today=LATER)
    assert window.against(Against.BEFORE) == span("2028-02-10 2028-02-19")
    assert window.against(Against.YEAR_AGO) == span("2027-02-20 2027-02-28")


@pytest.mark.parametrize("length", [Length.MONTH, Length.QUARTER, Length.YEAR])
def test_periods_follow_one_another_without_a_gap(length):
    window = containing(length, date(2026, 5, 17), today=LATER)
    for times in range(-30, 30):
        one, after = window.moved(times, today=LATER), window.moved(times + 1, today=LATER)
        assert after.first == one.end + DAY
        assert window.moved(times, today=LATER).moved(-times, today=LATER) == window


def test_thirteen_months_end_with_the_one_that_is_asked():
    months = months_up_to(date(2026, 11, 28), 13, today=date(2026, 11, 28))
    assert (months[0].first, months[-1].first) == span("2025-11-01 2026-11-01")
    assert [month.is_running for month in months] == [False] * 12 + [True]


def test_a_month_later_is_the_same_day_or_the_last_of_a_shorter_month():
    assert months_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_later(date(2026, 3, 31), -1) == date(2026, 2, 28)
    assert months_later(date(2026, 12, 15), 1) == date(2027, 1, 15)


@pytest.mark.parametrize("seed", range(20))
def test_steps_hold_every_value_once_and_are_few(seed):
    values = Counter((seed + 1) * place * place % (3 + seed * 17) - seed for place in range(40))
    steps = bins(values)
    assert len(steps) <= 12
    assert sum(n for _, _, n in steps) == 40
    for low, high, n in steps:
        assert n == sum(count for value, count in values.items() if low <= value <= high)
    assert [low for low, _, _ in steps[1:]] == [high + 1 for _, high, _ in steps[:-1]]


def test_nothing_has_no_steps_and_few_values_one_each():
    assert bins({}) == []
    assert bins({3: 2, 5: 1}) == [(3, 3, 2), (4, 4, 0), (5, 5, 1)]
