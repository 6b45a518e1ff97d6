# SPDX-License-Identifier: EUPL-1.2
"""Figures in a real browser: drawings, refusals, keyboard, phone, and no JavaScript."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page

from siac.accounts.public import Role
from siac.indicators.public import count_all
from tests.factories import NOW, House, answer, file, make_house

DAY = timedelta(days=1)
BASE = "gestion/cifras/"
PATHS = (
    "",
    "?periodo=dias",
    "cases.answer_days/?periodo=anio&unidad={unit}",
    "cases.answer_days/?periodo=anio&estadistica=within&n=diez&por=color",
    "cases.first_contact/?periodo=anio&por=tipo-de-solicitud",
    "cases.first_contact/solicitudes/?periodo=anio&solo=no",
)


@pytest.fixture
def house(transactional_db, settings, tmp_path) -> House:
    settings.MEDIA_ROOT = tmp_path
    return make_house()


@pytest.fixture
def counted(house, monkeypatch) -> House:
    """A body with answers after one, two and three days, all counted; to the pages it is ten days later."""
    monkeypatch.setattr("siac.indicators.figures.workspace.current_time", lambda: NOW + 10 * DAY)
    for days in (1, 2, 3):
        answer(house, file(house, unit_id=house.units["obras"]), now=NOW + days * DAY)
    count_all(house.institution, now=NOW + 10 * DAY)
    return house


def sign_in(page: Page, house: House, url: str) -> None:
    cookie = house.client(Role.QUALITY_MANAGER).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": url}])


def test_figures_their_drawings_and_what_is_refused_are_clean_for_axe_and_fit_a_phone(
    page: Page, live_server, counted, axe, screenshot
):
    sign_in(page, counted, live_server.url)
    for place, path in enumerate(PATHS):
        address = f"/{counted.slug}/{BASE}{path.format(unit=counted.units['obras'])}"
        for width in (1366, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            page.evaluate("document.querySelectorAll('main details').forEach(each => { each.open = true })")
            axe(page)
            assert page.locator("html").evaluate("it => it.scrollWidth") <= width, path
            screenshot(page, f"cifras-{place}-{width}")


def test_the_period_is_changed_by_keyboard_and_a_number_leads_to_its_cases(page: Page, live_server, counted):
    sign_in(page, counted, live_server.url)
    page.goto(f"/{counted.slug}/{BASE}cases.answered/")
    page.locator(".siac-filters > summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Período", exact=True).focus()
    page.keyboard.press("A")  # Año
    page.get_by_role("button", name="Ver", exact=True).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**periodo=anio**")
    page.get_by_role("link", name="Todas: 3").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/solicitudes/**")
    assert page.locator("tr[data-row]").count() == 3


def test_without_javascript_they_say_and_ask_the_same(no_js_page: Page, live_server, counted):
    page = no_js_page
    sign_in(page, counted, live_server.url)
    page.goto(f"/{counted.slug}/{BASE}cases.answer_days/?periodo=anio")
    assert page.locator(".siac-figure strong").inner_text() == "2 días hábiles"
    page.locator(".siac-filters > summary").click()
    page.get_by_label("Qué se dice").select_option("within")
    page.get_by_role("button", name="Ver", exact=True).click()
    assert "necesita un número" in page.locator(".govuk-error-summary").inner_text()
    page.get_by_label("N", exact=True).fill("1")
    page.get_by_role("button", name="Ver", exact=True).click()
    assert page.locator(".siac-figure strong").inner_text() == "33,3 %"
