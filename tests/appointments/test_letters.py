# SPDX-License-Identifier: EUPL-1.2
"""What people read about their appointment: when, where and the link, and nothing that they did not need."""

from datetime import timedelta

import pytest

from siac.appointments.commands.booking import cancel, move
from siac.appointments.commands.offering import join_list, lapse_offers
from siac.appointments.commands.tending import forget, remind
from siac.appointments.contact import Contact, appointment_address, waiter_address
from siac.appointments.letters import LINK, TITLES, render_joined, renderer, shorter
from siac.appointments.models import Appointment
from siac.notices.models import ChannelSwitch
from siac.notices.public import Notice, covered
from tests.appointments.conftest import ANA, TUESDAY, Clinic, make_clinic, person
from tests.factories import NOW

pytestmark = pytest.mark.django_db


def told(kind: str) -> tuple[str, str]:
    """Return the newest notice of a kind as it is sent now."""
    notice = Notice.objects.filter(kind=f"appointments.{kind}").order_by("-pk").first()
    render = render_joined if kind == "joined_list" else renderer(notice.kind)
    return render(notice)


@pytest.fixture
def clinic(house) -> Clinic:
    return make_clinic(house, bring="Su cédula.")


def test_each_notice_says_when_where_and_the_link(clinic):
    booked = clinic.book("9:00")
    link = f"/{clinic.house.slug}/cita/{booked.token}/"
    subject, text = told("booked")
    assert subject == "Su cita está reservada — " + clinic.institution.short_name
    assert "Martes 8 de septiembre a las 9:00" in text and link in text and booked.appointment.code in text
    assert "Lleve: Su cédula." in text and "Ana" not in text and "Certificados" not in subject + text
    move(institution=clinic.institution, pk=booked.appointment.pk,
         begins_at=clinic.at("10:00", TUESDAY + timedelta(days=3)), now=NOW)  # fmt: skip
    assert "viernes 11 de septiembre a las 10:00" in told("moved")[1].casefold()
    assert remind(clinic.institution, now=clinic.at("10:00", TUESDAY + timedelta(days=2))) == 1
    assert "Le recordamos su cita" in told("reminder")[0] and link in told("reminder")[1]
    cancel(institution=clinic.institution, pk=booked.appointment.pk, now=NOW)
    assert "elegir otra hora" in told("cancelled")[1] and link in told("cancelled")[1]


def test_the_house_says_why_and_that_it_is_sorry(clinic):
    row = clinic.book("9:00").appointment
    cancel(
        institution=clinic.institution,
        pk=row.pk,
        actor=clinic.room.officers[0],
        reason="Corte de agua",
        now=NOW,
    )
    text = told("cancelled")[1]
    assert "Motivo: Corte de agua" in text and "Lamentamos el cambio." in text


def test_who_waits_reads_what_comes_and_until_when_it_is_kept(clinic):
    rows = [clinic.book(clock, person(n)).appointment for n, clock in enumerate(("9:00", "10:00"))]
    waiter, token = join_list(
        institution=clinic.institution, agenda_id=clinic.agenda.pk, first_on=TUESDAY, last_on=TUESDAY,
        contact=ANA, now=NOW,
    )  # fmt: skip
    assert f"/espera/{token}/" in told("joined_list")[1]
    cancel(institution=clinic.institution, pk=rows[0].pk, now=NOW)
    text = told("offer")[1]
    # NOW is noon; twelve hours later it is midnight.
    assert "Se lo guardamos hasta el martes 8 de septiembre a las 0:00" in text
    lapse_offers(clinic.institution, now=NOW + timedelta(hours=13))
    assert "ya no está disponible" in told("lapsed")[1]
    assert waiter_address(clinic.institution.pk, waiter.pk).email == ANA.email


def test_people_of_the_house_read_links_and_codes_covered(clinic):
    booked = clinic.book("9:00")
    text = covered("appointments.booked", told("booked")[1])
    assert booked.token not in text and booked.appointment.code not in text and "••••" in text
    assert all(LINK.search(f"https://x/a/{where}/{booked.token}/") for where in ("cita", "espera"))


def test_a_text_message_is_short_and_says_nothing_personal(clinic):
    ChannelSwitch.objects.create(institution=clinic.institution, channel="sms", is_on=True)
    booked = clinic.book("9:00", Contact("Ana Soto", phone="+56 9 8765 4321"))
    notice = Notice.objects.get(kind="appointments.booked")
    assert notice.channel == "sms"
    for kind in TITLES:
        if kind != "appointments.joined_list":
            text = shorter(kind)(notice)[1]
            assert f"/cita/{booked.token}/" in text and "8/9 9:00" in text and "Ana" not in text


@pytest.mark.parametrize(("kind", "channel"), [("booked", "none"), ("cancelled", "phone")])
def test_who_gave_only_a_telephone_is_called_about_what_they_must_know(clinic, kind, channel):
    row = clinic.book("9:00", Contact("Ana Soto", phone="+56 9 8765 4321")).appointment
    cancel(institution=clinic.institution, pk=row.pk, now=NOW)
    assert Notice.objects.get(kind=f"appointments.{kind}").channel == channel


def test_nobody_is_reached_once_they_were_forgotten(clinic):
    row = clinic.book("9:00").appointment
    assert appointment_address(clinic.institution.pk, row.pk).name == "Ana Soto"
    assert appointment_address(clinic.institution.pk + 1, row.pk) is None
    Appointment.objects.update(state="attended")
    forget(clinic.institution, now=NOW + timedelta(days=60))
    assert appointment_address(clinic.institution.pk, row.pk) is None
