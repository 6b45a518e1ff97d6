# SPDX-License-Identifier: EUPL-1.2
"""Pages in further languages, in a browser: chosen without JavaScript, clean for axe."""

import pytest
from playwright.sync_api import Page

from siac.organizations.models import Institution
from tests.factories import House, make_house


@pytest.fixture
def houses(transactional_db) -> dict[str, House]:
    made = {"ca": make_house("valdeolmos", "ES"), "qu": make_house("trabajo", "PE")}
    for code, house in made.items():
        Institution.objects.filter(pk=house.institution.pk).update(languages=code)
    return made


@pytest.mark.parametrize(("code", "name"), [("ca", "Català"), ("qu", "Runasimi")])
def test_a_language_is_chosen_without_javascript_and_its_pages_are_clean(
    houses, no_js_page: Page, page: Page, live_server, axe, screenshot, code, name
) -> None:
    house = houses[code]
    no_js_page.goto(f"{live_server.url}/{house.slug}/seguimiento/")
    no_js_page.get_by_role("link", name=name).click()
    assert no_js_page.url == f"{live_server.url}/{house.slug}/seguimiento/"
    assert no_js_page.locator("html").get_attribute("lang") == code
    page.context.add_cookies(
        [{"name": "siac_idioma", "value": code, "domain": "localhost", "path": f"/{house.slug}/"}]
    )
    for address in ("", "solicitud/", "solicitud/reclamo/", "seguimiento/", "servicios/", "cartas/"):
        page.goto(f"{live_server.url}/{house.slug}/{address}")
        axe(page)
        assert page.locator("html").get_attribute("lang") == code
        screenshot(page, f"idioma-{code}-{address.strip('/').replace('/', '-') or 'inicio'}")
        page.set_viewport_size({"width": 390, "height": 800})
        assert page.locator("html").evaluate("it => it.scrollWidth") <= 390, address
        page.set_viewport_size({"width": 1280, "height": 900})
