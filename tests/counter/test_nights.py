# SPDX-License-Identifier: EUPL-1.2
"""A counter goes on after midnight and in the night in which the clock is put forward."""

from datetime import datetime, timedelta

import pytest

from siac.counter.commands.attending import call_next, miss, start
from siac.counter.commands.shifts import close_former_days
from siac.counter.commands.tickets import take_ticket
from siac.counter.metrics import refresh_facts
from siac.counter.models import TurnFact
from siac.counter.queries import missed_today, snapshot
from tests.counter.conftest import Room, now_in

pytestmark = pytest.mark.django_db


def at(room: Room, *when: int) -> datetime:
    """Return what a clock of the place shows, as a moment."""
    return datetime(*when, tzinfo=room.institution.zone)


def test_who_came_before_midnight_is_called_seen_and_found_after_it(room):
    common = {"institution": room.institution}
    before, after = at(room, 2026, 9, 8, 23, 50), at(room, 2026, 9, 9, 0, 10)
    first, second = (take_ticket(**common, line_id=room.lines["A"], now=before) for _ in range(2))
    third = take_ticket(**common, line_id=room.lines["A"], now=at(room, 2026, 9, 9, 0, 1))
    assert (second.code, third.code) == ("A 002", "A 001")  # numbers begin anew with the day, people wait on
    officer = {"actor": room.officers[0], **common}
    assert call_next(**officer, desk_id=room.desks[0], now=after) == first
    shown = snapshot(room.institution, room.house.point, now=after, fresh=True)
    assert [each.code for each in shown.called] == ["A 001"] and len(shown.waiting) == 2
    miss(**officer, visit_id=first.pk, now=after)
    assert [each.visit_id for each in missed_today(room.institution, room.house.point, now=after)] == [
        first.pk
    ]
    assert call_next(**officer, desk_id=room.desks[0], now=after) == second
    assert close_former_days(room.institution, now=at(room, 2026, 9, 9, 2, 59)) == 0
    assert close_former_days(room.institution, now=at(room, 2026, 9, 9, 3, 1)) == 1
    assert (now_in(second), now_in(third)) == ("closed", "waiting")


def test_minutes_are_those_that_went_by_when_the_clock_is_put_forward(room):
    """In Chile the sixth of September of 2026 has no hour from midnight to one."""
    common = {"institution": room.institution}
    before = at(room, 2026, 9, 5, 23, 55)
    visit = take_ticket(**common, line_id=room.lines["A"], now=before)
    after = at(room, 2026, 9, 6, 1, 5)
    assert after - before == timedelta(minutes=70)  # by the clock on the wall
    officer = {"actor": room.officers[0], **common}
    assert call_next(**officer, desk_id=room.desks[0], now=after) == visit
    start(**officer, visit_id=visit.pk, now=after + timedelta(minutes=1))
    refresh_facts(room.institution.pk, [visit.pk])
    assert TurnFact.objects.get(pk=visit.pk).waited == 10
