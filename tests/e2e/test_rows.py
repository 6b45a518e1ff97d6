# SPDX-License-Identifier: EUPL-1.2
"""Lists edited as rows in a real browser: buttons send the form and come back where
one goes on, with and without JavaScript.
"""

import pytest
from playwright.sync_api import Page, expect

from siac.accounts.models import Session
from siac.accounts.public import Role
from siac.cases.models import CaseKind
from tests.e2e.test_journeys import sign_in
from tests.factories import House, make_house, set_password


@pytest.fixture
def house(transactional_db) -> House:
    house = make_house()
    set_password(house.user(Role.ADMINISTRATOR))
    return house


def open_kind(page: Page, house: House) -> CaseKind:
    kind = house.kinds["sugerencia"]
    sign_in(page, house, Role.ADMINISTRATOR, f"configuracion/tipos/{kind.pk}/")
    return kind


def add_two_questions(page: Page) -> None:
    page.get_by_label("Nombre", exact=True).fill("Idea")
    page.get_by_role("button", name="Agregar pregunta").click()
    first = page.get_by_role("group", name="Pregunta 1", exact=True)
    expect(first.get_by_label("Pregunta", exact=True)).to_be_focused()
    first.get_by_label("Pregunta", exact=True).fill("¿Qué color?")
    first.get_by_label("Se responde con").select_option("choice")
    first.get_by_label("Opciones, una por línea").fill("Rojo\nAzul")
    page.get_by_role("button", name="Agregar pregunta").click()
    second = page.get_by_role("group", name="Pregunta 2", exact=True)
    expect(second.get_by_label("Pregunta", exact=True)).to_be_focused()
    second.get_by_label("Pregunta", exact=True).fill("¿Cuándo?")
    second.get_by_label("Se responde con").select_option("date")
    second.get_by_label("Obligatoria").check()
    second.get_by_role("button", name="Subir pregunta 2").click()
    expect(page.get_by_role("button", name="Bajar pregunta 1")).to_be_focused()
    expect(page.get_by_label("Nombre", exact=True)).to_have_value("Idea")


def test_questions_are_added_moved_and_saved(page: Page, house, axe, screenshot):
    kind = open_kind(page, house)
    add_two_questions(page)
    axe(page)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator("html").evaluate("it => it.scrollWidth") <= width
        screenshot(page, f"filas-{width}")
    page.get_by_label("Nombre", exact=True).press("Enter")
    expect(page.locator("main")).to_contain_text("Tipo guardado")
    kind.refresh_from_db()
    assert [(q["label"], q["type"], q["required"]) for q in kind.questions] == [
        ("¿Cuándo?", "date", True), ("¿Qué color?", "choice", False),
    ]  # fmt: skip
    assert kind.questions[1]["options"] == ["Rojo", "Azul"] and kind.name == "Idea"


def test_without_javascript_the_same(no_js_page: Page, house):
    page = no_js_page
    kind = open_kind(page, house)
    add_two_questions(page)
    page.get_by_role("button", name="Quitar pregunta 1").click()
    expect(page.get_by_label("Pregunta", exact=True)).to_be_focused()
    page.get_by_role("button", name="Guardar", exact=True).last.click()
    expect(page.locator("main")).to_contain_text("Tipo guardado")
    kind.refresh_from_db()
    assert [q["label"] for q in kind.questions] == ["¿Qué color?"]


def test_what_is_wrong_stands_at_its_row(page: Page, house, axe, screenshot):
    open_kind(page, house)
    add_two_questions(page)
    page.get_by_role("group", name="Pregunta 1", exact=True).get_by_label("Pregunta", exact=True).fill("")
    page.get_by_role("button", name="Guardar", exact=True).last.click()
    page.get_by_role("link", name="Pregunta 1: Escriba la pregunta o quite la fila.").click()
    expect(page.get_by_role("group", name="Pregunta 1").get_by_label("Pregunta", exact=True)).to_be_focused()
    axe(page)
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        screenshot(page, f"filas-mal-{width}")


def test_a_row_asked_for_after_the_session_ended_says_so_and_keeps_what_was_typed(page: Page, house):
    open_kind(page, house)
    page.get_by_role("button", name="Agregar pregunta").click()
    first = page.get_by_role("group", name="Pregunta 1", exact=True).get_by_label("Pregunta", exact=True)
    expect(first).to_be_focused()
    first.fill("¿Qué fue lo que costó escribir?")
    Session.objects.all().delete()
    page.get_by_role("button", name="Agregar pregunta").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Su sesión terminó")
    expect(page.get_by_text("¿Qué fue lo que costó escribir?").last).to_be_visible()
