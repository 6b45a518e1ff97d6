# SPDX-License-Identifier: EUPL-1.2
"""Appointments through their pages: of the people who come, and of the house."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role
from siac.appointments.commands.booking import book
from siac.appointments.commands.tending import review
from siac.appointments.contact import Contact, opened
from siac.appointments.forms import written
from siac.appointments.models import Agenda, Appointment, Suspension, Waiter
from siac.appointments.queries import free_slots
from siac.counter.models import QueueLine
from siac.notices.public import Notice
from tests.appointments.conftest import Clinic, again, make_clinic, person, window
from tests.factories import make_house
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
TYPED = {"name": "Ana Soto", "email": "ana@ejemplo.cl", "phone": ""}


@pytest.fixture
def clinic(house) -> Clinic:
    """Every day is open: pages go by the real time."""
    return make_clinic(house, windows=[window("09:00", "18:00", list(range(7)))], notice_hours=0)


def url(clinic, rest="") -> str:
    return f"/{clinic.house.slug}/{rest}"


def first_free(clinic, skip=0):
    """Return the first hours that can be booked now, as addresses name them."""
    now = timezone.now()
    today = clinic.institution.local_date(now)
    found = free_slots(
        clinic.institution, clinic.agenda, today + timedelta(days=1), today + timedelta(days=20), now=now
    )
    return [written(each.slot.begins_at) for hours in found.values() for each in hours][skip]


def book_page(clinic):
    return url(clinic, f"citas/{clinic.agenda.pk}/reservar/")


def booked(clinic, skip=0, **typed):
    """Book through the page; return the browser, the address of the appointment and its row."""
    client = clinic.house.client()
    done = client.post(book_page(clinic), {**TYPED, **typed, "hora": first_free(clinic, skip)})
    assert done.status_code == 302, words(done)
    return client, done.url, Appointment.objects.order_by("-pk").first()


def test_somebody_books_without_an_account_or_a_script(clinic):
    client = clinic.house.client()
    page = client.get(url(clinic, "citas/"))
    assert "Certificados" in words(page) and f"/citas/{clinic.agenda.pk}/" in page.content.decode()
    page = client.get(url(clinic, f"citas/{clinic.agenda.pk}/"))
    (hour,) = re.findall(r"reservar/\?hora=([^\"&]+)\"", page.content.decode())[:1]
    form = client.get(f"{book_page(clinic)}?hora={hour}")
    assert "aviso de privacidad" in words(form) and form["Cache-Control"] == "private, no-store"
    key = re.search(r'name="clave" value="([^"]+)"', form.content.decode())[1]
    sent = {
        **TYPED,
        "hora": re.search(r'name="hora" value="([^"]+)"', form.content.decode())[1],
        "clave": key,
    }
    done = [client.post(book_page(clinic), sent) for _ in range(2)]
    assert done[0].url == done[1].url and Appointment.objects.count() == 1
    shown = client.get(done[0].url)
    row = Appointment.objects.get()
    assert (
        "Su cita está reservada" in words(shown) and row.code in words(shown) and "Ana Soto" in words(shown)
    )
    assert shown["Cache-Control"] == "private, no-store" and not client.cookies.get("sessionid")


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "Escriba su nombre."),
        ({"email": "", "phone": ""}, "Escriba un correo o un teléfono"),
        ({"email": "ana"}, "Escriba un correo como"),
        ({"name": "x" * 101}, "El nombre es demasiado largo."),
    ],
)
def test_what_was_typed_stays_where_something_is_missing(clinic, sent, said):
    page = clinic.house.client().post(book_page(clinic), {**TYPED, **sent, "hora": first_free(clinic)})
    assert page.status_code == 422 and said in words(page) and not Appointment.objects.exists()
    kept = {**TYPED, **sent}["email"]
    assert not kept or f'value="{kept}"' in page.content.decode()


def test_whoever_comes_second_keeps_what_they_typed_and_chooses_among_the_nearest(clinic):
    wanted = first_free(clinic)
    booked(clinic)
    client = clinic.house.client()
    page = client.post(book_page(clinic), {"name": "Luis Rojas", "email": "luis@ejemplo.cl", "hora": wanted})
    text = page.content.decode()
    assert page.status_code == 422 and "Alguien tomó esa hora antes que usted" in words(page)
    assert 'value="Luis Rojas"' in text and 'value="luis@ejemplo.cl"' in text
    (nearest,) = re.findall(r'type="radio" name="hora" id="hora-1" value="([^"]+)"', text)
    done = client.post(book_page(clinic), {"name": "Luis Rojas", "email": "luis@ejemplo.cl", "hora": nearest})
    assert done.status_code == 302 and Appointment.objects.count() == 2


def test_hostile_text_stays_text_and_a_robot_books_nothing(clinic):
    _, own, _ = booked(clinic, name="<script>alert(1)</script>")
    assert "<script>alert" not in clinic.house.client().get(own).content.decode()
    client = clinic.house.client()
    client.post(book_page(clinic), {**TYPED, "apellido2": "x", "hora": first_free(clinic)})
    for hour in ("", "x" * 500, "2026-13-45T99:99Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z"):
        assert client.post(book_page(clinic), {**TYPED, "hora": hour}).status_code in (302, 422)
    assert client.get(url(clinic, f"citas/{clinic.agenda.pk}/?dia=x&desde=9999-99-99")).status_code == 200
    assert Appointment.objects.count() == 1


def test_an_appointment_is_moved_cancelled_and_taken_along_by_its_link(clinic):
    client, own, row = booked(clinic)
    file = client.get(f"{own}cita.ics")
    assert file["Content-Type"].startswith("text/calendar") and b"SEQUENCE:0" in file.content
    uid = re.search(rb"UID:(\S+)", file.content)[1]
    taken = booked(clinic, email="otra@ejemplo.cl")[2]
    page = client.post(f"{own}cambiar/", {"hora": written(taken.begins_at)})
    assert (
        page.status_code == 422 and "Alguien tomó esa hora" in words(page) and "más cercanas" in words(page)
    )
    assert again(row).begins_at == row.begins_at
    assert client.post(f"{own}cambiar/", {"hora": first_free(clinic)}).url == own
    file = client.get(f"{own}cita.ics").content
    assert b"SEQUENCE:1" in file and uid in file and again(row).begins_at != row.begins_at
    assert "¿Anular su cita?" in words(client.get(f"{own}anular/"))
    for _ in range(2):  # an old page that is sent again says how it stands
        assert "Su cita está anulada" in words(client.post(f"{own}anular/", follow=True))
    assert b"METHOD:CANCEL" in client.get(f"{own}cita.ics").content
    assert client.get(f"{own}anular/").status_code == 302
    assert client.post(f"{own}cambiar/", {"hora": first_free(clinic)}).status_code == 302
    assert again(row).state == "booked"


def test_a_link_that_is_none_or_of_another_body_opens_nothing(clinic):
    _, own, _ = booked(clinic)
    other = make_house("otra")
    token = own.rstrip("/").rpartition("/")[2]
    client = other.client()
    for rest in ("", "cambiar/", "anular/", "cita.ics"):
        assert client.get(f"/otra/cita/{token}/{rest}").status_code == 404
        assert client.get(url(clinic, f"cita/{'x' * 22}/{rest}")).status_code == 404
    assert client.get(f"/otra/citas/{clinic.agenda.pk}/").status_code == 404
    Appointment.objects.update(sealed=None)
    assert client.get(own).status_code == 404  # forgotten


def test_whoever_finds_no_hour_waits_and_is_offered_one(clinic):
    client = clinic.house.client()
    wait = url(clinic, f"citas/{clinic.agenda.pk}/espera/")
    assert "Lista de espera" in words(client.get(wait))
    page = client.post(wait, {"name": "", "email": "a@b.cl", "days": "todos"})
    assert page.status_code == 422 and "Escriba su nombre." in words(page)
    done = client.post(wait, {**TYPED, "days": "todos"})
    assert "En lista de espera" in words(client.get(done.url))
    twice = client.post(wait, {**TYPED, "days": "semana"})
    assert twice.status_code == 422 and "ya está en la lista de espera" in words(twice)
    assert "Salió de la lista" in words(client.post(done.url, follow=True))
    assert Waiter.objects.get().state == "left"


def test_an_offer_is_taken_by_its_link(clinic):
    client, own, row = booked(clinic)
    Appointment.objects.update(state="held", held_until=timezone.now() + timedelta(hours=3))
    assert "Hay un cupo para usted" in words(client.get(own))
    assert client.get(f"{own}cita.ics").status_code == 404
    assert "Su cita está reservada" in words(client.post(f"{own}responder/", {"acepto": "1"}, follow=True))
    assert again(row).state == "booked"


def test_a_number_is_taken_at_the_screen_with_the_code(clinic):
    _, _, row = booked(clinic)
    now = timezone.now()
    Appointment.objects.update(
        begins_at=now + timedelta(minutes=10), ends_at=now + timedelta(minutes=70),
        on=clinic.institution.local_date(now + timedelta(minutes=10)),
    )  # fmt: skip
    client = clinic.house.client()
    assert "Tengo cita" in words(client.get(url(clinic, "puntos/oirs/turnos/")))
    page = client.post(url(clinic, "puntos/oirs/cita/"), {"codigo": "NADA99"})
    assert page.status_code == 422 and "No hay una cita con ese código" in words(page)
    Appointment.objects.update(on=clinic.institution.local_date(now))
    done = client.post(url(clinic, "puntos/oirs/cita/"), {"codigo": row.code.lower(), "impresora": "1"})
    assert done.url.endswith("/?impresora=1") and "A 001" in words(client.get(done.url))
    assert again(row).state == "present"
    assert client.get(url(clinic, "puntos/nada/cita/")).status_code == 404


def test_places_and_services_lead_to_their_hours(clinic):
    page = clinic.house.client().get(url(clinic, "puntos/oirs/")).content.decode()
    assert "Pedir hora" in page and f"/citas/{clinic.agenda.pk}/" in page
    clinic.change(is_online=False)
    page = clinic.house.client().get(url(clinic, "puntos/oirs/")).content.decode()
    assert f"/citas/{clinic.agenda.pk}/" not in page
    assert clinic.house.client().get(url(clinic, f"citas/{clinic.agenda.pk}/")).status_code == 404


# The house


def staff(clinic, rest=""):
    return url(clinic, f"gestion/citas/{rest}")


def test_the_house_books_sees_the_day_moves_and_cancels(clinic):
    client = clinic.house.client(Role.FRONT_DESK)
    new = staff(clinic, f"nueva/{clinic.agenda.pk}/")
    assert "Reservar: Certificados" in words(client.get(new))
    hour = first_free(clinic)
    page = client.post(new, {"name": "Luis Rojas", "phone": "", "email": "", "way": "phone", "hora": hour})
    assert page.status_code == 422 and "Escriba un correo o un teléfono" in words(page)
    done = client.post(
        new,
        {"name": "Luis Rojas", "phone": "+56 9 1234 5678", "email": "", "way": "phone", "hora": hour},
        follow=True,
    )
    row = Appointment.objects.get()
    assert row.code in words(done) and "+56 9 1234 5678" in words(done)
    assert opened(row)[0] == Contact("Luis Rojas", "", "+56 9 1234 5678")
    day = client.get(staff(clinic, f"?punto={clinic.house.point}&dia={row.on:%Y-%m-%d}"))
    assert "Luis Rojas" in words(day) and "1 por venir" in words(day)
    assert "+56 9 1234" not in words(day)  # of the day only names
    moved = client.post(staff(clinic, f"{row.pk}/mover/"), {"hora": first_free(clinic, 3)}, follow=True)
    assert "Se avisó a la persona" in words(moved) and again(row).sequence == 1
    gone = client.post(
        staff(clinic, f"{row.pk}/hacer/"), {"hacer": "anular", "motivo": "Corte de luz"}, follow=True
    )
    assert "Cita anulada" in words(gone) and again(row).cancel_reason == "Corte de luz"
    # Whoever gave only a telephone, where no texts are sent, is called by somebody of the house.
    assert Notice.objects.get(kind="appointments.cancelled").channel == "phone"
    assert client.post(staff(clinic, f"{row.pk}/hacer/"), {"hacer": "volar"}).status_code == 404


def test_the_house_gives_whoever_came_their_number(clinic):
    _, _, row = booked(clinic)
    now = timezone.now()
    Appointment.objects.update(
        begins_at=now, ends_at=now + timedelta(minutes=60), on=clinic.institution.local_date(now)
    )
    client = clinic.house.client(Role.FRONT_DESK)
    page = client.post(staff(clinic, f"{row.pk}/hacer/"), {"hacer": "llego"}, follow=True)
    assert "Número A 001." in words(page) and "Llegó" in words(page)


def test_people_of_other_units_and_bodies_see_none_of_it(clinic):
    _, _, row = booked(clinic)
    other = make_house("otra")
    for client in (other.client(Role.FRONT_DESK), other.client(Role.QUALITY_MANAGER)):
        for rest in (f"{row.pk}/", f"{row.pk}/mover/", f"nueva/{clinic.agenda.pk}/"):
            assert client.get(f"/otra/gestion/citas/{rest}").status_code == 404
        assert client.post(f"/otra/gestion/citas/{row.pk}/hacer/", {"hacer": "anular"}).status_code == 404
    clinic.institution.refresh_from_db()
    lines = clinic.room.lines
    QueueLine.objects.filter(pk=lines["A"]).update(unit=clinic.house.units["juridico"])
    clinic.institution.config_version += 1
    clinic.institution.save(update_fields=["config_version"])
    desk = clinic.house.client(Role.FRONT_DESK)
    assert desk.get(staff(clinic, f"{row.pk}/")).status_code == 404
    assert "Ana Soto" not in words(desk.get(staff(clinic)))
    assert clinic.house.client(Role.QUALITY_MANAGER).get(staff(clinic, f"{row.pk}/")).status_code == 200
    assert again(row).state == "booked"


def test_days_are_suspended_and_opened_again(clinic):
    _, _, row = booked(clinic)
    client = clinic.house.client(Role.QUALITY_MANAGER)
    sent = {"what": f"{clinic.house.point}-0", "first_on": row.on, "last_on": row.on, "reason": ""}
    page = client.post(staff(clinic, "suspender/"), sent)
    assert page.status_code == 422 and "Escriba el motivo." in words(page)
    done = client.post(staff(clinic, "suspender/"), {**sent, "reason": "Paro"})
    suspension = Suspension.objects.get()
    assert done.url == staff(clinic, f"suspensiones/{suspension.pk}/")
    assert "Paro" in words(client.get(done.url)) and "Paro" in words(
        client.get(staff(clinic, f"?dia={row.on}"))
    )
    client.post(done.url, {"hacer": "detener"})
    assert Suspension.objects.get().state == "stopped"
    assert "se pueden reservar otra vez" in words(client.post(done.url, {"hacer": "levantar"}, follow=True))
    assert clinic.house.client(Role.FRONT_DESK).get(staff(clinic, "suspender/")).status_code == 403
    assert make_house("otra").client(Role.QUALITY_MANAGER).get(
        f"/otra/gestion/citas/suspensiones/{suspension.pk}/"
    ).status_code == 404  # fmt: skip


def test_what_no_longer_fits_waits_for_somebody_on_the_first_page(clinic):
    _, own, row = booked(clinic)
    clinic.change(is_active=False)
    review(clinic.institution, now=timezone.now())
    client = clinic.house.client(Role.QUALITY_MANAGER)
    assert "Citas que ya no caben" in words(client.get(url(clinic, "gestion/inicio/")))
    page = client.get(staff(clinic, "no-caben/"))
    assert "La agenda ya no está activa" in words(page) and "Ana Soto" in words(page)
    for sent, said in (
        ({"cita": row.pk, "motivo": ""}, "Escriba el motivo"),
        ({"motivo": "Se cierra"}, "Marque al menos una"),
    ):
        refused = client.post(staff(clinic, "no-caben/"), sent)
        assert refused.status_code == 422 and said in words(refused) and again(row).state == "booked"
        assert (" checked" in refused.content.decode()) is ("cita" in sent), "what was marked stays so"
        assert f'value="{sent["motivo"]}"' in refused.content.decode()
    done = client.post(
        staff(clinic, "no-caben/"), {"cita": row.pk, "motivo": "Se cierra la agenda"}, follow=True
    )
    assert "avisadas: 1" in words(done) and again(row).state == "cancelled"
    assert "Se cierra la agenda" in words(clinic.house.client().get(own))
    assert (
        clinic.house.client(Role.FRONT_DESK).post(staff(clinic, "no-caben/"), {"cita": row.pk}).status_code
        == 403
    )


def test_an_agenda_is_set_up_by_its_form(clinic):
    client, page = clinic.house.client(Role.ADMINISTRATOR), url(clinic, "gestion/configuracion/agendas/")
    assert "Certificados" in words(client.get(page)) and "Todos los días de 9:00 a 18:00" in words(
        client.get(page)
    )
    numbers = {
        "minutes": 20, "between": 5, "places": 2, "notice_hours": 4, "ahead_days": 20, "most_open": 1,
        "reminder_hours": 24, "offer_hours": 6, "early_minutes": 30, "late_minutes": 15, "keep_days": 30,
    }  # fmt: skip
    rows = {
        "windows-0-row": "", "windows-0-days": "0,1,2,3,4", "windows-0-opens": "9:00",
        "windows-0-closes": "13:00", "windows-1-row": "", "windows-1-days": "2", "windows-1-opens": "12:00",
        "windows-1-closes": "14:00",
    }  # fmt: skip
    sent = {
        **numbers, **rows, "line_id": clinic.room.lines["B"], "name": "Matrícula", "service_id": "",
        "bring": "Cédula", "is_online": "on", "is_active": "on",
    }  # fmt: skip
    back = client.post(f"{page}nueva/", sent)
    assert (
        back.status_code == 422
        and "Dos horarios se cruzan: el de 09:00 a 13:00 y el de 12:00 a 14:00" in words(back)
    )
    assert 'value="12:00"' in back.content.decode()
    done = client.post(
        f"{page}nueva/", {**sent, "windows-1-opens": "14:00", "windows-1-closes": "16:00"}, follow=True
    )
    assert "Agenda guardada." in words(done)
    row = Agenda.objects.get(name="Matrícula")
    assert [each["weekdays"] for each in row.windows] == [[0, 1, 2, 3, 4], [2]] and row.places == 2
    form = client.get(f"{page}{row.pk}/")
    assert 'value="14:00"' in form.content.decode()


def test_pages_ask_little_however_many_are_booked(house):
    clinic = make_clinic(house, windows=[window("09:00", "18:00", list(range(7)))], notice_hours=0, places=80)
    tomorrow = clinic.institution.local_date(timezone.now()) + timedelta(days=1)
    client, desk = house.client(), house.client(Role.FRONT_DESK)
    pages = (
        (client, url(clinic, f"citas/{clinic.agenda.pk}/"), 6),
        (desk, staff(clinic, f"?punto={house.point}&dia={tomorrow}"), 12),
        (desk, staff(clinic, "no-caben/"), 9),
    )
    for count in (1, 60):
        while Appointment.objects.count() < count:
            number = Appointment.objects.count()
            hour = free_slots(clinic.institution, clinic.agenda, tomorrow, tomorrow, now=timezone.now())[
                tomorrow
            ][0]
            book(institution=clinic.institution, agenda_id=clinic.agenda.pk, begins_at=hour.slot.begins_at,
                 contact=person(number), now=timezone.now())  # fmt: skip
        Appointment.objects.update(unfit="hours")
        for browser, page, most in pages:
            browser.get(page)
            with at_most(most):
                assert browser.get(page).status_code == 200


def test_an_agenda_keeps_its_versions_and_nobody_saves_over_another(clinic):
    client, row = clinic.house.client(Role.ADMINISTRATOR), clinic.agenda
    page = url(clinic, f"gestion/configuracion/agendas/{row.pk}/")
    clinic.change(minutes=45)
    clinic.change(minutes=30)
    shown = words(client.get(page))
    assert "Minutos de cada cita" in shown and "60" in shown and "45" in shown
    sent = {
        "line_id": row.line_id, "name": row.name, "minutes": 20, "between": 0, "places": 1, "notice_hours": 0,
        "ahead_days": 30, "most_open": 2, "reminder_hours": 24, "offer_hours": 12, "early_minutes": 30,
        "late_minutes": 15, "keep_days": 30, "is_active": "on", "windows-0-row": "",
        "windows-0-days": "0,1,2,3,4", "windows-0-opens": "9:00", "windows-0-closes": "18:00",
    }  # fmt: skip
    assert client.post(page, {**sent, "based_on": "1"}).status_code == 422
    assert client.post(page, {**sent, "based_on": "3"}).status_code == 302
    assert Agenda.objects.get().minutes == 20


def test_that_either_mail_or_telephone_is_needed_is_said_before_anything_is_sent(clinic):
    page = words(clinic.house.client().get(f"{book_page(clinic)}?hora={first_free(clinic)}"))
    assert "Si no tiene, escriba su teléfono." in page
    assert "Correo electrónico (opcional)" not in page and "Teléfono (opcional)" not in page
