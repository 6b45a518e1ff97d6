# SPDX-License-Identifier: EUPL-1.2
"""Clocks of subjects, through the public module."""

from datetime import UTC, date, datetime, timedelta

import pytest

from siac.clocks.domain import registry
from siac.clocks.models import Clock
from siac.clocks.public import (
    Amount,
    Unit,
    begin_ended,
    cancel,
    clocks_of,
    explanation,
    extend,
    finish,
    on_missed,
    pause,
    plan_clock,
    resume,
    retract,
    settle_overdue,
    starting,
)
from siac.clocks.queries.calendars import pinned_calendar
from siac.infra.ready import send
from siac.kernel.errors import Refused
from tests.clocks.conftest import NOW
from tests.clocks.starting import start_clocks
from tests.sql_counts import exactly

pytestmark = [pytest.mark.postgres, pytest.mark.usefixtures("calendars")]
STANDARD = Amount(20, Unit.BUSINESS_DAYS)


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


def refusal(call):
    with pytest.raises(Refused) as caught:
        call()
    return caught.value.code


@pytest.mark.parametrize("count", [1, 30])
def test_any_number_of_clocks_starts_with_one_insert(spec, count):
    versions = {"CL": 1, "CL-CO": 1}
    plan_clock(spec(), versions=versions)
    planned = [plan_clock(spec(2, kind=f"k{n}"), versions=versions) for n in range(count)]
    with exactly(1):
        send([starting(planned, subject_id=2)])
    clocks = list(Clock.objects.filter(subject_id=2))
    assert len(clocks) == count
    assert {clock.due_on for clock in clocks} == {date(2024, 10, 3)}
    assert clocks[0].due_at == at(2024, 10, 4, 3)
    assert clocks[0].calendar_version == "CL:1 CL-CO:1"
    assert (clocks[0].rule_id, clocks[0].rule_version) == ("CL.SAIP", 1)


def test_planning_stores_nothing(spec):
    assert plan_clock(spec(event_at=at(2025, 4, 12, 15))).day0 == date(2025, 4, 14)
    assert not Clock.objects.exists()


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"rule_id": "CL.NADA"}, "unknown_rule"),
        ({"rule_id": "CL.ARCO"}, "rule_not_in_force"),
        ({"rule_id": "ES.QYS"}, "rule_of_another_country"),
        ({"rule_id": "CL.SIL-"}, "rule_without_term"),
        ({"place": "ES-NC+31201", "rule_id": "", "amount": STANDARD}, "place_without_calendar"),
        ({"channel": "humo"}, "unknown_channel"),
        ({"event_at": at(2030, 12, 30, 12)}, "calendar_outside_coverage"),
    ],
)
def test_a_clock_that_cannot_be_computed_does_not_start(spec, changes, code):
    assert refusal(lambda: start_clocks([spec(), spec(**changes)])) == code
    assert not Clock.objects.exists()


def test_a_standard_stops_while_the_person_is_asked_and_extends_in_either_order(spec):
    rule = {"rule_id": "CL.OIRS", "event_at": at(2026, 9, 7, 15)}
    first, second = start_clocks([spec(1, **rule), spec(2, **rule)])
    free = first.due_on
    pause([first.pk], asked_on=date(2026, 9, 14), now=NOW)
    resume([first.pk], answered_on=date(2026, 9, 24), now=NOW, reason="dirección")
    extend(first.pk, reason="Informe pendiente", now=NOW, today=date(2026, 9, 25))
    extend(second.pk, reason="Informe pendiente", now=NOW, today=date(2026, 9, 8))
    pause([second.pk], asked_on=date(2026, 9, 14), now=NOW)
    resume([second.pk], answered_on=date(2026, 9, 24), now=NOW)
    first.refresh_from_db(), second.refresh_from_db()
    assert first.due_on == second.due_on > free
    assert (first.state, first.paused_on, first.extended_amount) == ("running", None, 30)
    assert first.pauses == [
        {"asked_on": "2026-09-14", "answered_on": "2026-09-24", "mode": "suspend", "reason": "dirección"}
    ]


