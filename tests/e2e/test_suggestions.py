# SPDX-License-Identifier: EUPL-1.2
"""Suggested topics where the work is done, in a real browser: by keyboard,
while typing, and without JavaScript.
"""

import pytest
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.cases.suggesting import queries as suggesting
from siac.cases.suggesting.commands import learn_nightly
from tests.e2e.test_order import begin, ready
from tests.factories import NOW, House, file, make_house


@pytest.fixture
def taught(transactional_db, monkeypatch) -> House:
    """A body whose last requests tell their topic by their words."""
    monkeypatch.setattr(suggesting, "LEAST_MEASURED", 2)
    house = make_house()
    for name, body, count in (
        ("Transparencia", "Pido copia del contrato.", 5),
        ("Inundaciones", "La calle tiene una poza.", 3),
        ("Transparencia", "Pido copia del contrato.", 1),
        ("Inundaciones", "Otra poza en la calle.", 2),
    ):
        for _ in range(count):
            file(house, "sugerencia", body=body, topic_id=house.topics[name], subject="Solicitud")
    learn_nightly(now=NOW)
    return house


def test_two_keys_classify_as_suggested(page: Page, taught, axe, screenshot):
    case = file(taught, "sugerencia", body="Una poza enorme", subject="Ayuda")
    begin(page, taught, Role.QUALITY_MANAGER, f"solicitudes/{case.folio}/")
    ready(page)
    page.keyboard.press("t")
    first = page.locator("#clasificar .siac-suggested button").first
    expect(first).to_be_focused()
    expect(page.locator("#clasificar .siac-suggested")).to_contain_text("por «poza»")
    axe(page)
    screenshot(page, "suggestions-classify")
    page.keyboard.press("Enter")
    expect(page.locator(".siac-facts").first).to_contain_text("Inundaciones")


def test_nothing_is_taken_by_enter_in_the_form_itself(page: Page, taught):
    case = file(taught, "sugerencia", body="Una poza enorme", subject="Ayuda")
    begin(page, taught, Role.QUALITY_MANAGER, f"solicitudes/{case.folio}/")
    ready(page)
    page.keyboard.press("t")
    expect(page.locator("#clasificar .siac-suggested button").first).to_be_focused()
    page.locator("#clasificar form#clasificar_form button").last.click()
    expect(page.get_by_text("Clasificación guardada.")).to_be_visible()
    case.refresh_from_db()
    assert case.topic_id is None


def test_whoever_files_sees_suggestions_once_the_text_is_typed(page: Page, taught, axe, screenshot):
    begin(page, taught, Role.FRONT_DESK, "solicitudes/nueva/")
    ready(page)
    page.get_by_label("Tipo", exact=True).select_option(label="Sugerencia")
    page.get_by_label("Qué pide o qué pasó").fill("Hay una poza enorme")
    page.get_by_label("Nombres").focus()
    expect(page.get_by_label("Ninguno de estos").first).to_be_checked()
    axe(page)
    screenshot(page, "suggestions-filing")
    page.locator("#sugeridos").get_by_label("Inundaciones").check()
    page.get_by_role("button", name="Ingresar").click()
    expect(page.locator(".govuk-panel--confirmation")).to_be_visible()
    assert Case.objects.latest("pk").topic_id == taught.topics["Inundaciones"]


def test_without_javascript_a_button_asks(no_js_page: Page, taught):
    begin(no_js_page, taught, Role.FRONT_DESK, "solicitudes/nueva/")
    no_js_page.get_by_label("Qué pide o qué pasó").fill("Hay una poza enorme")
    no_js_page.get_by_role("button", name="Ver tema y unidad sugeridos").click()
    expect(no_js_page.locator("#sugeridos")).to_contain_text("Inundaciones")
    expect(no_js_page.get_by_label("Qué pide o qué pasó")).to_have_value("Hay una poza enorme")
