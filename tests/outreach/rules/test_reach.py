# SPDX-License-Identifier: EUPL-1.2
"""Where a campaign stands, what it reached, and the month of its calendar."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.outreach.domain.reach import (
    Entry,
    Standing,
    calendar_lines,
    month_beside,
    month_weeks,
    reached_share,
    standing,
)

FIRST, LAST = date(2026, 9, 10), date(2026, 9, 20)


@pytest.mark.parametrize(
    ("today", "evaluated", "dropped", "found"),
    [
        (date(2026, 9, 9), False, False, Standing.PLANNED),
        (FIRST, False, False, Standing.RUNNING),
        (LAST, False, False, Standing.RUNNING),
        (date(2026, 9, 21), False, False, Standing.TO_EVALUATE),
        (FIRST, True, False, Standing.EVALUATED),
        (LAST, True, True, Standing.DROPPED),
    ],
)
def test_where_a_campaign_stands(today, evaluated, dropped, found):
    assert standing(FIRST, LAST, is_evaluated=evaluated, is_dropped=dropped, today=today) is found


@pytest.mark.parametrize(
    ("measured", "expected", "share"),
    [(None, 100, None), (10, 0, None), (0, 100, Decimal("0.0")), (2, 3, Decimal("66.7")),
     (300, 100, Decimal("300.0"))],
)  # fmt: skip
def test_what_was_reached_of_what_was_expected(measured, expected, share):
    assert reached_share(measured, expected) == share


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_a_month_is_whole_weeks_with_each_of_its_days_once(year, month):
    weeks = month_weeks(year, month, {})
    days = [day for week in weeks for day in week]
    assert all(len(week) == 7 and week[0].on.weekday() == 0 for week in weeks)
    own = [day.on for day in days if day.is_of_month]
    assert own[0].day == 1 and (own[-1] + timedelta(days=1)).month != month
    assert [each.on for each in days] == [days[0].on + timedelta(days=n) for n in range(len(days))]
    assert month_beside(*month_beside(year, month, 1), -1) == (year, month)


def test_a_day_has_the_campaigns_that_run_on_it():
    days = {day.on: day.campaigns for week in month_weeks(2026, 9, {7: (FIRST, LAST)}) for day in week}
    assert [on for on, found in days.items() if 7 in found] == [FIRST + timedelta(days=n) for n in range(11)]
    assert (month_beside(2026, 12, 1), month_beside(2026, 1, -1)) == ((2027, 1), (2025, 12))


def test_a_calendar_is_told_whole_days_with_the_day_after_as_their_end():
    lines = calendar_lines([Entry("a@x", FIRST, LAST, "Título", "Texto", 3)], "20260901T000000Z")
    assert "DTSTART;VALUE=DATE:20260910" in lines and "DTEND;VALUE=DATE:20260921" in lines
    assert "SEQUENCE:3" in lines and lines[0] == "BEGIN:VEVENT" and lines[-1] == "END:VEVENT"
