# SPDX-License-Identifier: EUPL-1.2
"""The parts of the pages in a real browser: sign-in, style guide, keys, drafts, no JavaScript."""

import gzip
import re

import pytest
from playwright.sync_api import expect

from siac.accounts.public import User

PASSWORD = "una clave bien larga"


@pytest.fixture
def ana(transactional_db) -> User:
    return User.objects.create_user("ana@example.cl", PASSWORD, name="Ana Rojas")


def sign_in(page, password=PASSWORD) -> None:
    page.goto("/cuenta/login/?next=/estilo/")
    page.get_by_label("Correo electrónico").fill("ana@example.cl")
    page.get_by_label("Contraseña", exact=True).fill(password)
    page.get_by_role("button", name="Entrar", exact=True).click()


def test_signing_in_wrong_then_right_is_clean_for_axe(page, ana, axe, screenshot):
    page.goto("/cuenta/login/")
    axe(page)
    screenshot(page, "entrar")
    sign_in(page, "equivocada")
    expect(page.get_by_role("alert")).to_contain_text("Hay un problema")
    expect(page.get_by_label("Correo electrónico")).to_have_value("ana@example.cl")
    axe(page)
    sign_in(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Guía de estilo")
    expect(page.locator(".siac-user summary")).to_have_text("Ana Rojas")


def test_the_account_pages_are_clean_for_axe(page, ana, axe, screenshot):
    sign_in(page)
    for address in ("/cuenta/password/change/", "/cuenta/verificacion/", "/cuenta/logout/"):
        page.goto(address)
        axe(page)
    page.goto("/cuenta/verificacion/totp/activate/")
    if "reauthenticate" in page.url:
        page.locator("input[type=password]").fill(PASSWORD)
        page.locator("form button[type=submit]").click()
    expect(page.locator("main img")).to_be_visible()
    axe(page)
    screenshot(page, "dos-pasos")


def test_the_style_guide_is_clean_for_axe_and_works_from_the_keyboard(page, axe, screenshot):
    page.goto("/estilo/")
    axe(page)
    screenshot(page, "estilo")
    page.locator("h1").click()
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("tr.is-current")).to_contain_text("2025-000122")
    page.keyboard.press("?")
    expect(page.locator("dialog.siac-help")).to_be_visible()
    axe(page)


def test_a_long_text_survives_a_reload(page):
    page.goto("/estilo/")
    page.locator("#id_text").fill("Se cayó un árbol")
    page.evaluate("delete document.querySelector('form[data-dirty]').dataset.dirty")
    page.reload()
    expect(page.locator("#id_text")).to_have_value("Se cayó un árbol")


def test_suggestions_choose_an_option_of_the_plain_list(page):
    page.goto("/estilo/")
    box = page.locator("input#id_commune")
    box.fill("anda")
    page.get_by_role("option", name=re.compile("Andacollo")).click()
    expect(page.locator("select#id_commune-select")).to_have_value("04103")


def test_without_javascript_the_form_keeps_everything(no_js_page):
    page = no_js_page
    page.goto("/estilo/")
    page.locator("#id_name").fill("Ana")
    page.locator("#id_day_day").fill("31")
    page.get_by_role("button", name="Enviar").click()
    expect(page.locator("#id_name")).to_have_value("Ana")
    expect(page.locator(".govuk-error-summary")).to_contain_text("Hay un problema")


def test_a_narrow_phone_needs_no_sideways_scrolling(page, axe):
    page.set_viewport_size({"width": 320, "height": 640})
    for address in ("/estilo/", "/cuenta/login/", "/accesibilidad/"):
        page.goto(address)
        assert page.locator("html").evaluate("it => it.scrollWidth") <= 320, address


def test_the_first_page_weighs_less_than_100_kb_on_the_wire(page):
    bodies: list[bytes] = []
    page.on("response", lambda answer: bodies.append(answer.body()))
    page.goto("/accesibilidad/", wait_until="networkidle")
    assert len(bodies) >= 4
    assert sum(len(gzip.compress(body)) for body in bodies) < 100_000
