# SPDX-License-Identifier: EUPL-1.2
"""A visit from its ticket to its attention: calls, holds, hand-overs, ends, and what is refused."""

from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction

from siac.cases.public import Channel
from siac.counter.commands import tickets
from siac.counter.commands.attending import end, hold, recall, resume, start, transfer, undo_call
from siac.counter.commands.configuring import save_desk, save_line
from siac.counter.commands.shifts import close_desk, close_former_days, end_day, open_desk
from siac.counter.models import Desk, DeskShift, QueueLine, Stage, Visit
from siac.counter.queries import snapshot
from siac.journal.public import history, verify_institution
from siac.kernel.errors import Refused
from siac.servicepoints.public import Hours, ServicePoint, Window, save_service_point
from tests.counter.conftest import later, make_room, now_in
from tests.factories import NOW, make_house

pytestmark = pytest.mark.django_db


def test_numbers_begin_with_each_letter_and_each_local_day(room):
    codes = [room.take(letter).code for letter in "ABAA"]
    assert codes == ["A 001", "B 001", "A 002", "A 003"]
    assert room.take("A", 24 * 60).code == "A 001"
    first = Visit.objects.order_by("pk")[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        Visit.objects.create(
            institution=room.institution, point=first.point, line=first.line, prefix="A", number=1,
            taken_on=first.taken_on, taken_at=NOW, token="otro",
        )  # fmt: skip


def test_a_visit_becomes_an_attention_with_its_minutes(room):
    visit = room.take("A")
    assert room.call(1, 12) == visit
    done = room.serve(visit, 1, 13, 20, subject="Un certificado")
    assert (done.waited, done.minutes, done.begun_at) == (12, 7, later(13))
    assert (done.channel, done.service_point_id) == (Channel.COUNTER, room.house.point)
    assert (done.topic_id, done.unit_id) == (
        room.house.topics["Atención al público"], room.house.units["oirs"],
    )  # fmt: skip
    assert done.subject == "Un certificado" and done.registered_by == room.officers[1]
    stages = list(Stage.objects.filter(visit=visit).values_list("state", "interaction"))
    assert stages == [("waiting", done.pk), ("called", None), ("serving", done.pk), ("ended", None)]
    kinds = [each.kind for each in history(room.institution.pk, visit.stream)]
    assert sorted(kinds) == [
        "counter.called", "counter.ended", "counter.started", "counter.ticket_taken",
    ]  # fmt: skip
    assert verify_institution(room.institution.pk).problems == []


def test_a_preference_goes_first_and_desks_call_for_their_lines(room):
    room.take("A")
    second = room.take("B", 1)
    preferred = room.take("A", 20, priority="elderly")
    assert room.call(2, 21) == second  # the only line of that desk
    assert room.call(1, 21) == preferred
    with pytest.raises(Refused, match="ticket_preference"):
        room.take("A", 22, priority="reyes")


def test_a_wrong_call_is_taken_back_for_some_seconds(room):
    visit = room.take("A")
    room.call(0, 5)
    moment = later(5) + timedelta(seconds=16)
    with pytest.raises(Refused, match="visit_too_late"):
        undo_call(institution=room.institution, visit_id=visit.pk, actor=room.officers[0], now=moment)
    room.act(undo_call, 0, 5, visit_id=visit.pk)
    assert list(Stage.objects.values_list("state", "begun_at", "ended_at")) == [("waiting", NOW, None)]
    assert room.call(1, 6) == visit  # waits on where it was


def test_calls_are_repeated_and_counted(room):
    visit = room.take("A")
    room.call(0, 1)
    room.act(recall, 0, 2, visit_id=visit.pk)
    called = snapshot(room.institution, room.house.point, now=later(2), fresh=True).called
    assert [(each.code, each.calls, each.called_at) for each in called] == [("A 001", 2, later(2))]


def test_who_is_held_frees_the_desk_and_comes_back_without_waiting(room):
    visit, other = room.take("A"), room.take("A", 1)
    room.call(0, 5)
    room.act(start, 0, 6, visit_id=visit.pk)
    room.act(hold, 0, 8, visit_id=visit.pk)
    assert room.call(0, 9) == other
    with pytest.raises(Refused, match="desk_busy"):
        room.act(resume, 0, 10, visit_id=visit.pk, desk_id=room.desks[0])
    room.act(resume, 1, 15, visit_id=visit.pk, desk_id=room.desks[1])
    done = room.serve(visit, 1, 16, 19)
    assert (done.waited, done.minutes) == (5, 5)  # 6-8 and 16-19; the pause is neither


def test_a_hand_over_keeps_the_moment_of_the_ticket_and_one_attention_counts_it_all(room):
    visit = room.take("A")
    room.take("B", 3)
    room.call(1, 10)
    room.act(start, 1, 11, visit_id=visit.pk)
    with pytest.raises(Refused, match="visit_same_line"):
        room.act(transfer, 1, 12, visit_id=visit.pk, line_id=room.lines["A"])
    room.act(transfer, 1, 14, visit_id=visit.pk, line_id=room.lines["B"])
    assert now_in(visit) == "transferred"
    assert room.call(2, 20) == visit
    done = room.serve(visit, 2, 20, 25)
    assert (done.waited, done.minutes, done.topic_id) == (16, 8, None)


def test_several_services_in_one_visit_are_several_attentions(room):
    visit = room.take("A")
    room.call(0, 4)
    first = room.serve(visit, 0, 5, 9, next_line_id=room.lines["B"])
    assert now_in(visit) == "serving"
    second = room.act(end, 0, 12, visit_id=visit.pk)
    assert [(each.waited, each.minutes) for each in (first, second)] == [(4, 4), (None, 3)]
    assert now_in(visit) == "ended"


def test_who_does_not_come_may_come_later(room):
    visit = room.take("A")
    room.call(0, 4)
    room.missed(visit, 0, 6)
    assert now_in(visit) == "no_show" and room.call(0, 7) is None
    room.act(resume, 0, 10, visit_id=visit.pk, desk_id=room.desks[0])
    assert room.serve(visit, 0, 10, 12).waited == 4


def test_two_people_who_do_something_with_one_visit(room):
    visit = room.take("A")
    room.call(0, 1)
    with pytest.raises(Refused, match="desk_of_another"):
        room.act(start, 1, 2, visit_id=visit.pk)
    room.missed(visit, 0, 2)
    with pytest.raises(Refused, match="visit_moved"):
        room.act(start, 0, 3, visit_id=visit.pk)


def test_one_person_at_a_desk_one_desk_for_an_officer(room):
    visit = room.take("A")
    room.take("A")
    room.call(0, 1)
    with pytest.raises(Refused, match="desk_busy"):
        room.call(0, 1)
    with pytest.raises(Refused, match="desk_busy"):
        room.act(close_desk, 0, 2, desk_id=room.desks[0])
    with pytest.raises(Refused, match="desk_open_already"):
        room.act(open_desk, 1, 2, desk_id=room.desks[0])
    room.serve(visit, 0, 2, 3)
    room.act(close_desk, 0, 4, desk_id=room.desks[0])
    with pytest.raises(Refused, match="desk_not_open"):
        room.call(0, 5)


def test_the_end_of_a_day_says_what_it_closed(room):
    called, served, waits = room.take("A"), room.take("A", 1), room.take("B", 2)
    room.call(0, 3)
    room.call(1, 3)
    room.act(start, 1, 4, visit_id=served.pk)
    closed = end_day(
        institution=room.institution, point_id=room.house.point, actor=room.officers[0], now=later(9)
    )
    assert closed == 2 and {now_in(called), now_in(waits)} == {"closed"}
    assert now_in(served) == "serving"
    assert set(DeskShift.objects.filter(closed_at=None).values_list("desk", flat=True)) == {room.desks[1]}


def test_a_counter_goes_on_after_midnight_and_the_night_closes_what_was_forgotten(room):
    visit = room.take("A")
    room.call(0, 1)
    local = room.institution.local_date(NOW) + timedelta(days=1)
    one = datetime.combine(local, time(1), tzinfo=room.institution.zone)
    assert close_former_days(room.institution, now=one) == 0 and now_in(visit) == "called"
    assert close_former_days(room.institution, now=one + timedelta(hours=3)) == 1
    assert now_in(visit) == "closed" and not DeskShift.objects.filter(closed_at=None).exists()
    assert close_former_days(room.institution, now=one + timedelta(hours=4)) == 0


def test_a_closed_or_full_place_gives_no_numbers(room, monkeypatch):
    monkeypatch.setattr(tickets, "MOST_WAITING", 1)
    room.take("A")
    with pytest.raises(Refused, match="ticket_full"):
        room.take("B")
    row = ServicePoint.objects.get(pk=room.house.point)
    hours = Hours({6: (Window(time(9), time(14)),)})
    save_service_point(institution=room.institution, actor=None, now=NOW, point=row, hours=hours)
    room.institution.refresh_from_db()
    with pytest.raises(Refused, match="ticket_closed"):
        room.take("B")


def test_a_clock_that_was_put_back_ends_nothing_before_it_began(room):
    visit = room.take("A", 10)
    room.call(0, 5)
    done = room.serve(visit, 0, 4, 3)
    assert (done.waited, done.minutes, done.begun_at) == (0, 0, later(10))


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"prefix": "AB"}, "line_letter"),
        ({"prefix": "ñ"}, "line_letter"),
        ({"prefix": "B"}, "line_letter_taken"),
        ({"unit_id": 0}, "line_place"),
        ({"is_active": False}, "line_waited_for"),
        ({"name": "Otra", "based_on": 7}, "saved_meanwhile"),
    ],
)
def test_lines_that_cannot_be(room, fields, code):
    room.take("A")
    row = QueueLine.objects.get(pk=room.lines["A"])
    with pytest.raises(Refused, match=code):
        save_line(institution=room.institution, actor=None, now=NOW, line=row, **fields)


