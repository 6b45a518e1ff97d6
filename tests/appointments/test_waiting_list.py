# SPDX-License-Identifier: EUPL-1.2
"""Who waits for a place: offered in turn, kept for a while, never lost."""

from datetime import timedelta

import pytest

from siac.appointments.commands import offering
from siac.appointments.commands.booking import cancel, move, take_offer
from siac.appointments.commands.offering import decline_offer, join_list, lapse_offers, leave_list, offer_free
from siac.appointments.models import Appointment, Waiter
from siac.kernel.errors import Refused
from siac.notices.public import Notice
from tests.appointments.conftest import TUESDAY, again, person, window
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def join(clinic, number, first=TUESDAY, last=TUESDAY, minute=0):
    row, _ = join_list(
        institution=clinic.institution, agenda_id=clinic.agenda.pk, first_on=first, last_on=last,
        contact=person(number), now=NOW + timedelta(minutes=minute),
    )  # fmt: skip
    return row


def full(clinic):
    """Fill Tuesday; return its two appointments."""
    return [clinic.book(clock, person(n)).appointment for n, clock in enumerate(("9:00", "10:00"), start=90)]


def waits(row):
    return Waiter.objects.get(pk=row.pk).state


def held():
    return Appointment.objects.filter(state="held").order_by("pk")


def test_a_place_is_offered_to_the_first_then_to_the_next(clinic):
    first_row, _ = full(clinic)
    one, two = join(clinic, 1), join(clinic, 2, minute=1)
    cancel(institution=clinic.institution, pk=first_row.pk, now=NOW)
    offer = held().get()
    assert (offer.waiter_id, offer.begins_at) == (one.pk, clinic.at("9:00"))
    assert offer.held_until == NOW + timedelta(hours=12) and waits(one) == "offered"
    with pytest.raises(Refused, match="slot_taken"):
        clinic.book("9:00", person(5))
    assert lapse_offers(clinic.institution, now=NOW + timedelta(hours=11)) == 0
    assert lapse_offers(clinic.institution, now=NOW + timedelta(hours=12)) == 1
    assert (again(offer).state, waits(one), held().get().waiter_id) == ("lapsed", "ended", two.pk)
    assert list(Notice.objects.filter(kind="appointments.lapsed").values_list("subject_id", flat=True)) == [
        offer.pk
    ]
    taken = take_offer(institution=clinic.institution, pk=held().get().pk, now=NOW + timedelta(hours=13))
    assert (taken.state, waits(two)) == ("booked", "taken")
    take_offer(institution=clinic.institution, pk=taken.pk, now=NOW + timedelta(hours=13))  # sent twice
    assert Notice.objects.filter(kind="appointments.booked", subject_id=taken.pk).count() == 1


def test_an_offer_that_is_declined_goes_on_at_once(clinic):
    first_row, _ = full(clinic)
    one, two = join(clinic, 1), join(clinic, 2, minute=1)
    cancel(institution=clinic.institution, pk=first_row.pk, now=NOW)
    offer = held().get()
    decline_offer(institution=clinic.institution, pk=offer.pk, now=NOW)
    assert held().get().waiter_id == two.pk and waits(one) == "ended"
    with pytest.raises(Refused, match="appointment_moved_on"):
        take_offer(institution=clinic.institution, pk=offer.pk, now=NOW)


def test_moving_away_offers_the_place_too(clinic):
    first_row, _ = full(clinic)
    one = join(clinic, 1)
    wednesday = TUESDAY + timedelta(days=1)
    move(institution=clinic.institution, pk=first_row.pk, begins_at=clinic.at("9:00", wednesday), now=NOW)
    assert held().get().waiter_id == one.pk


def test_only_who_wants_that_day_is_offered_it(clinic):
    first_row, _ = full(clinic)
    join(clinic, 1, TUESDAY + timedelta(days=1), TUESDAY + timedelta(days=3))
    cancel(institution=clinic.institution, pk=first_row.pk, now=NOW)
    assert not held().exists()


