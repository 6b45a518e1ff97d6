# SPDX-License-Identifier: EUPL-1.2
"""The menu of staff in a real browser: open beside the page where there is room, one line on a phone."""

import pytest
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from tests.e2e.test_order import begin, ready
from tests.factories import House, make_house


@pytest.fixture
def house(transactional_db) -> House:
    return make_house()


def test_on_a_phone_the_menu_is_one_line_that_opens_without_javascript(no_js_page: Page, house, axe):
    no_js_page.set_viewport_size({"width": 390, "height": 800})
    begin(no_js_page, house, Role.QUALITY_MANAGER, "solicitudes/")
    menu = no_js_page.locator(".siac-side")
    assert menu.bounding_box()["height"] < 80
    expect(menu.get_by_role("link", name="Plantillas")).not_to_be_visible()
    menu.get_by_text("Menú: Solicitudes").click()
    expect(menu.get_by_text("Mejora continua", exact=True)).to_be_visible()
    menu.get_by_role("link", name="Compromisos").click()
    expect(no_js_page.locator(".siac-side summary")).to_have_text("Menú: Compromisos")


@pytest.mark.parametrize("width", [1280, 390])
def test_the_palette_reaches_every_entry_whatever_is_folded(page: Page, house, axe, width):
    page.set_viewport_size({"width": width, "height": 800})
    begin(page, house, Role.QUALITY_MANAGER, "solicitudes/")
    ready(page)
    if width > 1000:
        expect(page.locator(".siac-side").get_by_role("link", name="Reglas de plazos")).to_be_visible()
    axe(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("reglas")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("Reglas de plazos")