def test_desks_that_cannot_be(room):
    common = {"institution": room.institution, "actor": None, "now": NOW}
    row = Desk.objects.get(pk=room.desks[0])
    other = make_room(make_house("valle"), is_open=False)
    for fields, code in (
        ({"line_ids": []}, "desk_lines"),
        ({"line_ids": [other.lines["A"]]}, "desk_lines"),
        ({"name": "Módulo 2"}, "desk_name_taken"),
        ({"point_id": other.house.point}, "line_place"),
    ):
        with pytest.raises(Refused, match=code):
            save_desk(**common, desk=row, **fields)
    with pytest.raises(Refused, match="desk_not_open"):
        open_desk(
            institution=room.institution,
            desk_id=other.desks[0],
            actor=room.officers[0],
            now=NOW,
        )
    with pytest.raises(Refused, match="ticket_no_line"):
        tickets.take_ticket(institution=room.institution, line_id=other.lines["A"], now=NOW)


def test_a_room_tells_ranges_only_once_it_knows(room):
    point = room.house.point
    for number in range(4):
        visit = room.take("A", number)
        assert snapshot(room.institution, point, now=later(20 * number), fresh=True).range_of(
            room.lines["A"]
        ) == (None if number < 3 else (0, 5))
        room.call(1, 20 * number + 1)
        room.serve(visit, 1, 20 * number + 2, 20 * number + 6)
    mine = [room.take("A", 90 + number) for number in range(6)][-1]
    now = snapshot(room.institution, point, now=later(99), fresh=True)
    assert now.ahead(room.lines["A"], now.of(mine.pk)) == 5
    assert now.range_of(room.lines["A"], now.of(mine.pk)) == (10, 15)  # five before, four minutes, two desks
    assert snapshot(room.institution, point, now=later(99) + timedelta(seconds=1)) is now
    assert snapshot(room.institution, point, now=later(99) + timedelta(seconds=2)) is not now
