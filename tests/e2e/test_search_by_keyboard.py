# SPDX-License-Identifier: EUPL-1.2
"""The one search in a real browser, without a mouse: from the box of any page to what was found."""

import re
from datetime import time

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.cases.models import Interaction
from siac.catalogue.public import save_service
from siac.servicepoints.public import Hours, Window, save_service_point
from tests.e2e.test_order import begin, ready
from tests.factories import House, file, make_house


@pytest.fixture
def house(transactional_db) -> House:
    house, now = make_house(), timezone.now()
    here = {"institution": house.institution, "actor": None, "now": now}
    topic = house.topics["Transparencia"]
    service = save_service(
        **here, name="Matrícula y traslados", summary="Un lugar en una escuela.", amount=5, unit="bd",
        cost="Gratis", is_active=True, topic_id=topic, entitled="Quien vive en la comuna.",
        requirements=[{"text": "Cédula", "where": ""}],
    )  # fmt: skip
    always = Hours(dict.fromkeys(range(7), (Window(time(0), time(0)),)), opens_on_holidays=True)
    save_service_point(
        **here, code="escuelas", name="Oficina de escuelas", kind="office", commune="Ovalle", hours=always,
        service_ids=[service.pk],
    )  # fmt: skip
    file(house, now=now, subject="Matrícula negada")
    return house


def test_what_is_typed_on_any_page_is_walked_by_keyboard(page: Page, house, axe, screenshot):
    begin(page, house, Role.FRONT_DESK, "solicitudes/?vista=abiertas")
    ready(page)
    page.keyboard.press("/")
    page.keyboard.type("cómo matriculo a mi hija")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("cómo matriculo a mi hija")
    ready(page)
    expect(page.get_by_text("Abierto a toda hora")).to_be_visible()
    axe(page)
    screenshot(page, "buscar")
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Matrícula y traslados")).to_be_focused()
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Oficina de escuelas")).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Matrícula y traslados")
    expect(page.get_by_role("heading", name="Dónde y a qué hora")).to_be_visible()
    ready(page)
    axe(page)
    screenshot(page, "que-decir")
    page.keyboard.press("r")
    expect(page.get_by_label("De qué se trató")).to_be_focused()
    expect(page.get_by_label("Canal")).to_have_value("phone")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Atención 1 registrada.")).to_be_visible()
    attention = Interaction.objects.get()
    assert (attention.subject, attention.channel) == ("Matrícula y traslados", "phone")


def test_the_palette_offers_the_same_search_last(page: Page, house, axe):
    begin(page, house, Role.FRONT_DESK, "inicio/")
    ready(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("matrícula")
    expect(page.get_by_role("option").last).to_have_text("Buscar «matrícula»")
    axe(page)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/gestion/buscar/"))
    expect(page.get_by_role("heading", name="Solicitudes")).to_be_visible()


def test_a_citizen_asks_on_the_first_page_and_is_told_where_to_go(page: Page, house, axe, screenshot):
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"/{house.slug}/")
        axe(page)
        screenshot(page, f"portal-{width}")
        page.get_by_label("¿Qué necesita hacer?").fill("matricular en ovalle")
        page.keyboard.press("Enter")
        expect(page.get_by_role("link", name="Oficina de escuelas")).to_be_visible()
        expect(page.get_by_text("Abierto a toda hora")).to_be_visible()
        assert page.locator("html").evaluate("it => it.scrollWidth") <= width
        axe(page)
        screenshot(page, f"portal-encontrado-{width}")


def test_on_a_phone_nothing_is_cut_and_axe_is_content(page: Page, house, axe, screenshot):
    page.set_viewport_size({"width": 320, "height": 640})
    begin(page, house, Role.FRONT_DESK, "buscar/?q=matrícula")
    expect(page.get_by_role("heading", name="Solicitudes")).to_be_visible()
    assert page.locator("html").evaluate("it => it.scrollWidth") <= 320
    axe(page)
    screenshot(page, "buscar-telefono")
