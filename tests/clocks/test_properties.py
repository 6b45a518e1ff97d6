# SPDX-License-Identifier: EUPL-1.2
"""What must hold of the arithmetic whatever the dates: properties, tried on random clocks."""

from copy import copy
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from siac.clocks.domain.amounts import Amount, Unit
from siac.clocks.domain.computing import Event, compute
from siac.clocks.domain.explaining import explain
from siac.clocks.domain.packs import rule_book
from siac.clocks.factory import shipped_calendar
from siac.clocks.models import Clock
from siac.clocks.public import calendar_for, cancel, extend, pause, resume, revive
from siac.clocks.queries.calendars import pinned_calendar
from siac.clocks.reckoning import term_of, write_term
from siac.kernel.errors import Refused
from tests.clocks.conftest import NOW
from tests.clocks.starting import start_clocks

PLACES = {"CL": "CL-CO", "PE": "PE-LIM", "ES": "ES-MD"}
ZONES = {"CL": "America/Santiago", "PE": "America/Lima", "ES": "Europe/Madrid"}
RULES = [rule for rule in rule_book().rules if rule.amount]
EXTENDABLE = [
    rule for rule in RULES
    if rule.extension and rule.extension.total and rule.pause_effect == "suspend" and rule.country == "CL"
]  # fmt: skip
days = st.integers(0, 1800).map(lambda number: date(2023, 1, 1) + timedelta(days=number))


@st.composite
def terms(draw):
    """A computed term of any rule, perhaps after one wait, with its calendar."""
    rule = draw(st.sampled_from(RULES))
    on = draw(days)
    calendar = shipped_calendar(PLACES[rule.country])
    event = Event(on, ZoneInfo(ZONES[rule.country]), time(draw(st.integers(0, 23)), 5), "web")
    asked = on + timedelta(days=draw(st.integers(1, 15)))
    waits = [(asked, asked + timedelta(days=draw(st.integers(0, 40))))] if draw(st.booleans()) else []
    try:
        term = compute(
            rule_book(), calendar, what=rule.id, country=rule.country, event=event,
            pauses=waits if rule.pause_effect != "none" else [],
        )  # fmt: skip
    except Refused:
        assume(False)
    return term, calendar


@settings(max_examples=200, deadline=None)
@given(terms())
def test_no_term_ends_on_a_day_off_where_its_rule_rolls(found):
    term, calendar = found
    assume(
        term.amount.unit is not Unit.HOURS
    )  # they run on through days off (art. 24 Ley 19.880, as the pack reads it)
    rolls = term.rule.roll if term.rule.roll is not None else term.amount.unit is Unit.MONTHS
    if rolls or term.amount.unit is Unit.BUSINESS_DAYS:
        assert calendar.is_business(term.due_on)


@settings(max_examples=200, deadline=None)
@given(terms())
def test_the_explanation_counts_as_many_days_as_the_term_is_long(found):
    term, calendar = found
    assume(term.total.unit in (Unit.BUSINESS_DAYS, Unit.CALENDAR_DAYS))
    told = explain(term, calendar)
    counted = [day for day in told if day.counted]
    assert len(counted) == term.total.number
    assert [day.number for day in counted] == list(range(1, len(counted) + 1))
    assert told[-1].date == term.due_on


@pytest.fixture(autouse=True)
def _cold_calendars():
    yield
    pinned_calendar.cache_clear()


SLOW = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
starts = st.integers(0, 600).map(lambda number: datetime(2025, 1, 6, 15, tzinfo=UTC) + timedelta(days=number))


@pytest.mark.postgres
@pytest.mark.usefixtures("calendars")
class TestStoredClocks:
    """The same of clocks in the database, through the commands."""

    @SLOW
    @given(
        start=starts, rule=st.sampled_from(EXTENDABLE), asked=st.integers(0, 8), waited=st.integers(0, 25),
        told=st.integers(0, 8),
    )  # fmt: skip
    def test_a_wait_and_an_extension_end_on_one_day_in_either_order(
        self, spec, start, rule, asked, waited, told
    ):
        try:
            first, second = start_clocks(
                [spec(number, rule_id=rule.id, event_at=start) for number in (1, 2)],
            )
            asked_on = first.day0 + timedelta(days=asked)
            answered_on = asked_on + timedelta(days=waited)
            pause([first.pk], asked_on=asked_on, now=NOW)
            resume([first.pk], answered_on=answered_on, now=NOW)
            extend(first.pk, reason="x", now=NOW, today=first.day0 + timedelta(days=told))
            extend(second.pk, reason="x", now=NOW, today=first.day0 + timedelta(days=told))
            pause([second.pk], asked_on=asked_on, now=NOW)
            resume([second.pk], answered_on=answered_on, now=NOW)
        except Refused:
            assume(False)
        first.refresh_from_db(), second.refresh_from_db()
        assert (first.due_on, first.due_at) == (second.due_on, second.due_at)

    @SLOW
    @given(start=starts, rule=st.sampled_from([rule for rule in RULES if rule.country == "CL"]))
    def test_computing_again_changes_nothing(self, spec, start, rule):
        try:
            [clock] = start_clocks([spec(1, rule_id=rule.id, event_at=start)])
        except Refused:
            assume(False)
        calendar = pinned_calendar(clock.calendar_version, decreed=clock.decreed)
        again = copy(clock)
        for _ in range(2):
            write_term(again, term_of(again, calendar), calendar)
            for name in ("due_on", "due_at", "day0", "start_reason", "calendar_version"):
                assert getattr(again, name) == getattr(clock, name)

    @SLOW
    @given(
        start=starts, asked=st.none() | st.integers(0, 8), until=st.integers(9, 30), length=st.integers(5, 40)
    )
    def test_reviving_equals_never_having_ended(self, spec, start, asked, until, length):
        amount = Amount(length, Unit.BUSINESS_DAYS)
        ended, kept = start_clocks(
            [spec(number, rule_id="", amount=amount, event_at=start) for number in (1, 2)],
        )
        asked_on = ended.day0 + timedelta(days=asked or 0)
        assume(asked_on <= ended.due_on)
        stopped = start + timedelta(days=until)
        answered_on = stopped.astimezone(ZoneInfo("America/Santiago")).date()
        assume(asked_on <= answered_on)  # the first day is late after holidays
        # An answer on a day off counts from the next one; a case that ends by
        # mistake on such a day does not gain it.
        assume(calendar_for("CL-CO").is_business(answered_on))
        if asked is not None:
            pause([ended.pk, kept.pk], asked_on=asked_on, now=NOW)
            resume([kept.pk], answered_on=answered_on, now=NOW)
        body = {"institution_id": ended.institution_id, "subject_type": "case"}
        cancel(**body, subject_ids=[1], now=stopped)
        revive(**body, subject_id=1, since=stopped, now=stopped + timedelta(days=3))
        ended.refresh_from_db(), kept.refresh_from_db()
        same = ("due_on", "due_at", "day0", "state", "ended_at", "calendar_version", "extended_amount")
        assert [getattr(ended, name) for name in same] == [getattr(kept, name) for name in same]
        Clock.objects.all().delete()
