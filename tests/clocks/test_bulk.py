# SPDX-License-Identifier: EUPL-1.2
"""The table of due days gives what one term at a time gives, whatever the clock."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from siac.clocks.bulk import Live, recomputed
from siac.clocks.domain.amounts import Unit
from siac.clocks.domain.packs import rule_book
from siac.clocks.domain.terms import RESTART, SUSPEND
from siac.clocks.factory import shipped_calendar
from siac.clocks.models import Clock
from siac.clocks.reckoning import term_of
from siac.kernel.errors import Refused

ZONES = {"CL": "America/Santiago", "PE": "America/Lima", "ES": "Europe/Madrid"}
PLACES = ("CL-CO", "CL", "PE-LIM", "ES-MD", "ES-CT+08019")
RULES = [rule for rule in rule_book().rules if rule.amount]


@st.composite
def clocks(draw):
    place = draw(st.sampled_from(PLACES))
    day0 = date(2010, 1, 1) + timedelta(days=draw(st.integers(-3, 7700)))
    rule = draw(st.none() | st.sampled_from([rule for rule in RULES if rule.country == place[:2]]))
    unit = rule.amount.unit if rule else draw(st.sampled_from(list(Unit)))
    amount = rule.amount.number if rule else draw(st.integers(1, 120))
    longer = draw(st.none() | st.integers(1, 60))
    pauses = []
    since = day0
    for _ in range(draw(st.integers(0, 2))):
        asked = since + timedelta(days=draw(st.integers(-1, 15)))
        since = asked + timedelta(days=draw(st.integers(-1, 30)))
        mode = draw(st.sampled_from([SUSPEND, RESTART]))
        pauses.append(
            {"asked_on": asked.isoformat(), "answered_on": since.isoformat(), "mode": mode, "reason": ""}
        )
    started = datetime(day0.year, day0.month, day0.day, draw(st.integers(0, 23)), 30, tzinfo=UTC)
    return Live(
        id=draw(st.integers(1, 9)),
        institution_id=1,
        subject_type="case",
        subject_id=1,
        label="x",
        place=place,
        office_id=None,
        decreed=draw(st.booleans()),
        time_zone=ZONES[place[:2]],
        rule_id=rule.id if rule else "",
        rule_version=rule.version if rule else 0,
        unit=unit.value,
        amount=amount,
        extended_amount=amount + longer if longer else None,
        event_on=day0,
        start_reason="",
        day0=day0,
        started_at=started,
        due_on=day0,
        due_at=started,
        pauses=pauses,
    )


def calendar_of(key):
    place, _, _, decreed = key
    return shipped_calendar(place, decreed=decreed)


def one_by_one(row):
    calendar = calendar_of(row.calendar_key)
    try:
        term = term_of(Clock(**row._asdict()), calendar)
    except Refused:
        return None, row.due_at, calendar.stamp
    return term.due_on, term.due_at, calendar.stamp


@settings(max_examples=150, deadline=None)
@given(st.lists(clocks(), max_size=12))
def test_the_table_equals_one_term_at_a_time(rows):
    assert [(n.clock, n.due_on, n.due_at, n.stamp) for n in recomputed(rows, calendar_of)] == [
        (row, *one_by_one(row)) for row in rows
    ]


def test_looking_up_many_refuses_what_one_refuses():
    calendar = shipped_calendar("CL")
    monday = date(2026, 11, 2)
    assert calendar.add_business_each([], []) == []
    assert calendar.add_business_each([monday, monday], [1, 20]) == [
        calendar.add_business(monday, 1), calendar.add_business(monday, 20),
    ]  # fmt: skip
    for day, length in ((date(2009, 1, 1), 5), (monday, 0), (monday, 9999)):
        with pytest.raises(Refused):
            calendar.add_business_each([monday, day], [5, length])
