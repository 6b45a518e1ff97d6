# SPDX-License-Identifier: EUPL-1.2
"""Ladders as values, and which due days a step reaches on a day."""

from datetime import date

import pytest

from siac.cases.alerts.commands import LATEST, due_days
from siac.clocks.domain.calendar import DayOff, WorkingCalendar
from siac.clocks.domain.ladder import DEFAULT, Audience, Step, default_ladder, dump_ladder, parse_ladder
from siac.kernel.errors import Refused

HOLIDAY = date(2026, 9, 18)
CALENDAR = WorkingCalendar(
    {HOLIDAY: (DayOff("Fiestas Patrias", "holiday", "CL"),)}, first=date(2026, 1, 1), last=date(2026, 12, 31)
)


def test_a_ladder_is_read_back_as_it_was_written():
    assert parse_ladder(default_ladder()) == tuple(sorted(DEFAULT))
    assert parse_ladder(dump_ladder([Step(5, Audience.AUTHORITY), Step(-1, Audience.ASSIGNEE)])) == (
        Step(-1, Audience.ASSIGNEE), Step(5, Audience.AUTHORITY),
    )  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        [{"offset": 61, "to": "authority"}],
        [{"offset": "3", "to": "authority"}],
        [{"offset": True, "to": "authority"}],
        [{"offset": 3, "to": "vecino"}],
        [{"offset": 3}],
        [{"offset": 3, "to": "authority", "por": "correo"}],
        [{"offset": 3, "to": "authority"}] * 2,
        [{"offset": day, "to": "authority"} for day in range(7)],
    ],
)
def test_a_bad_ladder_is_refused(rows):
    with pytest.raises(Refused) as caught:
        parse_ladder(rows)
    assert caught.value.code == "bad_ladder"


@pytest.mark.parametrize(
    ("today", "offset", "latest"),
    [
        (date(2026, 9, 9), 0, date(2026, 9, 9)),  # Wednesday: what ends today
        (date(2026, 9, 9), 1, date(2026, 9, 8)),  # one business day late
        (date(2026, 9, 14), 1, date(2026, 9, 13)),  # Monday: what ended on Friday, or on the weekend
        (date(2026, 9, 21), 2, date(2026, 9, 16)),  # the holiday of the 18th does not count
        (date(2026, 9, 9), -3, date(2026, 9, 14)),  # Thursday, Friday, Monday
        (
            date(2026, 9, 16),
            -1,
            date(2026, 9, 20),
        ),  # Thursday is left; the holiday and the weekend lie behind it
    ],
)
def test_the_latest_due_day_that_a_step_reaches(today, offset, latest):
    first, last = due_days(CALENDAR, today, offset)
    assert last == latest
    assert first <= last


@pytest.mark.parametrize("offset", range(-10, 11))
def test_the_window_holds_exactly_the_days_that_lie_so_far(offset):
    today = date(2026, 9, 23)
    first, last = due_days(CALENDAR, today, offset)
    for ordinal in range(date(2026, 8, 1).toordinal(), date(2026, 10, 31).toordinal()):
        day = date.fromordinal(ordinal)
        passed = CALENDAR.business_between(day, today)
        assert (first <= day <= last) == (offset <= passed < offset + LATEST), day
