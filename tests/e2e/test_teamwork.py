# SPDX-License-Identifier: EUPL-1.2
"""Naming a colleague in a note, and ticking what was checked, in a real browser."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.cases.models import Mention
from siac.cases.public import save_kind
from tests.e2e.test_order import begin, ready
from tests.factories import House, file, make_house


@pytest.fixture
def house(transactional_db) -> House:
    return make_house()


@pytest.fixture
def case(house: House):
    items = [{"code": "c_a", "label": "Se leyeron los adjuntos", "required": True}]
    kind = house.kinds["reclamo"]
    save_kind(institution=house.institution, actor=None, now=timezone.now(), kind=kind, checklist=items)
    house.institution.refresh_from_db()
    return file(house, now=timezone.now(), unit_id=house.units["obras"])


def test_an_at_offers_names_that_the_keyboard_takes(page: Page, house: House, case, axe, screenshot) -> None:
    begin(page, house, Role.UNIT_OFFICER, f"solicitudes/{case.folio}/")
    ready(page)
    head = house.user(Role.HEAD_OF_UNIT)
    page.keyboard.press("n")
    area = page.locator("#nota textarea")
    expect(area).to_be_focused()
    area.press_sequentially(f"Consulta a @{head.name.split()[0][:3].lower()}")
    offers = page.get_by_role("listbox", name="Personas")
    expect(offers.get_by_role("option", name=head.name)).to_be_visible()
    axe(page)
    screenshot(page, "mencion")
    while offers.locator("[aria-selected=true]").inner_text() != head.name:
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(area).to_have_value(f"Consulta a @{head.name} ")
    expect(offers).to_be_hidden()
    page.keyboard.press("Tab")
    page.locator("#nota_form button").first.click()
    page.wait_for_load_state()
    assert Mention.objects.get().user == head


def test_what_was_checked_is_ticked_without_javascript_too(no_js_page: Page, house: House, case) -> None:
    page = no_js_page
    begin_without_scripts(page, house, case)
    page.get_by_role("button", name="Se leyeron los adjuntos").click()
    expect(page.get_by_role("button", name="Se leyeron los adjuntos")).to_have_attribute(
        "aria-pressed", "true"
    )


def begin_without_scripts(page: Page, house: House, case) -> None:
    page.goto("/")
    cookie = house.client(Role.UNIT_OFFICER).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": page.url}])
    page.goto(f"/{house.slug}/gestion/solicitudes/{case.folio}/")
