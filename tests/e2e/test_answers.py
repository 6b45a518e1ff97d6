# SPDX-License-Identifier: EUPL-1.2
"""An answer in a real browser: from a template, kept, approved, taken back; with and without JavaScript."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.cases.answer_templates.commands import save_template
from siac.cases.models import AnswerDraft
from siac.cases.public import Case
from tests.cases.test_answer_drafts import ask_approval
from tests.e2e.test_journeys import sign_in
from tests.factories import House, file, make_house, set_password


@pytest.fixture
def house(transactional_db) -> House:
    house = make_house()
    for role in (Role.HEAD_OF_UNIT, Role.UNIT_OFFICER):
        set_password(house.user(role))
    save_template(
        institution=house.institution,
        actor=house.user(Role.HEAD_OF_UNIT),
        now=timezone.now(),
        title="Saludo",
        body="Estimada {nombre}: su solicitud {folio} está lista.",
        unit_id=house.units["obras"],
    )
    house.institution.refresh_from_db()
    return house


def press(page: Page, key: str) -> None:
    """Press a key once the scripts of the page listen."""
    page.wait_for_load_state("load")
    expect(page.locator("body.js-enabled")).to_be_visible()
    page.keyboard.press(key)


def open_case(page: Page, house: House, kind: str = "reclamo") -> Case:
    case = file(house, kind, now=timezone.now(), unit_id=house.units["obras"])
    sign_in(page, house, Role.UNIT_OFFICER, f"solicitudes/{case.folio}/")
    return case


def test_a_template_goes_where_the_officer_writes_and_nothing_typed_is_lost(page, house, axe, screenshot):
    case = open_case(page, house)
    press(page, "r")
    form = page.locator("details#responder")
    text = form.get_by_label("Respuesta", exact=True)
    text.fill("Antes. ")
    form.get_by_role("button", name="Insertar").click()
    expect(text).to_have_value(f"Antes. Estimada María Ñancupil Soto: su solicitud {case.folio} está lista.")
    screenshot(page, "respuesta-plantilla")
    axe(page)
    form.get_by_role("button", name="Guardar borrador").click()
    expect(page.get_by_role("region", name="Hecho")).to_contain_text("Borrador guardado.")
    assert AnswerDraft.objects.get().body.startswith("Antes. Estimada")


def test_without_javascript_a_template_comes_after_the_saved_draft(no_js_page, house):
    page = no_js_page
    open_case(page, house)
    form = page.locator("details#responder")
    form.locator("summary").click()
    form.get_by_label("Respuesta", exact=True).fill("Antes.")
    form.get_by_role("button", name="Guardar borrador").click()
    form.locator("summary").click()
    form.get_by_role("button", name="Insertar").click()
    expect(form.get_by_label("Respuesta", exact=True)).to_have_value(
        "Antes.\n\nEstimada María Ñancupil Soto: su solicitud 2026-000001 está lista."
    )


def test_an_answer_is_approved_and_taken_back(page, house, axe, screenshot):
    ask_approval(house)
    case = open_case(page, house)
    form = page.locator("details#enviar-a-aprobacion")
    form.locator("summary").click()
    form.get_by_label("Resultado").select_option("upheld")
    form.get_by_label("Respuesta", exact=True).fill("Se limpió el desagüe.")
    form.get_by_role("button", name="Enviar a aprobación", exact=True).click()
    expect(page.locator("#por-aprobar")).to_contain_text("Se limpió el desagüe.")
    sign_in(page, house, Role.HEAD_OF_UNIT, "por-aprobar/")
    screenshot(page, "por-aprobar")
    axe(page)
    page.get_by_role("link", name=case.folio).click()
    press(page, "b")
    screenshot(page, "respuesta-por-aprobar")
    axe(page)
    page.get_by_role("button", name="Aprobar y enviar").click()
    expect(page.get_by_role("button", name="Deshacer")).to_be_visible()
    screenshot(page, "respuesta-deshacer")
    axe(page)
    press(page, "z")
    expect(page.get_by_role("region", name="Hecho")).to_contain_text("la persona no recibió nada")
    case.refresh_from_db()
    assert case.state == "with_unit"
