# SPDX-License-Identifier: EUPL-1.2
"""When a place is open, as a table and as properties: no database."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.servicepoints.domain.hours import (
    Hours,
    OtherDay,
    Season,
    Window,
    overlaps,
    pack,
    state_at,
    unpack,
    week_words,
)

SANTIAGO, MADRID = ZoneInfo("America/Santiago"), ZoneInfo("Europe/Madrid")
MORNING, AFTERNOON = Window(time(9), time(14)), Window(time(15), time(17))
OFFICE = Hours(
    dict.fromkeys(range(5), (MORNING, AFTERNOON)),
    (Season((12, 15), (2, 28), dict.fromkeys(range(5), (MORNING,))),),
    (
        OtherDay(date(2026, 9, 17), (Window(time(9), time(12)),), "víspera"),
        OtherDay(date(2026, 9, 10), (), ""),
    ),
)


def is_off(day: date) -> bool:
    return day == date(2026, 9, 18)


@pytest.mark.parametrize(
    ("day", "count"),
    [
        (date(2026, 9, 7), 2),  # a Monday
        (date(2026, 9, 12), 0),  # a Saturday
        (date(2026, 9, 10), 0),  # closed that day
        (date(2026, 9, 17), 1),  # the eve of a holiday
        (date(2026, 9, 18), 0),  # a holiday
        (date(2026, 12, 15), 1),  # the first day of the summer hours, over the new year
        (date(2027, 2, 26), 1),  # their last Friday
        (date(2027, 3, 1), 2),
    ],
)
def test_each_day_has_the_windows_it_has(day, count):
    assert len(OFFICE.windows_on(day, is_off)) == count


def test_who_opens_on_holidays_opens():
    always = Hours(OFFICE.week, opens_on_holidays=True)
    assert len(always.windows_on(date(2026, 9, 18), is_off)) == 2


@pytest.mark.parametrize(
    ("at", "is_open", "changes"),
    [
        ("2026-09-07 08:59", False, "2026-09-07 09:00"),
        ("2026-09-07 09:00", True, "2026-09-07 14:00"),
        ("2026-09-07 14:00", False, "2026-09-07 15:00"),
        ("2026-09-07 16:59", True, "2026-09-07 17:00"),
        ("2026-09-07 17:00", False, "2026-09-08 09:00"),
        ("2026-09-09 18:00", False, "2026-09-11 09:00"),  # the tenth is closed
        ("2026-09-17 12:00", False, "2026-09-21 09:00"),  # a holiday and a weekend follow
    ],
)
def test_it_says_whether_it_is_open_and_until_when(at, is_open, changes):
    now = datetime.fromisoformat(at).replace(tzinfo=SANTIAGO)
    state = state_at(OFFICE, now, SANTIAGO, is_off)
    assert (state.is_open, f"{state.changes_at:%Y-%m-%d %H:%M}") == (is_open, changes)


def test_a_place_that_never_opens_says_so():
    closed = Hours(exceptions=(OtherDay(date(2026, 9, 7), (), ""),))
    state = state_at(closed, datetime(2026, 9, 7, 12, tzinfo=UTC), SANTIAGO, is_off)
    assert (state.is_open, state.changes_at, closed.is_known, Hours().is_known) == (False, None, True, False)


def test_an_hour_is_an_hour_on_the_day_that_the_clock_changes():
    """In Madrid the clock goes from 2:00 to 3:00 on 29 March 2026: who opens from 1:00 to 4:00 opens two
    hours, not three; on 25 October, when 3:00 becomes 2:00, four.
    """
    night = Hours(dict.fromkeys(range(7), (Window(time(1), time(4)),)))
    for day, hours in ((date(2026, 3, 29), 2), (date(2026, 10, 25), 4), (date(2026, 3, 30), 3)):
        start = datetime.combine(day, time(0), MADRID).astimezone(UTC)
        minutes = [start + timedelta(minutes=each) for each in range(0, 8 * 60, 10)]
        opened = sum(state_at(night, at, MADRID, lambda _: False).is_open for at in minutes)
        assert opened == hours * 6


TIMES = st.times(max_value=time(23, 59)).map(lambda at: at.replace(second=0, microsecond=0))
WINDOWS = st.tuples(TIMES, TIMES).filter(lambda pair: pair[0] < pair[1]).map(lambda pair: Window(*pair))
WEEKS = st.dictionaries(st.integers(0, 6), WINDOWS.map(lambda window: (window,)), max_size=7)


@given(WEEKS, st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)))
def test_a_state_lasts_until_it_changes_and_not_longer(week, naive):
    hours, now = Hours(week), naive.replace(tzinfo=UTC)
    state = state_at(hours, now, SANTIAGO, lambda _: False)
    if state.changes_at is None:
        assert not state.is_open
        return
    before = state.changes_at - timedelta(seconds=1)
    if before >= now:
        assert state_at(hours, before, SANTIAGO, lambda _: False).is_open == state.is_open
    assert state.changes_at > now
    assert state_at(hours, state.changes_at, SANTIAGO, lambda _: False).is_open != state.is_open or any(
        each[0].opens == time(0) for each in week.values()
    )


@given(WEEKS)
def test_what_is_kept_comes_back(week):
    hours = Hours(week, (Season((1, 2), (2, 29), week),), (OtherDay(date(2028, 2, 29), (), "x"),), True)
    assert unpack(pack(hours)) == hours


@pytest.mark.parametrize(
    ("windows", "wrong"),
    [
        ([MORNING, AFTERNOON], False),
        ([Window(time(9), time(14)), Window(time(14), time(17))], False),
        ([Window(time(9), time(14)), Window(time(13), time(17))], True),
        ([Window(time(14), time(9))], True),
        ([Window(time(9), time(9))], True),
    ],
)
def test_windows_that_cannot_be(windows, wrong):
    assert overlaps(windows) is wrong


@pytest.mark.parametrize(
    ("week", "said"),
    [
        (OFFICE.week, "Lunes a viernes de 9:00 a 14:00 y de 15:00 a 17:00"),
        (
            {0: (MORNING,), 1: (MORNING,), 5: (AFTERNOON,)},
            "Lunes y martes de 9:00 a 14:00; sábado de 15:00 a 17:00",
        ),
        ({2: (MORNING,)}, "Miércoles de 9:00 a 14:00"),
        ({}, ""),
    ],
)  # fmt: skip
def test_a_week_is_said_as_people_say_it(week, said):
    assert week_words(week) == said