def test_an_access_request_begins_again_once_it_is_complete(spec):
    [clock] = start_clocks([spec(event_at=at(2026, 3, 2, 15))])
    pause([clock.pk], asked_on=date(2026, 3, 4), now=NOW)
    [clock] = resume([clock.pk], answered_on=date(2026, 3, 9), now=NOW)
    assert clock.due_on == date(2026, 4, 7)  # 20 business days after 9 March; 3 April is Good Friday
    assert [day.counted for day in explanation(clock).days].count(True) == 20


def test_a_rule_that_does_not_stop_keeps_running(spec):
    [clock] = start_clocks([spec(rule_id="CL.MUNI")])
    assert pause([clock.pk], asked_on=date(2024, 9, 5), now=NOW) == []
    assert Clock.objects.get().state == "running"


def test_pausing_refuses(spec):
    [clock] = start_clocks([spec(rule_id="CL.OIRS")])
    ids = [clock.pk]
    assert refusal(lambda: pause(ids, asked_on=date(2024, 10, 4), now=NOW)) == "clock_term_has_ended"
    assert refusal(lambda: pause(ids, asked_on=date(2024, 9, 1), now=NOW)) == "pause_before_start"
    pause(ids, asked_on=date(2024, 9, 5), now=NOW)
    assert refusal(lambda: pause(ids, asked_on=date(2024, 9, 6), now=NOW)) == "clock_already_paused"
    assert refusal(lambda: resume(ids, answered_on=date(2024, 9, 4), now=NOW)) == "answered_before_asked"


def test_extending_refuses(spec):
    saip, muni, done = start_clocks([spec(1), spec(2, rule_id="CL.MUNI"), spec(3)])
    finish(
        institution_id=done.institution_id, subject_type="case", subject_ids=[3], on=date(2024, 9, 9), now=NOW
    )
    day = date(2024, 9, 9)
    tries = [
        (saip.pk, "  ", day, None, "clock_reason_missing"),
        (saip.pk, "x", date(2024, 10, 4), None, "clock_term_has_ended"),
        (saip.pk, "x", day, Amount(31, Unit.BUSINESS_DAYS), "extension_too_short"),
        (saip.pk, "x", day, Amount(20, Unit.BUSINESS_DAYS), "extension_too_short"),
        (saip.pk, "x", day, Amount(2, Unit.MONTHS), "extension_too_short"),
        (muni.pk, "x", day, None, "clock_not_extendable"),
        (done.pk, "x", day, None, "clock_not_running"),
    ]
    for pk, reason, today, amount, code in tries:
        assert refusal(lambda: extend(pk, reason=reason, now=NOW, today=today, amount=amount)) == code  # noqa: B023
    assert extend(saip.pk, reason="x", now=NOW, today=day).due_on == date(2024, 10, 17)
    assert refusal(lambda: extend(saip.pk, reason="x", now=NOW, today=day)) == "clock_already_extended"


@pytest.mark.parametrize(
    ("on", "state", "late"),
    [("2024-10-03", "met", 0), ("2024-10-04", "missed", 1), ("2024-10-07", "missed", 2)],
)
def test_the_due_day_itself_is_in_time(spec, body, on, state, late):
    start_clocks([spec(), spec(kind="unit", amount=Amount(60, Unit.CALENDAR_DAYS), rule_id="")])
    [clock] = finish(
        institution_id=body.pk, subject_type="case", subject_ids=[1], kinds=["legal"],
        on=date.fromisoformat(on), now=NOW,
    )  # fmt: skip
    clock.refresh_from_db()
    assert (clock.state, clock.days_late, clock.ended_at) == (state, late, NOW)
    assert Clock.objects.get(kind="unit").state == "running"


def test_a_miss_is_announced_once_and_the_clock_runs_on(spec, body, monkeypatch):
    monkeypatch.setattr(registry, "_missed", [])
    heard = []
    on_missed(lambda clocks, now: heard.extend(clock.pk for clock in clocks))
    clock, later = start_clocks([spec(1), spec(2, event_at=at(2026, 10, 30, 15))])
    assert settle_overdue(clock.due_at.replace(minute=0)) == 1
    assert settle_overdue(NOW) == 0
    assert heard == [clock.pk]
    assert Clock.objects.get(pk=clock.pk).state == "running"
    finish(institution_id=body.pk, subject_type="case", subject_ids=[1, 2], on=date(2027, 1, 4), now=NOW)
    assert heard == [clock.pk, later.pk]


