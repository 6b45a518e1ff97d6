# SPDX-License-Identifier: EUPL-1.2
"""Which hours can be booked: a table, and what must hold of any."""

from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.appointments.domain.arrival import Arrival, arrival, offered_until, reminder_due
from siac.appointments.domain.slots import (
    Grid,
    Opening,
    Sitting,
    Slot,
    Taken,
    crossing,
    free_seats,
    is_within,
    nearest,
    pack,
    slots_of,
    stretches,
    unpack,
)
from siac.appointments.texts import hour_words
from siac.servicepoints.public import instant

MADRID, SANTIAGO = ZoneInfo("Europe/Madrid"), ZoneInfo("America/Santiago")
EVERY = tuple(range(7))
MONDAY = date(2026, 11, 30)


def opening(opens: str, closes: str, **more) -> Opening:
    return Opening(time.fromisoformat(opens), time.fromisoformat(closes), more.pop("weekdays", EVERY), **more)


def whole(day: date, zone: ZoneInfo) -> list[tuple[datetime, datetime]]:
    """Return one spell from the midnight before to the one after next."""
    return [
        (instant(day - timedelta(days=1), time(0), zone), instant(day + timedelta(days=2), time(0), zone))
    ]


def hours(openings, day, minutes=60, between=0, zone=MADRID, spells=None, places=1):
    found = slots_of(
        openings, day, Grid(minutes, between, places), partial(instant, zone=zone),
        whole(day, zone) if spells is None else spells,
    )  # fmt: skip
    return [f"{each.begins_at.astimezone(zone):%H:%M}" for each in found]


@pytest.mark.parametrize(
    ("openings", "more", "expected"),
    [
        ([opening("09:00", "11:00")], {}, ["09:00", "10:00"]),
        ([opening("09:00", "11:30")], {}, ["09:00", "10:00"]),  # the half hour is too short
        ([opening("09:00", "11:00")], {"minutes": 25, "between": 5}, ["09:00", "09:30", "10:00", "10:30"]),
        ([opening("15:00", "16:00"), opening("09:00", "10:00")], {}, ["09:00", "15:00"]),
        ([opening("09:00", "11:00", weekdays=(1,))], {}, []),
        ([opening("09:00", "11:00", first=MONDAY + timedelta(days=1))], {}, []),
        ([opening("09:00", "11:00", last=MONDAY)], {}, ["09:00", "10:00"]),
        ([opening("09:00", "11:00", last=MONDAY - timedelta(days=1))], {}, []),
        # Windows that cross are refused when they are saved; of older ones the first holds.
        ([opening("09:00", "11:00"), opening("10:30", "12:30")], {}, ["09:00", "10:00", "11:30"]),
        ([opening("09:00", "11:00")], {"spells": []}, []),
    ],
)  # fmt: skip
def test_windows_are_cut_in_hours(openings, more, expected):
    assert hours(openings, MONDAY, **more) == expected


def test_the_place_cuts_windows_and_hours_stay_where_they_were():
    at = partial(instant, MONDAY, zone=MADRID)
    spells = [(at(time(9, 10)), at(time(10, 45))), (at(time(12)), at(time(12, 30)))]
    found = hours([opening("09:00", "13:00")], MONDAY, minutes=20, spells=spells)
    assert found == ["09:20", "09:40", "10:00", "10:20", "12:00"]


@pytest.mark.parametrize(
    ("day", "zone", "window", "expected"),
    [
        # Madrid, 29-03-2026: at 2:00 it is 3:00.
        (date(2026, 3, 29), MADRID, ("01:00", "05:00"), ["01:00", "03:00", "04:00"]),
        (date(2026, 3, 29), MADRID, ("02:00", "04:00"), ["03:00"]),
        # Madrid, 25-10-2026: at 3:00 it is 2:00 again.
        (date(2026, 10, 25), MADRID, ("01:00", "04:00"), ["01:00", "02:00", "02:00", "03:00"]),
        # Chile, 06-09-2026: midnight does not exist; 04-04-2026: 23:00 to 24:00 comes twice.
        (date(2026, 9, 6), SANTIAGO, ("00:00", "03:00"), ["01:00", "02:00"]),
        (date(2026, 9, 6), SANTIAGO, ("09:00", "11:00"), ["09:00", "10:00"]),
    ],
)
def test_days_on_which_the_clock_is_put_forward_or_back(day, zone, window, expected):
    assert hours([opening(*window)], day, zone=zone) == expected


def test_an_hour_that_comes_twice_is_told_apart():
    day = date(2026, 10, 25)
    found = slots_of(
        [opening("02:00", "03:00")], day, Grid(60, 0, 1), partial(instant, zone=MADRID), whole(day, MADRID)
    )
    said = [hour_words(each.begins_at, MADRID) for each in found]
    assert said == ["2:00", "2:00 (segunda vez)"]


