# SPDX-License-Identifier: EUPL-1.2
"""Fields that only some choices ask for are shown with them; without scripts all are, and none is lost."""

import pytest
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.charters.commands.drafting import start_edition
from tests.e2e.test_order import begin, ready
from tests.factories import NOW, House, make_house


@pytest.fixture
def house(transactional_db) -> House:
    return make_house()


def new_promise(house: House) -> str:
    """Begin an edition; return where a promise is added."""
    edition = start_edition(
        institution=house.institution, charter_id=house.commitment.edition.charter_id,
        actor=house.user(Role.QUALITY_MANAGER), now=NOW,
    )  # fmt: skip
    return f"cartas/ediciones/{edition.pk}/compromisos/nuevo/"


def test_a_promise_asks_for_what_its_measure_needs(page: Page, house, axe, screenshot):
    begin(page, house, Role.QUALITY_MANAGER, new_promise(house))
    ready(page)
    field = lambda name: page.locator(f"[name={name}]").first  # noqa: E731
    expect(field("kind_id")).to_be_visible()
    expect(field("channel")).to_be_hidden()
    page.get_by_label("Cada atención: cuánto espera la persona").check()
    expect(field("channel")).to_be_visible()
    expect(field("kind_id")).to_be_hidden()
    page.get_by_label("Indicador: una cifra alcanza su meta").check()
    expect(field("amount")).to_be_hidden()
    expect(page.get_by_label("De un indicador: se debe cuando la cifra no llega a la meta")).to_be_visible()
    axe(page)
    screenshot(page, "compromiso")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Elija el indicador.").first).to_be_visible()


def test_without_scripts_everything_is_asked(no_js_page: Page, house):
    begin(no_js_page, house, Role.QUALITY_MANAGER, new_promise(house))
    for name in ("kind_id", "channel", "amount", "indicator_id"):
        expect(no_js_page.locator(f"[name={name}]").first).to_be_visible()
