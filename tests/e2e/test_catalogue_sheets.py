# SPDX-License-Identifier: EUPL-1.2
"""A sheet from its first word to the page that people read, on a screen and on a phone."""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page

from siac.accounts.public import Role
from siac.catalogue.public import save_draft, save_service
from tests.factories import House, make_house


@pytest.fixture
def house(transactional_db) -> House:
    return make_house()


def sign_in(page: Page, house: House, role: Role, url: str) -> None:
    page.context.clear_cookies(name="sessionid")
    cookie = house.client(role).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": url}])


def fits(page: Page, axe) -> None:
    axe(page)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.locator("html").evaluate("it => it.scrollWidth") <= 390, page.url
    page.set_viewport_size({"width": 1366, "height": 900})


def test_it_is_written_completed_approved_and_read(page, live_server, house, axe):
    base = f"{live_server.url}/{house.slug}"
    draft = save_draft(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=timezone.now(),
        name="Matrícula", summary="Un lugar en una escuela.", responsible_id=house.units["oirs"],
        channels=[{"channel": "web", "how": "En el portal", "url": ""}], fee=0,
        questions=[{"question": "¿Sirve el pasaporte?", "answer": "Sí, también vencido."}],
    )  # fmt: skip
    sign_in(page, house, Role.QUALITY_MANAGER, live_server.url)
    page.goto(f"{base}/gestion/servicios/borradores/{draft.pk}/")
    fits(page, axe)
    page.get_by_role("link", name="Completar la ficha").click()
    page.get_by_role("button", name="Agregar un paso", exact=True).click()
    page.locator("[name=steps-0-text]").fill("Pida hora en la escuela.")
    fits(page, axe)
    page.get_by_role("button", name="Guardar el borrador").click()
    page.get_by_role("button", name="Enviar a revisión").click()
    assert page.get_by_text("la aprueba otra persona").first.is_visible()
    fits(page, axe)
    sign_in(page, house, Role.AUTHORITY, live_server.url)
    page.goto(f"{base}/gestion/servicios/borradores/{draft.pk}/")
    fits(page, axe)
    page.get_by_role("button", name="Aprobar y publicar").click()
    assert page.get_by_text("es la edición 1").is_visible()
    fits(page, axe)
    page.goto(f"{base}/servicios/matricula/")
    fits(page, axe)
    answer = page.get_by_text("Sí, también vencido.")
    assert not answer.is_visible()
    page.emulate_media(media="print")
    assert answer.is_visible()
    assert not page.get_by_role("button", name="Enviar").is_visible()
    page.emulate_media(media="screen")
    page.get_by_text("¿Sirve el pasaporte?").click()
    assert answer.is_visible()


def test_lists_of_the_catalogue_are_clean(page, live_server, house, axe):
    today = house.institution.local_date(timezone.now())
    common = {"institution": house.institution, "actor": None, "now": timezone.now()}
    row = save_service(**common, name="Vencida", summary="Una.", review_on=today)
    save_service(**common, service=row, name="Vencida", summary="Dos.", review_on=today + timedelta(days=2))
    sign_in(page, house, Role.QUALITY_MANAGER, live_server.url)
    for end in ("", "borradores/", "falta/", "por-revisar/", f"{row.pk}/ediciones/", f"{row.pk}/termina/"):
        page.goto(f"{live_server.url}/{house.slug}/gestion/servicios/{end}")
        fits(page, axe)
