# SPDX-License-Identifier: EUPL-1.2
"""Where people are attended, in a browser: nearest by one's own location, which goes nowhere; axe."""

from decimal import Decimal

import pytest
from playwright.sync_api import Page

from siac.accounts.public import Role
from siac.servicepoints.public import save_service_point
from tests.architecture.samples.servicepoints import make
from tests.factories import NOW, House, make_house

TOWNS = (
    ("Coquimbo", "-29.9533", "-71.3395"),
    ("Ovalle", "-30.6011", "-71.1990"),
    ("Vicuña", "-30.0319", "-70.7081"),
)


@pytest.fixture
def house(transactional_db) -> House:
    house = make_house()
    for name, latitude, longitude in TOWNS:
        save_service_point(
            institution=house.institution, actor=None, now=NOW, code=f"en-{name[0].lower()}", name=name,
            kind="office", commune=name, latitude=Decimal(latitude), longitude=Decimal(longitude),
        )  # fmt: skip
    house.institution.refresh_from_db()
    return house


def _named(page: Page) -> list[str]:
    return page.locator("[data-points] h3").all_inner_texts()


def test_ones_own_location_orders_the_list_and_is_sent_to_nobody(
    house: House, page: Page, live_server
) -> None:
    page.context.grant_permissions(["geolocation"], origin=live_server.url)
    page.context.set_geolocation({"latitude": -30.6, "longitude": -71.2})
    page.goto(f"{live_server.url}/{house.slug}/puntos/")
    assert _named(page) == ["Coquimbo", "Ovalle", "Vicuña", "OIRS"]
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.get_by_role("button", name="Usar mi ubicación").click()
    page.get_by_text("Ordenados del más cercano al más lejano.").wait_for()
    assert _named(page) == ["Ovalle", "Coquimbo", "Vicuña", "OIRS"]
    assert "a unos 0,2 km" in page.locator("[data-points] li").first.inner_text()
    assert sent == []


def test_who_does_not_say_where_they_are_is_told_what_to_do(house: House, page: Page, live_server) -> None:
    page.goto(f"{live_server.url}/{house.slug}/puntos/")
    page.get_by_role("button", name="Usar mi ubicación").click()
    page.get_by_text("Escriba su comuna en «Cerca de».").wait_for()


def test_the_pages_of_places_are_clean_for_axe_and_fit_a_phone(
    house: House, page: Page, live_server, axe, screenshot
) -> None:
    made = make(house, {}, NOW)
    cookie = house.client(Role.ADMINISTRATOR).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_server.url}])
    setup = "gestion/configuracion"
    for path in (
        "puntos/", "puntos/?cerca=Ovalle", "puntos/?comuna=Ovalle&tipo=school", "puntos/plaza-central/",
        "como-atendemos/", f"{setup}/puntos/", f"{setup}/puntos/{made['point']}/",
        f"{setup}/como-se-atiende/", f"{setup}/como-se-atiende/{made['care']}/",
    ):  # fmt: skip
        for width in (1366, 390):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{live_server.url}/{house.slug}/{path}")
            axe(page)
            assert page.locator("html").evaluate("it => it.scrollWidth") <= width, path
            screenshot(page, f"puntos-{width}-{path.replace('/', '-')}")
