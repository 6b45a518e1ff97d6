# SPDX-License-Identifier: EUPL-1.2
"""The policy is written by keyboard in a real browser, and its matrices are read on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.policy.models import PolicySection
from siac.policy.public import save_cells
from tests.policy.writing_it import common, council_of, drafted

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(page: Page, house, live_server) -> str:
    cookie = house.client(Role.QUALITY_MANAGER).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    return f"{live_server.url}/{house.slug}/gestion/politica/ediciones/1/"


def test_a_principle_and_its_links_are_written_by_keyboard(page: Page, live_server, house, axe) -> None:
    council, _ = council_of(house)
    drafted(house, council)
    base = sign_in(page, house, live_server)
    page.goto(base)
    page.get_by_role("link", name=re.compile("^Cambiar ?: Principios$")).press("Enter")
    page.get_by_role("button", name="Agregar principio").press("Enter")
    fresh = page.get_by_role("group", name="Principio 3")
    expect(fresh.get_by_label("Nombre")).to_be_focused()
    page.keyboard.type("Integridad")
    page.keyboard.press("Tab")
    page.keyboard.type("Con probidad")
    page.get_by_role("button", name="Guardar").press("Enter")
    expect(page.get_by_role("heading", name="Integridad", exact=True)).to_be_visible()
    matrix = page.get_by_role("region", name="Matriz: Principios y objetivos estratégicos")
    matrix.get_by_role("link", name=re.compile("^Integridad ?: cambiar")).press("Enter")
    page.get_by_label("Recursos").fill("Se cuidan")
    axe(page)
    page.get_by_role("button", name="Guardar").press("Enter")
    expect(page.get_by_role("cell", name="Se cuidan")).to_be_visible()
    axe(page)
    assert PolicySection.objects.get(code="principles").rows[-1]["code"] == "p3"


def test_a_matrix_is_read_on_a_phone_with_its_heads(phone: Page, live_server, house, axe) -> None:
    council, _ = council_of(house)
    drafted(house, council)
    save_cells(**common(house), number=1, code="principle_links", row="p2", said={"s2": "Une recursos"})
    phone.goto(sign_in(phone, house, live_server))
    region = phone.get_by_role("region", name="Matriz: Principios y objetivos estratégicos")
    head = region.get_by_role("rowheader").nth(1)
    region.focus()
    left = head.bounding_box()["x"]
    region.evaluate("region => { region.scrollLeft = 400 }")
    assert abs(head.bounding_box()["x"] - left) < 1  # the head of the row stays while the row scrolls
    expect(region.get_by_role("cell", name="Une recursos")).to_be_visible()
    assert phone.locator("html").evaluate("it => it.scrollWidth") == 390
    axe(phone)
