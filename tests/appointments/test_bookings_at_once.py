# SPDX-License-Identifier: EUPL-1.2
"""Many who want the same hour at the same moment: the constraint of the database lets one have it."""

import threading
from collections import Counter
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from siac.appointments.commands.booking import cancel, move
from siac.appointments.commands.offering import join_list, lapse_offers
from siac.appointments.models import Appointment, Waiter
from siac.kernel.errors import Refused
from tests.appointments.conftest import TUESDAY, again, make_clinic, person
from tests.factories import NOW, make_house

pytestmark = [pytest.mark.postgres, pytest.mark.slow]


def at_once(work) -> Counter[str]:
    """Do pieces of work at once, each in a thread of its own; return how each ended, by word."""
    ended: list[str] = []
    gate = threading.Barrier(len(work))

    def run(piece) -> None:
        try:
            gate.wait()
            piece()
            ended.append("done")
        except Refused as refused:
            ended.append(refused.code)
        except Exception as error:
            ended.append(type(error).__name__)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(piece,)) for piece in work]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(ended)


@pytest.mark.parametrize("places", [1, 3])
def test_of_fifty_who_book_one_hour_as_many_get_it_as_there_are_places(real_commits, places):
    clinic = make_clinic(make_house(), places=places)
    ended = at_once([lambda n=n: clinic.book("9:00", person(n)) for n in range(50)])
    assert ended == {"done": places, "slot_taken": 50 - places}
    assert sorted(Appointment.objects.values_list("seat", flat=True)) == list(range(1, places + 1))


def test_moving_into_an_hour_and_booking_it_at_once_lets_one_have_it(real_commits):
    clinic = make_clinic(make_house())
    rows = [clinic.book("9:00", person(n), TUESDAY + timedelta(days=n)).appointment for n in (1, 2, 3)]
    wanted = clinic.at("10:00")

    def moves(row):
        return lambda: move(institution=clinic.institution, pk=row.pk, begins_at=wanted, now=NOW)

    ended = at_once([*map(moves, rows), lambda: clinic.book("10:00", person(9))])
    assert ended == {"done": 1, "slot_taken": 3}
    assert Appointment.objects.filter(begins_at=wanted, state="booked").count() == 1
    assert Appointment.objects.filter(state="booked").count() in (3, 4)  # whoever was refused kept theirs


def test_the_same_form_sent_at_once_books_once(real_commits):
    clinic = make_clinic(make_house(), places=5)
    key = "7e4b6d3a-8f6a-4f0e-9d76-0a6c1f4a2b11"
    ended = at_once([lambda: clinic.book("9:00", request_key=key)] * 6)
    assert ended == {"done": 6} and Appointment.objects.count() == 1


def test_a_place_that_falls_free_goes_to_whoever_waits_and_not_to_whoever_is_quick(real_commits):
    clinic = make_clinic(make_house())
    row = clinic.book("9:00").appointment
    clinic.book("10:00", person(8))
    join_list(institution=clinic.institution, agenda_id=clinic.agenda.pk, first_on=TUESDAY, last_on=TUESDAY,
              contact=person(7), now=NOW)  # fmt: skip
    work = [lambda: cancel(institution=clinic.institution, pk=row.pk, now=NOW)]
    ended = at_once(work + [lambda n=n: clinic.book("9:00", person(n)) for n in range(10, 16)])
    assert ended == {"done": 1, "slot_taken": 6}
    held = Appointment.objects.get(state="held")
    assert held.waiter_id == Waiter.objects.get().pk and held.begins_at == clinic.at("9:00")


def test_two_workers_that_end_the_same_offers_offer_each_place_once(real_commits):
    clinic = make_clinic(make_house())
    row = clinic.book("9:00").appointment
    clinic.book("10:00", person(8))
    for n in (1, 2, 3):
        join_list(institution=clinic.institution, agenda_id=clinic.agenda.pk, first_on=TUESDAY,
                  last_on=TUESDAY, contact=person(n), now=NOW)  # fmt: skip
    cancel(institution=clinic.institution, pk=row.pk, now=NOW)
    late = NOW + timedelta(hours=13)
    ended = at_once([lambda: lapse_offers(clinic.institution, now=late)] * 3)
    assert ended == {"done": 3}
    assert Counter(Appointment.objects.values_list("state", flat=True)) == {
        "cancelled": 1, "booked": 1, "lapsed": 1, "held": 1,
    }  # fmt: skip


def test_the_database_itself_refuses_a_second_one_in_a_seat(real_commits):
    clinic = make_clinic(make_house())
    row = again(clinic.book("9:00").appointment)
    row.pk, row.code, row.token_digest = None, "AAAAAA", "0" * 64
    row.begins_at += timedelta(minutes=30)
    row.ends_at += timedelta(minutes=30)
    with pytest.raises(IntegrityError, match="appointments_one_in_a_seat"), transaction.atomic():
        row.save()
    row.begins_at += timedelta(minutes=30)  # ten o'clock: an hour that ends at ten leaves ten free
    row.ends_at += timedelta(minutes=30)
    row.save()
    assert Appointment.objects.count() == 2
