# SPDX-License-Identifier: EUPL-1.2
"""What is done by the clock: tickets, how a day ended, reminders, what no longer fits, forgetting."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.appointments.commands import tending
from siac.appointments.commands.arriving import arrive, arrive_by_code
from siac.appointments.commands.booking import book, cancel, move
from siac.appointments.commands.configuring import save_agenda
from siac.appointments.commands.suspending import LINE, lift, suspend, suspending, tell_unfit
from siac.appointments.commands.tending import forget, remind, review, settle
from siac.appointments.contact import opened, reseal
from siac.appointments.domain.arrival import Arrival
from siac.appointments.models import Appointment, Suspension
from siac.appointments.queries import agendas, free_slots, unfit_appointments
from siac.catalogue.public import save_service
from siac.counter.commands.attending import call_next, end, start
from siac.counter.commands.shifts import end_day, open_desk
from siac.counter.commands.tickets import take_ticket
from siac.infra import crypto
from siac.infra.longwork import run_long
from siac.kernel.errors import Refused
from siac.notices.public import Notice
from siac.servicepoints.public import save_service_point, service_points
from tests.appointments.conftest import TUESDAY, again, make_clinic, person, window
from tests.factories import NOW, make_house
from tests.longwork import some_steps

pytestmark = pytest.mark.django_db


def minutes(count):
    return timedelta(minutes=count)


# Coming


@pytest.mark.parametrize(
    ("late", "came", "first"),
    [(-30, Arrival.IN_TIME, True), (15, Arrival.IN_TIME, True), (16, Arrival.LATE, False)],
)
def test_who_comes_gets_a_ticket_that_goes_first_if_they_are_in_time(clinic, late, came, first):
    row = clinic.book("9:00").appointment
    now = clinic.at("9:00") + minutes(late)
    walks_in = take_ticket(
        institution=clinic.institution, line_id=clinic.room.lines["A"], now=now - minutes(10)
    )
    done, how = arrive_by_code(
        institution=clinic.institution, point_id=clinic.house.point,
        code=f" {row.code.lower()[:3]}-{row.code[3:]}", now=now,
    )  # fmt: skip
    assert how is came and again(row).state == "present"
    assert (done.visit.hour == row.begins_at) is first
    officer = clinic.room.officers[0]
    desk = {"institution": clinic.institution, "desk_id": clinic.room.desks[0], "actor": officer}
    open_desk(**desk, now=now)
    called = call_next(**desk, now=clinic.at("9:00") + minutes(20))
    assert called.pk == (done.visit.pk if first else walks_in.pk)


def test_before_its_hour_an_appointment_waits_like_all_others(clinic):
    row = clinic.book("9:00").appointment
    walks_in = take_ticket(
        institution=clinic.institution, line_id=clinic.room.lines["A"], now=clinic.at("9:00") - minutes(29)
    )
    arrive(institution=clinic.institution, pk=row.pk, now=clinic.at("9:00") - minutes(28))
    desk = {
        "institution": clinic.institution,
        "desk_id": clinic.room.desks[0],
        "actor": clinic.room.officers[0],
    }
    open_desk(**desk, now=clinic.at("8:40"))
    assert call_next(**desk, now=clinic.at("8:50")).pk == walks_in.pk


def test_too_early_twice_or_with_another_code_there_is_no_ticket(clinic):
    row = clinic.book("9:00").appointment
    common = {"institution": clinic.institution, "point_id": clinic.house.point}
    with pytest.raises(Refused, match="arrival_early") as early:
        arrive_by_code(**common, code=row.code, now=clinic.at("8:29"))
    assert early.value.context["since"] == "8:30"
    for code in ("", "ZZZZZZ", "x" * 500, "'; DROP"):
        with pytest.raises(Refused, match="arrival_unknown"):
            arrive_by_code(**common, code=code, now=clinic.at("9:00"))
    with pytest.raises(Refused, match="arrival_unknown"):
        arrive_by_code(**common, code=row.code, now=clinic.at("9:00", TUESDAY + timedelta(days=1)))
    arrive_by_code(**common, code=row.code, now=clinic.at("9:00"))
    with pytest.raises(Refused, match="arrival_done"):
        arrive_by_code(**common, code=row.code, now=clinic.at("9:00"))


def test_a_day_ends_in_attended_not_attended_and_missed(house):
    clinic = make_clinic(house, places=3)
    rows = [clinic.book("9:00", person(n)).appointment for n in range(3)]
    now = clinic.at("9:00")
    for row in rows[:2]:
        arrive(institution=clinic.institution, pk=row.pk, now=now)
    desk = {"institution": clinic.institution, "actor": clinic.room.officers[0]}
    open_desk(**desk, desk_id=clinic.room.desks[0], now=now)
    called = call_next(**desk, desk_id=clinic.room.desks[0], now=now)
    start(**desk, visit_id=called.pk, now=now)
    end(**desk, visit_id=called.pk, now=now + minutes(5))
    assert settle(clinic.institution, now=now + minutes(6)) == 1
    end_day(institution=clinic.institution, point_id=clinic.house.point, actor=None, now=now + minutes(60))
    assert settle(clinic.institution, now=now + minutes(61)) == 1
    assert (
        settle(clinic.institution, now=now + timedelta(hours=16)) == 0
    )  # one o'clock at night: a counter goes on
    assert settle(clinic.institution, now=now + timedelta(days=1)) == 1
    assert [again(row).state for row in rows] == ["attended", "unserved", "missed"]
    assert settle(clinic.institution, now=now + timedelta(days=2)) == 0


# Reminders


def test_each_is_reminded_once_and_again_for_the_hour_it_was_moved_to(clinic):
    thursday = TUESDAY + timedelta(days=2)
    row = clinic.book("9:00", day=thursday).appointment
    soon = clinic.book("9:00", person(2)).appointment  # later than a reminder would have come
    at = clinic.at("9:00", thursday) - timedelta(hours=24)
    assert remind(clinic.institution, now=at - minutes(1)) == 0
    assert remind(clinic.institution, now=at) == 1
    assert remind(clinic.institution, now=at) == 0
    move(
        institution=clinic.institution,
        pk=row.pk,
        begins_at=clinic.at("9:00", thursday + timedelta(days=1)),
        now=at,
    )
    assert remind(clinic.institution, now=at + timedelta(days=1)) == 1
    told = Notice.objects.filter(kind="appointments.reminder").values_list("subject_id", flat=True)
    assert list(told) == [row.pk, row.pk] and again(soon).reminded_at is None


def test_who_cancelled_is_not_reminded(clinic):
    row = clinic.book("9:00", day=TUESDAY + timedelta(days=2)).appointment
    cancel(institution=clinic.institution, pk=row.pk, now=NOW)
    assert remind(clinic.institution, now=NOW + timedelta(days=2)) == 0


# What no longer fits


def close_tuesday(clinic):
    point = service_points(clinic.institution)[clinic.house.point]
    schedule = {
        "week": {str(day): [["08:00", "18:00"]] for day in range(5)}, "seasons": [],
        "exceptions": [{"on": TUESDAY.isoformat(), "windows": [], "reason": "corte de agua"}],
        "opens_on_holidays": False,
    }  # fmt: skip
    save_service_point(
        institution=clinic.institution, point=point, actor=None, now=NOW, schedule=schedule,
        **{name: getattr(point, name) for name in ("code", "name", "kind")},
    )  # fmt: skip
    clinic.refresh()


def test_a_place_that_closes_on_a_booked_day_loses_no_appointment(clinic):
    row, other = (
        clinic.book("9:00").appointment,
        clinic.book("9:00", person(2), TUESDAY + timedelta(days=1)).appointment,
    )
    close_tuesday(clinic)
    assert review(clinic.institution, now=NOW) == 1
    assert (again(row).state, again(row).unfit, again(other).unfit) == ("booked", "hours", "")
    assert free_slots(clinic.institution, clinic.agenda, TUESDAY, TUESDAY, now=NOW)[TUESDAY] == []
    told = tell_unfit(
        institution=clinic.institution, pks=[row.pk, other.pk], actor=clinic.house.user(Role.QUALITY_MANAGER),
        reason="Corte de agua", now=NOW,
    )  # fmt: skip
    assert told == 1 and (again(row).state, again(other).state) == ("cancelled", "booked")
    assert Notice.objects.filter(kind="appointments.cancelled", subject_id=row.pk).count() == 1
    move(
        institution=clinic.institution,
        pk=row.pk,
        begins_at=clinic.at("10:00", TUESDAY + timedelta(days=1)),
        now=NOW,
    )
    assert (again(row).state, again(row).unfit) == ("booked", "")


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"is_active": False}, "agenda"),
        ({"windows": [window("14:00", "16:00")]}, "hours"),
        ({"minutes": 30}, ""),  # still whole in its window
        ({"places": 2}, ""),
    ],
)
def test_an_agenda_that_changes_keeps_what_was_booked_and_says_what_does_not_fit(clinic, fields, why):
    row = clinic.book("9:00").appointment
    clinic.change(**fields)
    review(clinic.institution, now=NOW)
    assert (again(row).state, again(row).unfit) == ("booked", why)
    clinic.change(is_active=True, windows=[window("09:00", "11:00")])
    review(clinic.institution, now=NOW)
    assert again(row).unfit == ""


def test_fewer_places_than_were_booked(house):
    clinic = make_clinic(house, places=2)
    rows = [clinic.book("9:00", person(n)).appointment for n in range(2)]
    clinic.change(places=1)
    assert review(clinic.institution, now=NOW) == 1
    assert [again(row).unfit for row in rows] == ["", "seat"]


def test_a_service_that_is_withdrawn_while_it_is_booked(clinic):
    common = {"institution": clinic.institution, "actor": None, "now": NOW}
    service = save_service(**common, name="Certificado de residencia", code="certificado")
    clinic.refresh()
    clinic.change(service_id=service.pk)
    row = clinic.book("9:00").appointment
    save_service(**common, service=service, name=service.name, code=service.code, is_active=False)
    clinic.refresh()
    with pytest.raises(Refused, match="agenda_closed"):
        clinic.book("10:00", person(2))
    assert review(clinic.institution, now=NOW) == 1
    assert (again(row).state, again(row).unfit) == ("booked", "service")


# Days that are suspended


def days_off(clinic, **more):
    asked = {"point_id": clinic.house.point, "agenda_id": None, "first_on": TUESDAY, "last_on": TUESDAY,
             "reason": "Paro del personal", **more}  # fmt: skip
    return suspend(
        institution=clinic.institution, actor=clinic.house.user(Role.QUALITY_MANAGER), now=NOW, **asked
    )


def test_suspended_days_are_cancelled_told_and_booked_no_more(house):
    clinic = make_clinic(house, places=30)
    rows = [clinic.book("9:00", person(n)).appointment for n in range(25)]
    other = clinic.book("9:00", person(99), TUESDAY + timedelta(days=1)).appointment
    row = days_off(clinic)
    assert row.total == 25
    with pytest.raises(Refused, match="slot_unknown"):
        clinic.book("10:00", person(50))
    some_steps(LINE, row.pk, suspending, now=NOW)  # the worker dies behind the first step
    assert 0 < Appointment.objects.filter(state="cancelled").count() < 25
    Suspension.objects.update(leased_until=None)
    run_long(LINE, row.pk, suspending, clock=lambda: NOW)
    assert Suspension.objects.get().state == "done"
    assert {again(each).state for each in rows} == {"cancelled"} and again(other).state == "booked"
    told = Notice.objects.filter(kind="appointments.cancelled")
    assert told.count() == 25 == told.values("subject_id").distinct().count()
    assert again(rows[0]).cancel_reason == "Paro del personal"
    lift(institution=clinic.institution, pk=row.pk, actor=clinic.house.user(Role.QUALITY_MANAGER), now=NOW)
    assert clinic.book("10:00", person(50)).appointment.state == "booked"
    with pytest.raises(Refused, match="suspension_lifted"):
        lift(
            institution=clinic.institution, pk=row.pk, actor=clinic.house.user(Role.QUALITY_MANAGER), now=NOW
        )


def test_days_that_are_given_again_are_cancelled_no_further(house):
    clinic, boss = make_clinic(house, places=30), house.user(Role.QUALITY_MANAGER)
    for n in range(25):
        clinic.book("9:00", person(n))
    row = days_off(clinic)
    some_steps(LINE, row.pk, suspending, now=NOW)
    left = Appointment.objects.filter(state="booked").count()
    lift(institution=clinic.institution, pk=row.pk, actor=boss, now=NOW)
    clinic.book("10:00", person(50))
    Suspension.objects.update(leased_until=None)
    run_long(LINE, row.pk, suspending, clock=lambda: NOW)  # whoever lifted them promised these hours again
    assert Appointment.objects.filter(state="booked").count() == left + 1 > 1


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"reason": "  "}, "suspension_reason"),
        ({"last_on": TUESDAY - timedelta(days=1)}, "suspension_days"),
        (
            {"first_on": TUESDAY - timedelta(days=9), "last_on": TUESDAY - timedelta(days=2)},
            "suspension_days",
        ),
        ({"last_on": TUESDAY + timedelta(days=366)}, "suspension_days"),
        ({"point_id": 0}, "suspension_place"),
        ({"agenda_id": 0}, "suspension_place"),
    ],
)
def test_what_cannot_be_suspended(clinic, more, code):
    with pytest.raises(Refused, match=code):
        days_off(clinic, **more)


# Forgetting


def test_however_many_are_over_all_are_forgotten_in_one_night(clinic, monkeypatch):
    monkeypatch.setattr(tending, "BATCH", 1)
    for n, clock in enumerate(("9:00", "10:00")):
        clinic.book(clock, person(n))
    assert forget(clinic.institution, now=NOW + timedelta(days=33)) == 2
    assert not Appointment.objects.exclude(sealed=None).exists()


def test_who_booked_is_forgotten_after_so_many_days_and_what_was_counted_stays(clinic):
    row = clinic.book("9:00").appointment
    settle(clinic.institution, now=NOW + timedelta(days=3))
    assert forget(clinic.institution, now=NOW + timedelta(days=30)) == 0
    assert forget(clinic.institution, now=NOW + timedelta(days=33)) == 1
    kept = again(row)
    assert (opened(kept), kept.contact_keys, kept.state) == (None, [], "missed")
    assert not Notice.objects.filter(erased_at=None).exists()
    assert forget(clinic.institution, now=NOW + timedelta(days=34)) == 0


def test_sealed_contacts_go_over_to_a_new_key(clinic, monkeypatch):
    row = clinic.book("9:00").appointment
    assert reseal() == 0
    old = crypto.vault_keys().current.hex()
    monkeypatch.setenv("SIAC_VAULT_KEY", "ab" * 32)
    monkeypatch.setenv("SIAC_VAULT_OLD_KEYS", old)
    crypto._keyring.cache_clear()
    try:
        assert (reseal(), reseal()) == (1, 0)
        monkeypatch.setenv("SIAC_VAULT_OLD_KEYS", "")
        crypto._keyring.cache_clear()
        assert opened(again(row))[0].name == "Ana Soto"
    finally:
        monkeypatch.undo()
        crypto._keyring.cache_clear()


def test_bodies_do_not_mix(clinic):
    other = make_house("otra")
    row = clinic.book("9:00").appointment
    assert settle(other.institution, now=NOW + timedelta(days=9)) == 0
    assert remind(other.institution, now=NOW) == 0 and again(row).state == "booked"


# What is over


def test_an_hour_that_began_is_neither_cancelled_nor_listed_as_one_to_come(clinic):
    row = clinic.book("9:00").appointment
    Appointment.objects.update(unfit="hours")
    boss, after = clinic.house.user(Role.QUALITY_MANAGER), clinic.at("9:00")
    before = after - minutes(1)
    told = {"institution": clinic.institution, "pks": [row.pk], "actor": boss, "reason": "Corte de luz"}
    assert tell_unfit(**told, now=after) == 0
    with pytest.raises(Refused, match="appointment_moved_on"):  # who did not come does not take it back
        cancel(institution=clinic.institution, pk=row.pk, now=after)
    assert again(row).state == "booked"
    review(clinic.institution, now=after)
    assert not unfit_appointments(clinic.institution, [clinic.agenda.pk])
    Appointment.objects.update(unfit="hours")
    assert list(unfit_appointments(clinic.institution, [clinic.agenda.pk])) == [row]
    assert tell_unfit(**told, now=before) == 1


def test_reminders_of_later_hours_do_not_wait_for_those_that_are_not_due(house, monkeypatch):
    monkeypatch.setattr(tending, "BATCH", 2)
    short = make_clinic(house, places=3, reminder_hours=1)
    for n in range(3):
        short.book("9:00", person(n), TUESDAY + timedelta(days=1))
    save_agenda(
        institution=house.institution, actor=house.user(Role.ADMINISTRATOR), now=NOW - timedelta(days=30),
        point_id=house.point, line_id=short.room.lines["A"], name="Otra", minutes=60, reminder_hours=48,
        windows=[window("10:00", "11:00")],
    )  # fmt: skip
    house.institution.refresh_from_db()
    other = next(each for each in agendas(house.institution).values() if each.name == "Otra")
    thursday = TUESDAY + timedelta(days=2)
    row = book(
        institution=house.institution, agenda_id=other.pk, begins_at=short.at("10:00", thursday),
        contact=person(9), now=NOW,
    ).appointment  # fmt: skip
    assert remind(house.institution, now=short.at("10:00", thursday) - timedelta(hours=48)) == 1
    assert again(row).reminded_at is not None
