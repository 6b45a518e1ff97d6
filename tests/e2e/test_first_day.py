# SPDX-License-Identifier: EUPL-1.2
"""The first day of a municipality, as `docs/use/empezar.md` tells it: from an
empty installation to an answered request.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from siac.cases.models import Case, CaseKind
from siac.organizations.first_run_code import first_run_code
from siac.organizations.models import Unit

PASSWORD = "una clave bien larga"


def look(page: Page, screenshot, name: str) -> None:
    """Keep a picture of the page as a phone and as a desk see it; nothing may stick out sideways."""
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator("html").evaluate("it => it.scrollWidth") <= width, f"{page.url} at {width}"
        screenshot(page, f"primer-dia-{name}-{width}")


def open_body(page: Page, screenshot) -> None:
    page.goto("/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Abra su organismo")
    look(page, screenshot, "abrir")
    page.get_by_label("Código de la instalación").fill(first_run_code())
    page.get_by_label("nombre", exact=False).first.fill("Municipalidad de Ovalle")
    page.locator("#id_short_name").fill("Ovalle")
    page.locator("#id_place").select_option("CL-CO")
    page.get_by_label("Su nombre y apellidos").fill("Ana Rojas")
    page.get_by_label("Su correo").fill("ana@ovalle.example")
    page.get_by_label("Una clave nueva").fill(PASSWORD)
    page.get_by_role("button", name="Abrir y entrar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Para empezar")
    look(page, screenshot, "para-empezar")


def take_the_kit(page: Page, screenshot) -> None:
    page.get_by_role("link", name="Elija los tipos de solicitud").click()
    expect(page.get_by_role("button", name="Agregar lo marcado")).to_be_visible()
    look(page, screenshot, "paquete")
    page.get_by_role("button", name="Agregar lo marcado").click()
    expect(page.locator("main")).to_contain_text("Partes agregadas")


def give_oneself_a_role(page: Page) -> None:
    page.goto("/ovalle/gestion/configuracion/personas/rol/")
    page.locator("#id_email").fill("ana@ovalle.example")
    page.locator("#id_name").fill("Ana Rojas")
    page.locator("input[name=role][value=head_of_unit]").check()
    page.get_by_role("button").last.click()
    expect(page.locator("main")).to_contain_text("Jefatura de unidad")


def file_as_a_person(page: Page) -> None:
    page.goto("/ovalle/")
    page.goto("/ovalle/solicitud/")
    page.get_by_role("link", name="Quiero reclamar").click()
    page.get_by_label("En una línea, ¿de qué se trata?").fill("Basura en la plaza")
    page.get_by_label("Cuéntenos").fill("Hace una semana que no pasa el camión de la basura.")
    page.get_by_label("¿Dónde ocurrió?").fill("Plaza de Armas")
    page.get_by_label("Nombres").fill("María")
    page.get_by_label("Apellidos").fill("Ñanco Soto")
    page.get_by_label("Correo electrónico").fill("maria@ejemplo.org")
    page.get_by_role("button", name="Continuar").click()
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Solicitud recibida")


def tick_the_checklist(page: Page) -> None:
    box = page.get_by_role("button", name="Se respondió a cada hecho del reclamo")
    box.click()
    expect(box).to_have_attribute("aria-pressed", "true")


@pytest.mark.usefixtures("transactional_db")
def test_a_new_municipality_answers_its_first_request_without_javascript(no_js_page: Page, screenshot):
    page = no_js_page
    open_body(page, screenshot)
    take_the_kit(page, screenshot)
    assert CaseKind.objects.get(code="reclamo").rule_id == "CL.MUNI"
    give_oneself_a_role(page)
    file_as_a_person(page)
    case = Case.objects.get()
    assert case.unit_id == Unit.objects.get(code="aseo").pk  # the kit's rule routed it
    page.goto(f"/ovalle/gestion/solicitudes/{case.folio}/")
    tick_the_checklist(page)
    form = page.locator("details#responder")
    if form.get_attribute("open") is None:
        form.locator("summary").first.click()
    form.get_by_label("Resultado").select_option("upheld")
    form.get_by_label("Respuesta", exact=True).fill("El camión pasará desde mañana, martes y viernes.")
    form.locator("button.govuk-button:not(.govuk-button--secondary)").click()
    expect(page.locator("main")).to_contain_text("El camión pasará desde mañana")
    case.refresh_from_db()
    assert case.state == "answered"
    page.goto("/ovalle/gestion/configuracion/empezar/")
    expect(page.locator("#paso-answered")).to_contain_text("Hecho")
    expect(page.locator("main")).to_contain_text(re.compile("Faltan? "))
    look(page, screenshot, "al-final")
