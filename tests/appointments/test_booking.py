# SPDX-License-Identifier: EUPL-1.2
"""Booking, moving and cancelling, through the commands."""

from datetime import timedelta

import pytest

from siac.accounts.public import Role
from siac.appointments.commands.booking import book, cancel, move
from siac.appointments.contact import Contact, digest_of, opened
from siac.appointments.models import Appointment
from siac.appointments.queries import free_slots
from siac.counter.public import save_line
from siac.journal.public import history
from siac.kernel.errors import Refused
from siac.notices.public import Notice
from siac.servicepoints.public import save_service_point
from tests.appointments.conftest import ANA, TUESDAY, again, make_clinic, person, window
from tests.factories import NOW, make_house

pytestmark = pytest.mark.django_db


def free(clinic, day=TUESDAY, **more):
    found = free_slots(clinic.institution, clinic.agenda, day, day, now=NOW, **more)
    zone = clinic.institution.zone
    return [f"{each.slot.begins_at.astimezone(zone):%H:%M}" for each in found.get(day, [])]


def test_an_hour_is_booked_once_told_and_nobody_else_is_offered_it(clinic):
    assert free(clinic) == ["09:00", "10:00"]
    booked = clinic.book("9:00")
    row = again(booked.appointment)
    assert (row.on, row.seat, row.state, len(row.code)) == (TUESDAY, 1, "booked", 6)
    assert row.token_digest == digest_of(booked.token) and booked.token not in str(row.__dict__)
    assert opened(row) == (ANA, booked.token)
    assert free(clinic) == ["10:00"]
    notice = Notice.objects.get(kind="appointments.booked")
    assert (notice.channel, notice.recipient) == ("email", f"appointment:{row.pk}")
    assert "ana" not in str(notice.context).casefold()
    with pytest.raises(Refused, match="slot_taken"):
        clinic.book("9:00", person(2))
    assert Appointment.objects.count() == 1
    (entry,) = history(clinic.institution.pk, row.stream)
    assert entry.kind == "appointments.booked" and "Ana" not in str(entry.data)


def test_the_same_form_sent_twice_books_once_and_with_other_data_is_refused(clinic):
    key = "7e4b6d3a-8f6a-4f0e-9d76-0a6c1f4a2b11"
    first = clinic.book("9:00", request_key=key)
    second = clinic.book("9:00", request_key=key)
    assert (first.appointment.pk, first.token) == (second.appointment.pk, second.token)
    assert Appointment.objects.count() == 1 and Notice.objects.filter(kind="appointments.booked").count() == 1
    with pytest.raises(Refused, match="appointment_key"):
        clinic.book("10:00", request_key=key)


@pytest.mark.parametrize(
    ("contact", "code"),
    [
        (Contact("", "a@b.cl"), "contact_name"),
        (Contact("\u200b ", "a@b.cl"), "contact_name"),
        (Contact("Ana"), "contact_missing"),
        (Contact("Ana", "no es un correo"), "contact_email"),
        (Contact("Ana", phone="12"), "contact_phone"),
        (Contact("Ana", phone="9" * 30), "contact_phone"),
    ],
)
def test_who_cannot_be_told_books_nothing(clinic, contact, code):
    with pytest.raises(Refused, match=code):
        clinic.book("9:00", contact)
    assert not Appointment.objects.exists()


def test_hostile_text_is_cut_and_stays_text(clinic):
    row = clinic.book("9:00", Contact("<script>alert(1)</script>" * 50, "a@b.cl")).appointment
    name = opened(again(row))[0].name
    assert len(name) == 100 and name.startswith("<script>")


@pytest.mark.parametrize(
    ("clock", "day", "code"),
    [
        ("9:30", TUESDAY, "slot_unknown"),
        ("11:00", TUESDAY, "slot_unknown"),
        ("9:00", TUESDAY + timedelta(days=4), "slot_unknown"),  # a Saturday
        ("9:00", TUESDAY + timedelta(days=60), "slot_unknown"),  # further ahead than it is open
        ("9:00", TUESDAY - timedelta(days=1), "slot_late"),  # this morning
        ("9:00", TUESDAY + timedelta(days=10), "slot_unknown"),  # the 18th of September is a holiday
    ],
)
def test_only_hours_that_the_agenda_has_are_booked(clinic, clock, day, code):
    with pytest.raises(Refused, match=code):
        clinic.book(clock, day=day)


def test_notice_is_asked_of_the_public_and_not_of_the_house(clinic):
    clinic.change(notice_hours=48)
    with pytest.raises(Refused, match="slot_late"):
        clinic.book("9:00")
    assert (
        clinic.book("9:00", actor=clinic.house.user(Role.FRONT_DESK), way="phone").appointment.way == "phone"
    )


def test_so_many_pending_for_a_contact_however_it_is_written(clinic):
    clinic.book("9:00", Contact("Ana", "ANA@ejemplo.cl"))
    clinic.book("10:00", Contact("Ana", "ana@ejemplo.cl", "+56 9 8765 4321"))
    later = TUESDAY + timedelta(days=1)
    for contact in (Contact("Otra", "Ana@Ejemplo.CL"),):
        with pytest.raises(Refused, match="appointments_many"):
            clinic.book("9:00", contact, later)
    clinic.book("9:00", Contact("Ana", phone="987654321"), later)  # of this number it is the second one
    with pytest.raises(Refused, match="appointments_many"):
        clinic.book("10:00", Contact("Ana", phone="+56987654321"), later)


