# SPDX-License-Identifier: EUPL-1.2
"""What somebody typed is still there after going back, after a lost session, and gone once it was taken."""

import pytest
from playwright.sync_api import expect

from siac.accounts.models import Session
from siac.accounts.public import Role
from siac.cases.models import CaseMessage
from tests.factories import file, make_house


@pytest.fixture
def house(transactional_db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_house()


def test_going_back_from_the_check_page_finds_what_was_typed(page, live_server, house):
    page.goto(f"/{house.slug}/solicitud/consulta/")
    page.get_by_label("Cuéntenos").fill("Quiero saber el horario.")
    page.locator("[name=subject]").fill("Horario")
    page.locator("[name=given_names]").fill("Ana")
    page.locator("[name=email]").fill("ana@ejemplo.org")
    page.get_by_role("button", name="Continuar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Revise antes de enviar")
    page.go_back()
    expect(page.locator("[name=body]")).to_have_value("Quiero saber el horario.")
    expect(page.locator("[name=given_names]")).to_have_value("Ana")


def test_a_note_outlives_a_lost_session_and_is_let_go_of_once_taken(page, live_server, house):
    case = file(house, unit_id=house.units["obras"])
    cookie = house.client(Role.UNIT_OFFICER).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    address = f"/{house.slug}/gestion/solicitudes/{case.folio}/"
    page.goto(address)
    page.locator("#nota summary").click()
    page.locator("#nota textarea").fill("Una nota que costó escribir.")
    Session.objects.all().delete()
    page.locator("#nota form button").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Su sesión terminó")
    expect(page.get_by_text("Una nota que costó escribir.").last).to_be_visible()
    cookie = house.client(Role.UNIT_OFFICER).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    page.goto(address)
    page.locator("#nota summary").click()
    expect(page.locator("#nota textarea")).to_have_value("Una nota que costó escribir.")
    page.locator("#nota form button").first.click()
    expect(page.get_by_text("la persona no la ve", exact=True)).to_be_visible()
    assert CaseMessage.objects.count() == 1
    expect(page.locator("#nota textarea")).to_have_value("")
