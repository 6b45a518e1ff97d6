# SPDX-License-Identifier: EUPL-1.2
"""Appointments in a real browser: booked on a phone, moved, cancelled, and a number at the screen."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.appointments.models import Appointment
from tests.appointments.conftest import make_clinic, window

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EVERY_DAY = [window("08:00", "20:00", list(range(7)))]


def test_somebody_books_on_a_phone_moves_cancels_and_books_again(page: Page, house, axe, screenshot):
    clinic = make_clinic(house, windows=EVERY_DAY, minutes=30, bring="Su cédula.")
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/{house.slug}/citas/")
    axe(page)
    page.get_by_role("link", name="Certificados").click()
    axe(page)
    screenshot(page, "citas-dias-390")
    page.locator(".siac-hours--short a").nth(2).click()
    expect(page.get_by_text("Qué llevar: Su cédula.")).to_be_visible()
    page.get_by_role("button", name="Reservar").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("Escriba su nombre.")
    axe(page)
    page.get_by_label("Su nombre").fill("Ana Soto")
    page.get_by_label("Correo electrónico").fill("ana@ejemplo.cl")
    screenshot(page, "citas-datos-390")
    page.get_by_role("button", name="Reservar").click()
    expect(page.locator("h1")).to_contain_text("Su cita está reservada")
    axe(page)
    screenshot(page, "citas-reservada-390")
    row = Appointment.objects.get()
    with page.expect_download() as given:
        page.get_by_role("link", name="Agregar a mi calendario").click()
    assert given.value.suggested_filename == "cita.ics"
    page.get_by_role("link", name="Cambiar la hora").click()
    axe(page)
    page.locator(".siac-hours--short button").first.click()
    expect(page.locator("h1")).to_contain_text("Su cita está reservada")
    assert Appointment.objects.get().begins_at != row.begins_at
    page.get_by_role("link", name="Anular").click()
    axe(page)
    page.get_by_role("button", name="Sí, anular").click()
    expect(page.locator("h1")).to_contain_text("Su cita está anulada")
    axe(page)
    page.get_by_role("link", name="Elegir otra hora").click()
    page.locator(".siac-hours--short button").first.click()
    expect(page.locator("h1")).to_contain_text("Su cita está reservada")
    assert clinic.agenda.pk == Appointment.objects.get(state="booked").agenda_id


def test_whoever_comes_types_a_code_and_the_house_sees_them(page: Page, live_server, house, axe, screenshot):
    clinic = make_clinic(house, windows=EVERY_DAY, notice_hours=0)
    now = timezone.now()
    tomorrow = clinic.institution.local_date(now) + timedelta(days=1)
    row = clinic.book("9:00", day=tomorrow, now=now).appointment
    Appointment.objects.update(
        begins_at=now, ends_at=now + timedelta(hours=1), on=clinic.institution.local_date(now)
    )
    page.set_viewport_size({"width": 1080, "height": 1920})
    page.goto(f"/{house.slug}/puntos/oirs/turnos/")
    axe(page)
    page.get_by_role("link", name="Tengo cita").click()
    page.get_by_label("Código").fill("NADA22")
    page.get_by_role("button", name="Sacar mi número").click()
    expect(page.get_by_role("alert")).to_contain_text("No hay una cita con ese código")
    axe(page)
    screenshot(page, "citas-kiosco")
    page.get_by_label("Código").fill(row.code)
    page.get_by_role("button", name="Sacar mi número").click()
    expect(page.locator("h1")).to_contain_text("Su número es A 001")
    cookie = house.client(Role.FRONT_DESK).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"/{house.slug}/gestion/citas/")
    expect(page.locator("tbody tr")).to_contain_text(re.compile("Ana Soto.*Llegó", re.S))
    axe(page)
    screenshot(page, "citas-dia")
