# SPDX-License-Identifier: EUPL-1.2
"""Every rule against a count made by hand from the statutes, over dates nobody chose."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.domain.computing import Event, compute
from siac.clocks.domain.packs import rule_book
from siac.clocks.domain.terms import Pause, due
from siac.clocks.factory import shipped_calendar
from siac.kernel.errors import Refused
from tests.clocks.statutes.count import last_day, opens_again
from tests.clocks.statutes.days import OFF, works
from tests.clocks.statutes.law import EXTENDED, LAW

ZONES = {"CL": ZoneInfo("America/Santiago"), "PE": ZoneInfo("America/Lima"), "ES": ZoneInfo("Europe/Madrid")}
MESA_OPEN = date(2025, 8, 1)  # DS 098-2025-PCM: from then on at any hour of any day
ONE = timedelta(days=1)
COUNTED = sorted(rule_id for rule_id, (length, _, _) in LAW.items() if not length.endswith("h"))
days = st.dates(date(2024, 1, 1), date(2028, 12, 31))
many = settings(max_examples=400, deadline=None)


def length_of(text):
    number, unit = re.fullmatch(r"(\d+)(\w+)", text).groups()
    return int(number), unit


def day_zero(country, start, on, at):
    """The day from which what came on `on` at `at` counts, by internet, where the office closes at 16:30."""
    if start == "mesa":
        start = "real" if on >= MESA_OPEN else "office"
    if start == "real":
        return on
    late = start == "office" and at > time(16, 30) and works(country, on)
    return opens_again(country, on + ONE if late else on)


def computed(rule_id, on, at, **more):
    country = rule_id[:2]
    event = Event(on, ZONES[country], at, "web", time(16, 30))
    try:
        return compute(
            rule_book(), shipped_calendar(country), what=rule_id, country=country, event=event, **more
        )
    except Refused as refused:
        assume(refused.code != "rule_not_in_force")
        raise


def test_the_days_off_written_from_the_laws_are_those_of_the_shipped_calendars():
    for country, off in OFF.items():
        calendar = shipped_calendar(country)
        for number in range((date(2030, 12, 31) - date(2023, 1, 1)).days + 1):
            day = date(2023, 1, 1) + ONE * number
            assert calendar.is_business(day) == works(country, day), (country, day, off & {day})


def test_the_hand_typed_law_knows_every_rule_with_a_term_and_no_other():
    assert set(LAW) == {rule.id for rule in rule_book().rules if rule.amount}
    latest = {rule_id: rule_book().latest(rule_id) for rule_id in LAW}
    assert {rule_id: str(rule.amount) for rule_id, rule in latest.items()} == {
        i: v[0] for i, v in LAW.items()
    }
    longer = {i: str(r.extension.total) for i, r in latest.items() if r.extension and r.extension.total}
    assert longer == EXTENDED
    effects = {"none": "-", "suspend": "w", "restart": "a"}
    assert {i: effects[r.pause_effect] for i, r in latest.items()} == {i: v[2] for i, v in LAW.items()}


@many
@given(st.sampled_from(COUNTED), days, st.times(), st.booleans())
def test_every_rule_ends_where_the_statutes_end_it(rule_id, on, at, extended):
    length, start, _ = LAW[rule_id]
    extended = extended and rule_id in EXTENDED
    at = at.replace(tzinfo=None, microsecond=0)
    found = computed(rule_id, on, at, extended=extended)
    assume(found.rule.id == rule_id)  # not a law that has taken its place since
    country = rule_id[:2]
    number, unit = length_of(EXTENDED[rule_id] if extended else length)
    assert found.start.day0 == day_zero(country, start, on, at)
    assert found.due_on == last_day(country, found.start.day0, number, unit)
    assert works(country, found.due_on)


@many
@given(st.sampled_from([i for i in COUNTED if LAW[i][2] != "-"]), days, st.data())
def test_a_rule_that_waits_for_the_person_ends_where_the_statutes_end_it(rule_id, on, data):
    country, (length, start, wait) = rule_id[:2], LAW[rule_id]
    at = time(10)
    first = day_zero(country, start, on, at)
    number, unit = length_of(length)
    waits, since, end = [], first, last_day(country, first, number, unit)
    for _ in range(data.draw(st.integers(1, 2))):
        if since > end:
            break
        length_left = (end - since).days
        asked = since + ONE * data.draw(st.integers(0, length_left) | st.just(length_left))
        came = asked + ONE * data.draw(st.integers(0, 45))
        waits.append((asked, came))
        since = opens_again(country, came) if country == "CL" else came
        end = last_day(country, first, number, unit, waits, again=wait == "a")
    found = computed(rule_id, on, at, pauses=waits)
    assert found.due_on == end
    assert found.due_on >= waits[-1][1]


@many
@given(
    st.sampled_from(["CL", "PE", "ES"]),
    days,
    st.sampled_from(["bd", "cd", "m"]),
    st.integers(1, 40),
    st.data(),
)
def test_no_term_ends_before_the_answer_and_a_later_answer_never_ends_it_earlier(
    country, day0, unit, number, data
):
    amount = Amount(min(number, 6) if unit == "m" else number, Unit(unit))
    calendar = shipped_calendar(country)
    end = due(calendar, day0=day0, amount=amount, country=country, roll=True).on
    asked = day0 + ONE * data.draw(st.integers(0, (end - day0).days))
    before = end
    for waited in sorted(data.draw(st.sets(st.integers(0, 60), min_size=1, max_size=8))):
        came = asked + ONE * waited
        found = due(
            calendar, day0=day0, amount=amount, country=country, roll=True, pauses=[Pause(asked, came)]
        )
        assert found.on >= max(came, before)
        before = found.on


@pytest.mark.parametrize(
    ("answered", "ends"),
    [("2026-02-02", "2026-02-02"), ("2026-02-03", "2026-02-03"), ("2026-02-07", "2026-02-09")],
)
def test_a_month_that_was_asked_on_its_last_day_ends_with_the_answer(answered, ends):
    """One month from 1 January 2026 ends on Sunday 1 February, so on Monday 2, when the body asks."""
    pause = Pause(date(2026, 2, 2), date.fromisoformat(answered))
    found = due(
        shipped_calendar("ES"),
        day0=date(2026, 1, 1),
        amount=Amount(1, Unit.MONTHS),
        country="ES",
        pauses=[pause],
        roll=True,
    )
    assert found.on == date.fromisoformat(ends)


@pytest.mark.parametrize(
    ("rule_id", "on", "ends"),
    [
        ("CL.INT.HANDOVER", "2026-11-21T10:00", "2026-11-24T00:00"),  # Saturday: first hour of Monday
        ("CL.INT.HANDOVER", "2026-11-20T10:00", "2026-11-21T10:00"),
        ("CL.SIL+.SUPERIOR", "2026-11-22T23:00", "2026-11-24T00:00"),
        ("CL.INT.ORDER", "2026-12-08T09:30", "2026-12-11T00:00"),  # a holiday on a Tuesday
    ],
)
def test_hours_of_what_came_on_a_day_off_count_from_the_first_hour_of_the_next_business_day(
    rule_id, on, ends
):
    at = datetime.fromisoformat(on)
    found = computed(rule_id, at.date(), at.time())
    assert found.due_at == datetime.fromisoformat(ends).replace(tzinfo=ZONES["CL"]).astimezone(UTC)
