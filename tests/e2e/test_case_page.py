# SPDX-License-Identifier: EUPL-1.2
"""The page of a case and the desk's form in a real browser: one filled act,
neighbours, previews, who is known while typing.
"""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.documents.public import check_uploads
from siac.people.public import PersonData
from tests.e2e.test_answers import press
from tests.e2e.test_journeys import sign_in
from tests.factories import House, file, make_house, set_password, upload

ANA = PersonData(given_names="Ana", family_names="Soto Rey", email="ana@ejemplo.org", phone="+56 9 8765 4321")
FILLED = "main .govuk-button:not(.govuk-button--secondary)"


@pytest.fixture
def house(transactional_db, settings, tmp_path) -> House:
    settings.MEDIA_ROOT = tmp_path
    house = make_house()
    for role in (Role.FRONT_DESK, Role.UNIT_OFFICER):
        set_password(house.user(role))
    return house


def three(house: House) -> list[Case]:
    """Return three open cases of the unit, by their last day."""
    now = timezone.now()
    return [
        file(house, now=now - timedelta(days=days), unit_id=house.units["obras"], who=ANA)
        for days in (8, 5, 2)
    ]


def filled(page: Page) -> list[str]:
    """Return the words of the filled buttons that stand on the page."""
    white = "one => one.checkVisibility() && getComputedStyle(one).backgroundColor !== 'rgb(255, 255, 255)'"
    found = page.locator(FILLED).evaluate_all(
        f"all => all.filter({white}).map(one => one.firstChild.textContent.trim())"
    )
    return [words for words in found if words]


def test_one_act_is_filled_with_the_composer_closed_and_open(page, house, axe):
    case = three(house)[0]
    sign_in(page, house, Role.UNIT_OFFICER, f"solicitudes/{case.folio}/")
    page.goto(page.url)
    assert filled(page) == ["Responder"]
    expect(page.locator(".siac-strip")).to_contain_text("Obras y mantención")
    axe(page)
    page.locator(".siac-first").click()
    expect(page.locator("details#responder")).to_have_attribute("open", "")
    expect(page.locator("#responder").get_by_label("Resultado")).to_be_focused()
    assert filled(page) == ["Responder"]
    expect(page.locator(".siac-first")).to_have_css("background-color", "rgb(255, 255, 255)")
    axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_first_act_opens_its_form_without_scripts(no_js_page, house):
    case = three(house)[0]
    sign_in(no_js_page, house, Role.UNIT_OFFICER, f"solicitudes/{case.folio}/")
    no_js_page.locator(".siac-first").click()
    expect(no_js_page.locator("#responder").get_by_label("Resultado")).to_be_visible()


def test_keys_lead_through_the_list_and_an_answer_leads_on(page, house):
    first, second, _ = three(house)
    sign_in(page, house, Role.UNIT_OFFICER, "solicitudes/?vista=unidad")
    page.get_by_role("link", name=first.folio).click()
    press(page, "j")
    expect(page).to_have_url(re.compile(rf"{second.folio}/\?lista="))
    press(page, "k")
    expect(page).to_have_url(re.compile(rf"{first.folio}/\?lista="))
    press(page, "r")
    form = page.locator("details#responder")
    form.get_by_label("Resultado").select_option("upheld")
    form.get_by_label("Respuesta", exact=True).fill("Se limpió el desagüe.")
    with page.context.expect_page() as opened:
        form.get_by_role("button", name="Ver como correo").click()
    expect(opened.value.locator("main")).to_contain_text("BORRADOR: no se ha enviado.")
    opened.value.close()
    form.get_by_role("button", name="Responder y siguiente").click()  # what was looked at can still be sent
    expect(page).to_have_url(re.compile(rf"{second.folio}/\?lista="))
    expect(page.get_by_role("region", name="Hecho")).to_contain_text(f"{first.folio}: Respuesta enviada.")
    page.get_by_role("button", name="Deshacer").click()
    expect(page).to_have_url(re.compile(rf"{first.folio}/"))
    expect(page.locator("#responder textarea").first).to_have_value("Se limpió el desagüe.")


def test_who_is_known_shows_while_typing_and_tab_follows_the_page(page, house, axe):
    case = three(house)[0]
    sign_in(page, house, Role.FRONT_DESK, "solicitudes/nueva/")
    page.goto(page.url)
    expect(page.get_by_label("Tipo", exact=True)).to_be_focused()
    order = []
    for _ in range(7):
        order.append(page.evaluate("document.activeElement.name"))
        page.keyboard.press("Tab")
    assert order == ["kind", "channel", "document_number", "email", "phone", "given_names", "family_names"]
    page.get_by_label("Tipo", exact=True).select_option(label="Reclamo")
    page.get_by_label("Qué pide o qué pasó").fill("Sigue el agua en mi calle.")
    page.get_by_label("Correo").fill("ana@ejemplo.org")
    known = page.locator("#conocida")
    expect(known).to_contain_text("Ana Soto Rey")
    expect(known.get_by_role("link", name=case.folio)).to_be_visible()
    expect(page.get_by_label("Qué pide o qué pasó")).to_have_value("Sigue el agua en mi calle.")
    axe(page)
    page.get_by_label("Correo").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("¿Es la misma? Aún no se ha ingresado")
    axe(page)
    page.get_by_role("button", name=f"Es la misma: agregar a {case.folio}").click()
    expect(page.locator("main")).to_contain_text("Sigue el agua en mi calle.")
    assert Case.objects.count() == 3


def test_without_scripts_somebody_is_looked_up_with_a_button(no_js_page, house):
    case = three(house)[0]
    page = no_js_page
    sign_in(page, house, Role.FRONT_DESK, "solicitudes/nueva/")
    page.get_by_label("Correo").fill("ana@ejemplo.org")
    page.get_by_role("button", name="Buscar si ya escribió antes").click()
    expect(page.locator("#conocida")).to_contain_text(case.folio)
    page.get_by_role("button", name="Usar sus datos").first.click()
    expect(page.get_by_label("Apellidos")).to_have_value("Soto Rey")


def test_a_word_without_end_makes_no_page_wider_than_a_phone(page: Page, house):
    endless = "https://ejemplo.org/" + "W" * 130
    ana = replace(ANA, given_names="W" * 90)
    case = file(
        house,
        now=timezone.now(),
        unit_id=house.units["obras"],
        who=ana,
        subject=endless,
        body=endless,
        place=endless,
        answers={"donde": endless},
        files=check_uploads([upload("W" * 100 + ".pdf")]),
    )
    page.set_viewport_size({"width": 390, "height": 844})
    sign_in(page, house, Role.UNIT_OFFICER, f"solicitudes/{case.folio}/")
    assert page.locator("html").evaluate("it => it.scrollWidth") <= 390
    page.goto(f"/{house.slug}/seguimiento/?codigo={case.code}")
    page.locator("[name=second_factor]").fill("ana@ejemplo.org")
    page.get_by_role("button", name="Ver mi solicitud").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Solicitud")
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true; })")
    assert page.locator("html").evaluate("it => it.scrollWidth") <= 390