def test_reading_costs_one_query(spec, body, django_assert_num_queries):
    start_clocks([spec(n, kind=kind) for n in range(1, 6) for kind in ("legal", "unit")])
    cancel(institution_id=body.pk, subject_type="case", subject_ids=[5], now=NOW)
    with django_assert_num_queries(1):
        clocks = clocks_of(body.pk, "case", [1, 2, 5])
    assert len(clocks) == 6
    with django_assert_num_queries(0):
        explanation(clocks[0])


def test_a_clock_of_hours_ends_at_an_instant(spec, body):
    [clock] = start_clocks([spec(rule_id="CL.INT.HANDOVER", kind="unit")])
    assert clock.due_at == at(2024, 9, 3, 15)
    [clock] = finish(
        institution_id=body.pk,
        subject_type="case",
        subject_ids=[1],
        on=date(2024, 9, 3),
        now=at(2024, 9, 3, 16),
    )
    assert clock.state == "missed"


def test_minutes_pass_on_any_day_and_over_midnight(spec):
    sunday = at(2024, 9, 1, 3, 50)  # 23:50 of Saturday in Santiago
    [clock] = start_clocks([spec(event_at=sunday, rule_id="", amount=Amount(15, Unit.MINUTES))])
    assert (clock.due_at, clock.due_on) == (at(2024, 9, 1, 4, 5), date(2024, 9, 1))
    assert pause([clock.pk], asked_on=date(2024, 9, 1), now=sunday) == []


def test_what_was_over_when_it_was_written_down_is_judged_then(spec, body):
    heard: list[int] = []

    def hear(clocks, now):
        heard.extend(clock.subject_id for clock in clocks)

    registry._missed.append(hear)
    try:
        waits = {n: spec(n, rule_id="", amount=Amount(15, Unit.MINUTES)) for n in (1, 2)}
        asked = [(waits[1], 15), (waits[2], 16)]
        made = begin_ended([(each, each.event_at + timedelta(minutes=wait)) for each, wait in asked], now=NOW)
    finally:
        registry._missed.remove(hear)
    assert [(clock.state, clock.missed_at) for clock in made] == [("met", None), ("missed", NOW)]
    assert heard == [2] and [clock.ended_at for clock in made] == [
        each.event_at + timedelta(minutes=wait) for each, wait in asked
    ]


def test_what_was_written_down_wrong_is_taken_back_and_told(spec, body):
    told: list[int] = []

    def hear(ids, now):
        told.extend(ids)

    each = spec(1, rule_id="", amount=Amount(15, Unit.MINUTES))
    [clock] = begin_ended([(each, each.event_at + timedelta(minutes=40))], now=NOW)
    registry._unmissed.append(hear)
    try:
        for _ in range(2):
            retract(institution_id=body.pk, subject_type="case", subject_ids=[1], now=NOW)
    finally:
        registry._unmissed.remove(hear)
    clock.refresh_from_db()
    assert (clock.state, clock.missed_at, told) == ("cancelled", None, [clock.pk])


def test_the_explanation_is_in_plain_spanish(spec):
    [clock] = start_clocks([spec(event_at=at(2025, 4, 12, 15))])
    told = explanation(clock)
    text = " ".join(told.sentences)
    assert "Son 20 días hábiles desde el día siguiente al lunes 14 de abril de 2025" in text
    assert "primera hora del día hábil siguiente" in text
    assert "18 de abril (Viernes Santo); 1 de mayo (Día Nacional del Trabajo)" in text
    assert "Vence el miércoles 14 de mayo de 2025" in text
    assert told.law.startswith("art. 14, Ley 20.285")
    assert told.appeals[0].startswith("Consejo para la Transparencia (amparo), en 15 días hábiles")
    assert told.rows()[-1]["number"] == 20


@pytest.fixture(autouse=True)
def _cold_calendars():
    yield
    pinned_calendar.cache_clear()
