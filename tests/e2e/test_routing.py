# SPDX-License-Identifier: EUPL-1.2
"""A routing rule in a real browser: what it would do is seen while it is typed, with and without
JavaScript.
"""

import pytest
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.cases.models import RoutingRule
from tests.e2e.test_journeys import sign_in
from tests.factories import House, file, make_house, set_password


@pytest.fixture
def house(transactional_db) -> House:
    house = make_house()
    set_password(house.user(Role.ADMINISTRATOR))
    file(house, "sugerencia", body="Hay un bache enorme frente al colegio.")
    file(house, "sugerencia", body="El semáforo no funciona.")
    return house


def test_what_a_rule_would_do_is_seen_while_it_is_typed(page: Page, house, axe, screenshot):
    sign_in(page, house, Role.ADMINISTRATOR, "configuracion/derivacion/nueva/")
    page.get_by_label("Palabras del texto").press_sequentially("baches")
    page.get_by_label("Hacerla reservada").check()
    expect(page.locator("#previa")).to_contain_text(
        "De las últimas 2 solicitudes no reservadas, coincide con 1"
    )
    axe(page)
    screenshot(page, "routing-rule")
    assert not RoutingRule.objects.exists()


def test_without_javascript_a_button_shows_it(no_js_page: Page, house):
    sign_in(no_js_page, house, Role.ADMINISTRATOR, "configuracion/derivacion/nueva/")
    no_js_page.get_by_label("Palabras del texto").fill("baches")
    no_js_page.get_by_role("button", name="Ver qué cambiaría").click()
    expect(no_js_page.locator("#previa")).to_contain_text("coincide con 1")
    expect(no_js_page.get_by_label("Palabras del texto")).to_have_value("baches")