def test_too_near_a_place_stays_free_for_all(clinic):
    first_row, _ = full(clinic)
    join(clinic, 1)
    now = clinic.at("9:00") - timedelta(hours=2, minutes=10)
    cancel(institution=clinic.institution, pk=first_row.pk, now=now)
    assert not held().exists() and waits(Waiter.objects.get()) == "waiting"


def test_what_a_worker_that_died_did_not_offer_the_next_turn_does(clinic, monkeypatch):
    full(clinic)
    one, two = join(clinic, 1), join(clinic, 2, minute=1)
    clinic.change(windows=[window("09:00", "13:00")])  # two more places
    real = offering._offer

    def dies(*args):
        real(*args)
        raise KeyboardInterrupt  # killed inside the transaction, after it had written

    monkeypatch.setattr(offering, "_offer", dies)
    with pytest.raises(KeyboardInterrupt):
        offer_free(clinic.institution, now=NOW)
    assert not held().exists() and (waits(one), waits(two)) == ("waiting", "waiting")
    assert not Notice.objects.filter(kind="appointments.offer").exists()
    monkeypatch.setattr(offering, "_offer", real)
    assert offer_free(clinic.institution, now=NOW) == 2
    assert [each.waiter_id for each in held()] == [one.pk, two.pk]
    assert offer_free(clinic.institution, now=NOW) == 0
    assert Notice.objects.filter(kind="appointments.offer").count() == 2


def test_who_waited_in_vain_waits_no_more(clinic):
    full(clinic)
    one = join(clinic, 1)
    offer_free(clinic.institution, now=NOW + timedelta(days=2))
    assert waits(one) == "ended" and not held().exists()


def test_nobody_waits_twice_for_a_day_and_leaving_twice_is_leaving(clinic):
    full(clinic)
    one = join(clinic, 1)
    with pytest.raises(Refused, match="wait_twice"):
        join(clinic, 1)
    for _ in range(2):
        leave_list(institution=clinic.institution, pk=one.pk, now=NOW)
    assert waits(one) == "left"
    assert waits(join(clinic, 1)) == "waiting"


@pytest.mark.parametrize(("first", "last"), [(-2, 0), (5, 3), (0, 90)])
def test_only_days_that_can_be_booked_are_waited_for(clinic, first, last):
    with pytest.raises(Refused, match="wait_days"):
        join(clinic, 1, TUESDAY + timedelta(days=first), TUESDAY + timedelta(days=last))


def test_an_agenda_without_a_list_has_none(clinic):
    clinic.change(has_waiting_list=False)
    with pytest.raises(Refused, match="wait_none"):
        join(clinic, 1)


def test_a_form_that_comes_again_with_something_else_is_refused_and_says_so(clinic):
    full(clinic)
    asked = {"institution": clinic.institution, "agenda_id": clinic.agenda.pk, "first_on": TUESDAY,
             "last_on": TUESDAY, "contact": person(1), "request_key": "a-page", "now": NOW}  # fmt: skip
    row, token = join_list(**asked)
    assert join_list(**asked) == (row, token)
    with pytest.raises(Refused, match="appointment_key"):
        join_list(**{**asked, "contact": person(2)})
    leave_list(institution=clinic.institution, pk=row.pk, now=NOW)
    with pytest.raises(Refused, match="appointment_key"):  # they went back to the page and sent it again
        join_list(**asked)
    assert waits(join_list(**{**asked, "request_key": "another"})[0]) == "waiting"


def test_an_offer_is_not_taken_once_its_hour_began(clinic):
    first_row, _ = full(clinic)
    join(clinic, 1)
    cancel(institution=clinic.institution, pk=first_row.pk, now=NOW)
    offer = held().get()
    with pytest.raises(Refused, match="appointment_moved_on"):  # no worker noted that it lapsed
        take_offer(institution=clinic.institution, pk=offer.pk, now=clinic.at("9:00"))
    assert again(offer).state == "held"
