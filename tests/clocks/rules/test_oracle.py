# SPDX-License-Identifier: EUPL-1.2
"""The arithmetic against a slow oracle that walks day by day, over dates nobody chose."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.domain.calendar import union
from siac.clocks.domain.computing import Event, term_from
from siac.clocks.domain.explaining import explain, ranges
from siac.clocks.domain.starts import Start
from siac.clocks.domain.terms import Pause, due, due_instant
from siac.clocks.factory import shipped_calendar
from siac.kernel.errors import Refused

PLACES = [
    "CL",
    "CL-AP",
    "CL-16101",
    "PE",
    "PE-LIM",
    "ES",
    "ES-MD+28079",
    "ES-CT+08019",
    "ES-MD,ES-CT",
    "ES-VC",
]
ONE = timedelta(days=1)
places = st.sampled_from(PLACES)
days = st.dates(date(2013, 1, 1), date(2028, 6, 30))
units = st.sampled_from([Unit.BUSINESS_DAYS, Unit.CALENDAR_DAYS, Unit.MONTHS])
quick = settings(max_examples=150, deadline=None)


def counts(day, off):
    return day.weekday() < 5 and day not in off


def walk(day, number, off):
    while number:
        day += ONE
        number -= counts(day, off)
    return day


def roll(day, off):
    while not counts(day, off):
        day += ONE
    return day


def month_end(day0, months, country):
    year, month = day0.year, day0.month
    for _ in range(months):
        month += 1
        if month == 13:
            year, month = year + 1, 1
    day = day0.day
    missing = False
    while True:
        try:
            found = date(year, month, day)
        except ValueError:
            day, missing = day - 1, True
        else:
            return found + ONE if missing and country == "PE" else found


def slow(place, day0, number, unit, pauses, off):
    """Take a slip from a heap on each day that counts; what is left when the
    person is asked waits for the answer.
    """
    country = place[:2]
    left = (month_end(day0, number, country) - day0).days if unit is Unit.MONTHS else number
    day = day0
    while left:
        day += ONE
        waiting = any(asked < day <= answered for asked, answered in pauses)
        if not waiting and (unit is not Unit.BUSINESS_DAYS or counts(day, off)):
            left -= 1
    for asked, answered in pauses:
        if asked >= day:
            day = answered  # nothing was left: the term ends with the answer
    return day if unit is Unit.CALENDAR_DAYS else roll(day, off)


@st.composite
def terms(draw):
    place, day0, unit = draw(places), draw(days), draw(units)
    number = draw(st.integers(1, {"bd": 90, "cd": 120, "m": 12}[unit.value]))
    return place, day0, number, unit


def pauses_within(data, calendar, day0, amount, country):
    """Draw up to two pauses, each asked while the term still runs."""
    found, since = [], day0
    for _ in range(data.draw(st.integers(0, 2))):
        end = due(calendar, day0=day0, amount=amount, country=country, pauses=found).on
        asked = since + timedelta(days=data.draw(st.integers(0, (end - since).days)))
        answered = asked + timedelta(days=data.draw(st.integers(0, 40)))
        found.append(Pause(asked, answered))
        since = answered
        if asked == end:
            break
    return found


@quick
@given(terms())
def test_a_term_ends_where_walking_ends(term):
    place, day0, number, unit = term
    calendar = shipped_calendar(place)
    found = due(calendar, day0=day0, amount=Amount(number, unit), country=place[:2])
    assert found.on == slow(place, day0, number, unit, [], calendar.off)


@quick
@given(terms(), st.data())
def test_pauses_agree_with_walking(term, data):
    place, day0, number, unit = term
    calendar, amount = shipped_calendar(place), Amount(number, unit)
    pauses = pauses_within(data, calendar, day0, amount, place[:2])
    found = due(calendar, day0=day0, amount=amount, country=place[:2], pauses=pauses)
    pairs = [(pause.asked_on, pause.answered_on) for pause in pauses]
    assert found.on == slow(place, day0, number, unit, pairs, calendar.off)


@quick
@given(terms(), st.integers(1, 60), st.data())
def test_extending_before_or_after_a_pause_is_the_same_and_never_shortens(term, more, data):
    place, day0, number, unit = term
    calendar, country = shipped_calendar(place), place[:2]
    short, long = Amount(number, unit), Amount(number + (more if unit is not Unit.MONTHS else 1), unit)
    pauses = pauses_within(data, calendar, day0, short, country)
    first = due(calendar, day0=day0, amount=short, country=country, pauses=pauses)
    last = due(calendar, day0=day0, amount=long, country=country, pauses=pauses)
    pairs = [(pause.asked_on, pause.answered_on) for pause in pauses]
    assert last.on == slow(place, day0, long.number, unit, pairs, calendar.off)
    assert last.on >= first.on


@quick
@given(terms(), st.data())
def test_the_explanation_counts_what_the_term_is_long(term, data):
    place, day0, number, unit = term
    calendar, amount = shipped_calendar(place), Amount(number, unit)
    pauses = tuple(pauses_within(data, calendar, day0, amount, place[:2]))
    found = term_from(
        calendar, rule=None, amount=amount, extended=None, country=place[:2], pauses=pauses,
        event=Event(day0, ZoneInfo("UTC")), start=Start(day0),
    )  # fmt: skip
    told = explain(found, calendar)
    assert [day.date for day in told] == [day0 + ONE * n for n in range(1, (found.due_on - day0).days + 1)]
    if unit is not Unit.MONTHS:
        assert [day.number for day in told if day.counted] == list(range(1, number + 1))
    folded = ranges(told)
    assert sum((part.end - part.start).days + 1 for part in folded) == len(told)


@quick
@given(places, days, days)
def test_counting_between_inverts_adding(place, start, end):
    calendar = shipped_calendar(place)
    low, high = min(start, end), max(start, end)
    slow_count = len([d for d in calendar.business_days(low, high) if d != low])
    assert calendar.business_between(low, high) == slow_count == -calendar.business_between(high, low)
    assert calendar.next_business(low) == roll(low, calendar.off)
    if slow_count:
        assert calendar.add_business(low, slow_count) <= high
        assert calendar.add_business(low, slow_count + 1) > high


@quick
@given(days, st.sampled_from(["ES-MD", "ES-CT"]), st.sampled_from(["ES-VC", "ES-AN"]))
def test_a_union_counts_only_days_that_both_count(day, one, other):
    first, second = shipped_calendar(one), shipped_calendar(other)
    both = union(first, second)
    assert both.is_business(day) == (first.is_business(day) and second.is_business(day))
    merged = shipped_calendar(f"{one},{other}").off
    assert {d: set(why) for d, why in both.off.items()} == {d: set(why) for d, why in merged.items()}
    assert both.stamp == shipped_calendar(f"{one},{other}").stamp


@pytest.mark.parametrize(
    ("place", "event", "hours", "ends"),
    [
        ("ES", "2026-11-20T10:00", 24, "2026-11-23T10:00"),
        ("ES", "2026-11-21T10:00", 24, "2026-11-24T00:00"),
        ("ES", "2026-12-04T23:30", 1, "2026-12-07T00:30"),
        ("CL", "2026-11-20T10:00", 48, "2026-11-22T10:00"),
    ],
)
def test_hours(place, event, hours, ends):
    zone = {"ES": ZoneInfo("Europe/Madrid"), "CL": ZoneInfo("America/Santiago")}[place]
    at = datetime.fromisoformat(event).replace(tzinfo=zone)
    found = due_instant(shipped_calendar(place), event_at=at, hours=hours, country=place, zone=zone)
    assert found == datetime.fromisoformat(ends).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    "ask",
    [
        lambda c: c.is_business(date(2009, 12, 31)), lambda c: c.is_business(date(2031, 1, 1)),
        lambda c: c.add_business(date(2009, 12, 31), 5), lambda c: c.add_business(date(2030, 12, 30), 5),
        lambda c: c.add_business(date(2035, 1, 1), 1), lambda c: c.next_business(date(2031, 1, 1)),
        lambda c: c.business_between(date(2009, 1, 1), date(2020, 1, 1)),
        lambda c: due(c, day0=date(2030, 12, 1), amount=Amount(60, Unit.CALENDAR_DAYS), country="CL"),
        lambda c: due(c, day0=date(2030, 12, 1), amount=Amount(2, Unit.MONTHS), country="CL"),
    ],
)  # fmt: skip
def test_outside_the_covered_years_it_refuses(ask):
    with pytest.raises(Refused) as caught:
        ask(shipped_calendar("CL"))
    assert caught.value.code == "calendar_outside_coverage"
