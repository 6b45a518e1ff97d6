# SPDX-License-Identifier: EUPL-1.2
"""A sheet of units and people in a real browser: chosen, looked at, confirmed."""

import pytest
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.infra.longwork import run_long
from siac.organizations.commands.staffing import LINE, loading
from siac.organizations.models import StaffSheet, Unit
from tests.e2e.test_journeys import sign_in
from tests.factories import NOW, House, make_house, set_password

TEXT = """Código;Nombre de la unidad;Depende de;Correo de la unidad
parques;Dirección de Parques y Jardines;;parques@casa.cl
aseo;Aseo y Ornato;parques;
obras;Dirección de Obras Municipales;;
transito;Tránsito;nadie;correo
"""


@pytest.fixture
def house(transactional_db) -> House:
    house = make_house()
    set_password(house.user(Role.ADMINISTRATOR))
    return house


def look(page: Page, screenshot, name: str) -> None:
    for width in (390, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator("html").evaluate("it => it.scrollWidth") <= width
        screenshot(page, f"{name}-{width}")


def test_a_sheet_is_chosen_looked_at_and_confirmed(page: Page, house, axe, screenshot):
    sign_in(page, house, Role.ADMINISTRATOR, "configuracion/unidades/")
    page.get_by_role("link", name="Traer desde una planilla").click()
    axe(page)
    look(page, screenshot, "planilla")
    page.get_by_label("Su planilla").set_input_files(
        files=[{"name": "unidades.csv", "mimeType": "text/csv", "buffer": TEXT.encode()}]
    )
    page.get_by_role("button", name="Ver qué cambiaría").click()
    expect(page.locator("main")).to_contain_text("2 unidades nuevas. 1 unidad cambia.")
    expect(page.locator("main")).to_contain_text("1 fila con problemas")
    axe(page)
    look(page, screenshot, "planilla-previa")
    page.get_by_role("button", name="Cargar solo las filas sin problemas").click()
    expect(page.get_by_role("status")).to_contain_text("0 de 3")
    look(page, screenshot, "planilla-cargando")
    run_long(LINE, StaffSheet.objects.get().pk, loading, clock=lambda: NOW)
    expect(page.locator("main")).to_contain_text("Planilla cargada.")
    axe(page)
    look(page, screenshot, "planilla-cargada")
    assert Unit.objects.get(code="aseo").parent.code == "parques"
    page.goto(f"/{house.slug}/gestion/configuracion/empezar/")
    axe(page)
    look(page, screenshot, "empezar")