def test_several_at_once_sit_in_seats_of_their_own(house):
    clinic = make_clinic(house, places=3)
    seats = [clinic.book("9:00", person(number)).appointment.seat for number in range(3)]
    assert seats == [1, 2, 3]
    with pytest.raises(Refused, match="slot_taken"):
        clinic.book("9:00", person(4))


def test_moving_keeps_the_old_hour_where_the_new_one_is_taken(clinic):
    mine = clinic.book("9:00").appointment
    clinic.book("10:00", person(2))
    with pytest.raises(Refused, match="slot_taken"):
        move(institution=clinic.institution, pk=mine.pk, begins_at=clinic.at("10:00"), now=NOW)
    row = again(mine)
    assert (row.begins_at, row.state, row.sequence) == (clinic.at("9:00"), "booked", 0)
    wednesday = TUESDAY + timedelta(days=1)
    move(institution=clinic.institution, pk=mine.pk, begins_at=clinic.at("9:00", wednesday), now=NOW)
    row = again(mine)
    assert (row.on, row.sequence, row.token_digest) == (wednesday, 1, mine.token_digest)
    assert free(clinic) == ["09:00"]
    assert Notice.objects.filter(kind="appointments.moved").count() == 1
    move(institution=clinic.institution, pk=mine.pk, begins_at=clinic.at("9:00", wednesday), now=NOW)
    assert again(mine).sequence == 1  # sent twice


def test_cancelling_twice_cancels_once_and_gives_the_hour_back(clinic):
    mine = clinic.book("9:00").appointment
    for _ in range(2):
        cancel(institution=clinic.institution, pk=mine.pk, now=NOW)
    row = again(mine)
    assert (row.state, row.sequence, row.cancelled_by_house) == ("cancelled", 1, False)
    assert Notice.objects.filter(kind="appointments.cancelled").count() == 1
    assert free(clinic) == ["09:00", "10:00"]
    move(institution=clinic.institution, pk=mine.pk, begins_at=clinic.at("9:00"), now=NOW)
    assert again(mine).state == "booked"  # whoever erred comes back with the same link


def test_what_is_over_is_neither_moved_nor_cancelled(clinic):
    mine = clinic.book("9:00").appointment
    Appointment.objects.filter(pk=mine.pk).update(state="attended")
    for change in (
        lambda: cancel(institution=clinic.institution, pk=mine.pk, now=NOW),
        lambda: move(institution=clinic.institution, pk=mine.pk, begins_at=clinic.at("10:00"), now=NOW),
    ):
        with pytest.raises(Refused, match="appointment_moved_on"):
            change()


def test_an_appointment_of_another_body_is_none(clinic):
    other = make_house("otra")
    mine = clinic.book("9:00").appointment
    with pytest.raises(Refused, match="appointment_moved_on"):
        cancel(institution=other.institution, pk=mine.pk, now=NOW)
    with pytest.raises(Refused, match="agenda_closed"):
        book(
            institution=other.institution,
            agenda_id=clinic.agenda.pk,
            begins_at=clinic.at("9:00"),
            contact=ANA,
            now=NOW,
        )


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"windows": []}, "agenda_windows"),
        ({"windows": [window("11:00", "09:00")]}, "agenda_window_ends"),
        ({"windows": [window("09:00", "09:30")]}, "agenda_window_ends"),
        ({"windows": [window("09:00", "11:00"), window("10:00", "12:00", [2])]}, "agenda_windows_cross"),
        ({"minutes": 0}, "agenda_sizes"),
        ({"places": 101}, "agenda_sizes"),
        ({"line_id": 0}, "agenda_place"),
        ({"service_id": 99999}, "agenda_place"),
    ],
)
def test_an_agenda_that_cannot_be_is_refused_and_the_old_one_stays(clinic, fields, code):
    with pytest.raises(Refused, match=code):
        clinic.change(**fields)
    clinic.refresh()
    assert clinic.agenda.minutes == 60 and clinic.agenda.version == 1


def test_windows_that_never_meet_stand_beside_each_other(clinic):
    those = [window("09:00", "11:00", [0]), window("09:00", "11:00", [1]), window("14:00", "16:00")]
    clinic.change(windows=those)
    assert free(clinic) == ["09:00", "10:00", "14:00", "15:00"]


def test_an_agenda_that_is_booked_does_not_go_to_another_point(clinic):
    other = save_service_point(
        institution=clinic.institution, actor=None, now=NOW, code="norte", name="Norte", kind="office"
    )
    clinic.institution.refresh_from_db()
    line = save_line(
        institution=clinic.institution, actor=None, now=NOW, point_id=other.pk, prefix="A", name="Norte",
        unit_id=clinic.house.units["oirs"],
    )  # fmt: skip
    clinic.institution.refresh_from_db()
    mine = clinic.book("9:00").appointment
    with pytest.raises(Refused, match="agenda_booked"):
        clinic.change(point_id=other.pk, line_id=line.pk)
    cancel(institution=clinic.institution, pk=mine.pk, now=NOW)
    clinic.change(point_id=other.pk, line_id=line.pk)
    assert clinic.agenda.point_id == other.pk


def test_coming_back_to_cancelled_ones_is_no_way_around_how_many_somebody_may_have(clinic):
    later = TUESDAY + timedelta(days=1)
    gone = clinic.book("9:00").appointment
    cancel(institution=clinic.institution, pk=gone.pk, now=NOW)
    clinic.book("10:00")
    clinic.book("9:00", day=later)
    with pytest.raises(Refused, match="appointments_many"):
        move(institution=clinic.institution, pk=gone.pk, begins_at=clinic.at("10:00", later), now=NOW)
    assert again(gone).state == "cancelled"
