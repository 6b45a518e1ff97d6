# SPDX-License-Identifier: EUPL-1.2
"""When a place is open, as a table and as properties: no database."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.servicepoints.domain.hours import (
    Hours,
    OtherDay,
    Season,
    State,
    Visit,
    Window,
    days_ahead,
    hours_in_words,
    overlaps,
    pack,
    state_at,
    state_in_words,
    unpack,
    visits_ahead,
    week_overlaps,
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
    hours = replace(
        hours, visits=(Visit(date(2028, 3, 1), "Plaza", (MORNING,)),), closed_from=date(2029, 1, 1)
    )
    assert unpack(pack(hours)) == hours
    assert set(pack(Hours(week))) == {"week", "seasons", "exceptions", "opens_on_holidays"}


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


NIGHT = Window(time(22), time(2))
ALL_DAY = Window(time(0), time(0))


@pytest.mark.parametrize(
    ("at", "is_open", "changes"),
    [
        ("2026-09-11 21:59", False, "2026-09-11 22:00"),
        ("2026-09-11 23:30", True, "2026-09-12 02:00"),
        ("2026-09-12 01:59", True, "2026-09-12 02:00"),
        ("2026-09-12 02:00", False, "2026-09-18 22:00"),
    ],
)
def test_who_opens_past_midnight_is_open_the_day_after(at, is_open, changes):
    friday = Hours({4: (NIGHT,)})
    state = state_at(friday, datetime.fromisoformat(at).replace(tzinfo=SANTIAGO), SANTIAGO, lambda _: False)
    assert (state.is_open, f"{state.changes_at:%Y-%m-%d %H:%M}") == (is_open, changes)
    assert (state.opens_at, state.closes_at)[is_open] == state.changes_at


def test_who_never_closes_is_open_without_an_end_and_who_closes_on_sundays_until_midnight():
    now = datetime(2026, 9, 11, 3, tzinfo=SANTIAGO)
    always = Hours(dict.fromkeys(range(7), (ALL_DAY,)))
    assert state_at(always, now, SANTIAGO, lambda _: False) == State(True, None)
    but_sunday = state_at(Hours(dict.fromkeys(range(6), (ALL_DAY,))), now, SANTIAGO, lambda _: False)
    assert but_sunday.closes_at == datetime(2026, 9, 13, 0, tzinfo=SANTIAGO)


def test_midnight_that_does_not_exist_is_when_the_clock_goes_on():
    """In Chile the clock goes from 0:00 to 1:00 on Sunday 6 September 2026: who closes at midnight closes as
    it strikes, who opens then opens as it does.
    """
    hours = Hours({5: (Window(time(20), time(0)),), 6: (Window(time(0), time(3)),)})
    closes = datetime(2026, 9, 6, 4, tzinfo=UTC)
    saturday = Hours({5: hours.week[5]})
    assert state_at(saturday, closes - timedelta(minutes=1), SANTIAGO, lambda _: False).closes_at == closes
    sunday = Hours({6: hours.week[6]})
    assert state_at(sunday, closes, SANTIAGO, lambda _: False).closes_at == closes + timedelta(hours=2)


def test_visits_are_days_of_their_own_and_a_closed_day_closes_them():
    """A visit holds on a holiday, for somebody said that day; an exception is said later still."""
    hours = Hours(
        exceptions=(OtherDay(date(2026, 9, 11), (), "camino cortado"),),
        visits=(
            Visit(date(2026, 9, 18), "Plaza de Tongoy", (MORNING,)),
            Visit(date(2026, 9, 11), "El Peñón", (MORNING,)),
        ),
    )
    assert [each.place for each in visits_ahead(hours, date(2026, 9, 10))] == ["Plaza de Tongoy"]
    assert visits_ahead(replace(hours, closed_from=date(2026, 9, 15)), date(2026, 9, 10)) == []
    assert visits_ahead(hours, date(2026, 9, 19)) == []
    told = days_ahead(hours, date(2026, 9, 10), is_off, count=9)
    assert [(each.on.day, each.words) for each in told if each.on.day in {10, 11, 18}] == [
        (10, "cerrado"),
        (11, "cerrado (camino cortado)"),
        (18, "de 9:00 a 14:00 en Plaza de Tongoy"),
    ]


def test_the_week_to_come_says_holidays_and_the_end():
    told = days_ahead(replace(OFFICE, closed_from=date(2026, 9, 21)), date(2026, 9, 16), is_off, count=6)
    assert [each.words for each in told] == [
        "de 9:00 a 14:00 y de 15:00 a 17:00",
        "de 9:00 a 12:00 (víspera)",
        "cerrado (feriado)",
        "cerrado",
        "cerrado",
        "cerrado (cierre definitivo)",
    ]
    gone = replace(OFFICE, closed_from=date(2026, 9, 16))
    closed = state_at(gone, datetime(2026, 9, 16, 15, tzinfo=UTC), SANTIAGO, is_off)
    assert closed == State(False, None)


@pytest.mark.parametrize(
    ("week", "wrong"),
    [
        ({0: (NIGHT,), 1: (MORNING,)}, False),
        ({0: (NIGHT,), 1: (Window(time(1), time(3)),)}, True),
        ({6: (NIGHT,), 0: (Window(time(1), time(3)),)}, True),  # Sunday goes on into Monday
        ({0: (Window(time(20), time(9)),)}, True),  # more than twelve hours past midnight: a slip
        ({0: (ALL_DAY,), 1: (ALL_DAY,)}, False),
    ],
)
def test_weeks_that_cannot_be(week, wrong):
    assert week_overlaps(week) is wrong


@pytest.mark.parametrize(
    ("at", "said"),
    [
        ("2026-09-07 13:00", "Abierto hasta las 14:00"),
        ("2026-09-07 14:30", "Cerrado, abre hoy a las 15:00"),
        ("2026-09-07 20:00", "Cerrado, abre mañana a las 9:00"),
        ("2026-09-09 20:00", "Cerrado, abre el viernes 11 a las 9:00"),
    ],
)
def test_a_state_is_said_as_people_say_it(at, said):
    now = datetime.fromisoformat(at).replace(tzinfo=SANTIAGO)
    assert state_in_words(state_at(OFFICE, now, SANTIAGO, is_off), now.date()) == said


def test_states_far_away_and_without_an_end_are_said_too():
    today = date(2026, 9, 11)
    late = datetime(2026, 9, 12, 1, tzinfo=SANTIAGO)
    assert state_in_words(State(True, late), today) == "Abierto hasta la 1:00 del sábado"
    assert state_in_words(State(True, None), today) == "Abierto a toda hora"
    assert state_in_words(State(False, None), today) == "Cerrado"
    far = datetime(2026, 10, 1, 9, tzinfo=SANTIAGO)
    assert state_in_words(State(False, far), today) == "Cerrado, abre el jueves 1 de octubre a las 9:00"


def test_hours_are_said_whole():
    named = replace(OFFICE.seasons[0], name="Verano")
    hours = replace(OFFICE, seasons=(named,), closed_from=date(2027, 3, 1))
    assert hours_in_words(hours, "Con hora reservada") == (
        "Lunes a viernes de 9:00 a 14:00 y de 15:00 a 17:00. "
        "Verano (del 15/12 al 28/2): lunes a viernes de 9:00 a 14:00. "
        "Cierra para siempre el 01-03-2027. Con hora reservada"
    )
    assert hours_in_words(Hours(dict.fromkeys(range(7), (ALL_DAY,)))) == "Todos los días las 24 horas"
    visits = (Visit(date(2026, 12, 1), "Plaza", (MORNING,)),)
    assert hours_in_words(Hours(visits=visits)) == "Los días y lugares de su calendario de visitas"
