# SPDX-License-Identifier: EUPL-1.2
"""The main job in a real browser: file, refer, ask, complete, answer, contest, answer again, rate."""

import re
from collections.abc import Callable

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.cases.models import Case, Undoable
from tests.factories import PASSWORD, House, file, make_house, set_password


@pytest.fixture
def house(transactional_db) -> House:
    house = make_house()
    for role in (Role.FRONT_DESK, Role.UNIT_OFFICER):
        set_password(house.user(role))
    return house


def sign_in(page: Page, house: House, role: Role, path: str) -> None:
    page.context.clear_cookies(name="sessionid")
    page.goto(f"/cuenta/login/?next=/{house.slug}/gestion/{path}")
    page.get_by_label("Correo electrónico").fill(house.user(role).email)
    page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Entrar", exact=True).click()
    expect(page).to_have_url(re.compile(re.escape(path)))
    page.wait_for_load_state()  # keys do something only once the scripts have run


def act(page: Page, code: str) -> None:
    """Open the form of an action and leave it open."""
    form = page.locator(f"details#{code}")
    if form.get_attribute("open") is None:
        form.locator("summary").click()


def submit(page: Page, code: str) -> None:
    page.locator(f"details#{code} button.govuk-button:not(.govuk-button--secondary)").click()


def journey(page: Page, house: House, look: Callable[[str], None]) -> None:
    base = f"/{house.slug}/"
    page.goto(base)
    look("portada")
    page.goto(base + "solicitud/")
    look("elegir")
    page.get_by_role("link", name="Quiero reclamar").click()
    look("formulario")
    page.get_by_label("En una línea, ¿de qué se trata?").fill("Inundación en mi calle")
    page.get_by_label("Cuéntenos").fill("Cada lluvia se inunda la calle frente a la escuela.")
    page.get_by_label("¿Dónde ocurrió?").fill("Calle Larga 12")
    page.get_by_label("Nombres").fill("María")
    page.get_by_label("Apellidos").fill("Ñanco Soto")
    page.get_by_role("button", name="Continuar").click()
    expect(page.get_by_role("alert")).to_contain_text("Indique un correo")
    look("formulario-con-error")
    expect(page.get_by_label("Cuéntenos")).to_have_value(
        "Cada lluvia se inunda la calle frente a la escuela."
    )
    page.get_by_label("Correo electrónico").fill("maria@ejemplo.org")
    page.get_by_role("button", name="Continuar").click()
    look("revisar")
    page.get_by_role("button", name="Enviar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Solicitud recibida")
    look("comprobante")
    page.reload()
    case = Case.objects.get()
    expect(page.locator(".govuk-panel")).to_contain_text(case.code)

    sign_in(page, house, Role.FRONT_DESK, "solicitudes/?vista=abiertas")
    look("lista")
    page.get_by_role("link", name=case.folio, exact=True).click()
    expect(page).to_have_url(re.compile(rf"/{case.folio}/(\?|$)"))
    look("caso")
    act(page, "derivar")
    page.locator("details#derivar select").first.evaluate(
        "(box, value) => { box.value = value }", str(house.units["obras"])
    )
    submit(page, "derivar")
    expect(page.locator(".siac-strip")).to_contain_text("Obras y mantención")

    sign_in(page, house, Role.UNIT_OFFICER, f"solicitudes/{case.folio}/")
    act(page, "pedir")
    page.get_by_label("Qué antecedentes faltan").fill("¿Desde cuándo ocurre?")
    submit(page, "pedir")
    expect(page.locator("main")).to_contain_text("¿Desde cuándo ocurre?")
    look("caso-en-espera")
    let_the_seconds_pass(case)

    page.goto(base + "seguimiento/")
    look("seguir")
    page.get_by_label("Código de seguimiento").fill(case.code)
    page.get_by_label(re.compile("Su correo")).fill("maria@ejemplo.org")
    page.get_by_role("button", name="Ver mi solicitud").click()
    expect(page.locator("main")).to_contain_text("¿Desde cuándo ocurre?")
    look("seguimiento")
    page.get_by_label("Sus antecedentes").fill("Desde el invierno pasado.")
    page.get_by_role("button", name="Enviar antecedentes").click()
    expect(page.locator("main")).to_contain_text("Desde el invierno pasado.")

    answer(page, house, case, "Se limpió el desagüe de la calle.")
    look("caso-respondido")

    page.goto(base + "seguimiento/solicitud/")
    expect(page.locator("main")).to_contain_text("Se limpió el desagüe")
    look("seguimiento-respondido")
    page.get_by_text("No estoy de acuerdo con la respuesta").click()
    page.get_by_label("¿Por qué no está de acuerdo?").fill("Se volvió a inundar ayer.")
    page.get_by_role("button", name="Pedir revisión").click()
    expect(page.locator("main")).to_contain_text("Se volvió a inundar ayer.")

    answer(page, house, case, "Se cambió el colector completo.")
    page.goto(base + "seguimiento/solicitud/")
    page.get_by_label("Buena", exact=True).check()
    page.get_by_role("button", name="Enviar calificación").click()
    expect(page.locator("main")).to_contain_text("4 de 5")
    look("seguimiento-calificado")
    case.refresh_from_db()
    assert (case.state, case.reviews, case.rating) == ("answered", 1, 4)


def let_the_seconds_pass(case: Case) -> None:
    """Let the time end in which what was sent may be taken back: only then the person sees it."""
    assert Undoable.objects.filter(case=case).update(until=timezone.now()) == 1


def answer(page: Page, house: House, case: Case, body: str) -> None:
    page.goto(f"/{house.slug}/gestion/solicitudes/{case.folio}/")
    act(page, "responder")
    form = page.locator("details#responder")
    form.get_by_label("Resultado").select_option("upheld")
    form.get_by_label("Respuesta", exact=True).fill(body)
    submit(page, "responder")
    expect(page.locator("main")).to_contain_text(body)
    let_the_seconds_pass(case)


def test_the_whole_journey_with_axe_on_every_page(page, house, axe, screenshot):
    def look(name: str) -> None:
        axe(page)
        screenshot(page, name)

    journey(page, house, look)


def test_the_whole_journey_without_javascript(no_js_page, house):
    journey(no_js_page, house, lambda name: None)


def test_the_list_and_the_case_from_the_keyboard(page, house):
    for _ in range(3):
        case = file(house, unit_id=house.units["obras"])
    sign_in(page, house, Role.UNIT_OFFICER, "solicitudes/?vista=abiertas")
    for _ in range(3):
        page.keyboard.press("j")
    page.keyboard.press("k")
    row = page.locator("tr.is-current a").first
    folio = row.inner_text()
    assert folio != case.folio
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(folio))
    page.wait_for_load_state()
    page.keyboard.press("r")
    expect(page.locator("details#responder")).to_have_attribute("open", "")
    page.keyboard.type("x")
    expect(page.locator("details#responder textarea, details#responder select").first).to_be_visible()
    assert page.evaluate("document.activeElement.closest('details')?.id") == "responder"
    page.goto(f"/{house.slug}/gestion/solicitudes/")
    page.keyboard.press("/")
    page.keyboard.type("inundaciones")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("inundaciones")
    assert page.locator("[data-row]").count() == 3