@pytest.mark.parametrize(
    ("one", "other", "cross"),
    [
        (opening("09:00", "11:00"), opening("11:00", "12:00"), False),
        (opening("09:00", "11:01"), opening("11:00", "12:00"), True),
        (opening("09:00", "11:00", weekdays=(0,)), opening("09:00", "11:00", weekdays=(1,)), False),
        (opening("09:00", "11:00", last=MONDAY), opening("09:00", "11:00", first=MONDAY), True),
        (opening("09:00", "11:00", last=MONDAY),
         opening("09:00", "11:00", first=MONDAY + timedelta(days=1)), False),
    ],
)  # fmt: skip
def test_windows_that_have_a_moment_in_common(one, other, cross):
    assert (crossing([one, other]) is not None) == cross == (crossing([other, one]) is not None)


_MINUTES = st.integers(0, 24 * 60 - 1)


@st.composite
def _openings(draw) -> list[Opening]:
    found = []
    for _ in range(draw(st.integers(0, 4))):
        low, high = sorted((draw(_MINUTES), draw(_MINUTES)))
        if low < high:
            found.append(Opening(time(low // 60, low % 60), time(high // 60, high % 60), EVERY))
    return found


_DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31)) | st.sampled_from(
    [date(2026, 3, 29), date(2026, 10, 25), date(2026, 9, 6), date(2026, 4, 4)]
)


@given(_openings(), _DAYS, st.sampled_from([MADRID, SANTIAGO]), st.integers(5, 120), st.integers(0, 30),
       st.lists(st.tuples(_MINUTES, st.integers(1, 600)), max_size=3))  # fmt: skip
def test_hours_never_cross_and_lie_whole_in_windows_and_spells(openings, day, zone, minutes, between, opened):
    at, start = partial(instant, zone=zone), instant(day, time(0), zone)
    spells = [(start + timedelta(minutes=m), start + timedelta(minutes=m + n)) for m, n in opened]
    found = slots_of(openings, day, Grid(minutes, between, 2), at, spells)
    known = list(stretches(openings, day, at, spells, 2))
    for slot in found:
        assert slot.ends_at - slot.begins_at == timedelta(minutes=minutes)
        assert is_within(slot.begins_at, slot.ends_at, 2, known)
    assert all(one.ends_at <= other.begins_at for one, other in pairwise(found))
    assert unpack(pack(openings)) == tuple(openings)


@given(st.integers(1, 5), st.lists(st.tuples(st.integers(0, 240), st.integers(5, 90), st.integers(1, 6))))
def test_a_seat_is_free_where_nobody_sits_at_any_moment_of_the_hour(places, sitting):
    begin = datetime(2026, 11, 30, 8, tzinfo=UTC)
    slot = Slot(begin + timedelta(minutes=60), begin + timedelta(minutes=120), places)
    taken = [
        Taken(begin + timedelta(minutes=m), begin + timedelta(minutes=m + n), seat) for m, n, seat in sitting
    ]
    minutes = range(60, 120)
    used = {seat for m, n, seat in sitting if any(m <= at < m + n for at in minutes)}
    expected = [seat for seat in range(1, places + 1) if seat not in used]
    assert free_seats(slot, taken) == free_seats(slot, Sitting(taken).about(slot)) == expected


def test_the_nearest_hours_stand_in_their_order():
    begin = datetime(2026, 11, 30, 8, tzinfo=UTC)
    slots = [Slot(begin + timedelta(hours=n), begin + timedelta(hours=n + 1), 1) for n in (0, 3, 5, 6, 24)]
    assert [each.begins_at.hour for each in nearest(slots, begin + timedelta(hours=4), 3)] == [11, 13, 14]


AT = datetime(2026, 11, 30, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (-31, Arrival.EARLY),
        (-30, Arrival.IN_TIME),
        (0, Arrival.IN_TIME),
        (15, Arrival.IN_TIME),
        (16, Arrival.LATE),
    ],
)
def test_how_somebody_comes(minutes, expected):
    assert arrival(AT, AT + timedelta(minutes=minutes), early=30, late=15) is expected


@pytest.mark.parametrize(
    ("ahead", "hours_kept", "kept"),
    [
        (timedelta(days=3), 12, timedelta(hours=12)),
        (timedelta(hours=10), 12, timedelta(hours=8)),  # not beyond the notice of two hours
        (timedelta(hours=2, minutes=30), 12, timedelta(minutes=30)),
        (timedelta(hours=2, minutes=29), 12, None),
        (timedelta(hours=1), 12, None),
    ],
)
def test_how_long_a_place_is_kept_for_whom_it_is_offered(ahead, hours_kept, kept):
    until = offered_until(AT + ahead, AT, hours=hours_kept, notice=timedelta(hours=2))
    assert until == (AT + kept if kept else None)


@pytest.mark.parametrize(
    ("booked_before", "hours_before", "due"),
    [(timedelta(days=3), 24, True), (timedelta(hours=20), 24, False), (timedelta(days=3), 0, False)],
)
def test_who_is_reminded(booked_before, hours_before, due):
    found = reminder_due(AT, AT - booked_before, hours=hours_before)
    assert found == (AT - timedelta(hours=hours_before) if due else None)
