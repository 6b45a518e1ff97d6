# SPDX-License-Identifier: EUPL-1.2
"""The screen of a point in a real browser: aids, other pages at it, the time that is left, and what stays."""

import re

import pytest
from playwright.sync_api import expect

from tests.counter.conftest import make_room

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FULL = {"width": 1080, "height": 1920}


def test_letters_and_contrast_of_the_screen(page, live_server, house, axe, screenshot):
    make_room(house, is_open=False)
    page.set_viewport_size(FULL)
    page.goto(f"/{house.slug}/puntos/oirs/turnos/")
    screenshot(page, "kiosco-1080")
    for size in (2, 3):
        page.get_by_role("link", name="Letra más grande").click()
        expect(page.locator(f"body.siac-letter-{size}")).to_be_attached()
        axe(page)
        assert page.locator("html").evaluate("it => it.scrollWidth") <= FULL["width"]
        screenshot(page, f"kiosco-letra-{size}")
    page.get_by_role("link", name="Letra normal").click()
    page.get_by_role("link", name="Más contraste").click()
    expect(page.locator("body.siac-contrast.siac-letter-1")).to_be_attached()
    axe(page)
    screenshot(page, "kiosco-contraste")


def test_somebody_files_at_the_screen_goes_away_and_nothing_stays(page, live_server, house, axe, screenshot):
    make_room(house, is_open=False)
    page.set_viewport_size(FULL)
    page.clock.install()
    page.goto(f"/{house.slug}/puntos/oirs/turnos/")
    page.get_by_role("link", name="Ingresar una solicitud").click()
    axe(page)
    page.goto(f"/{house.slug}/solicitud/reclamo/")
    text = page.locator("textarea").first
    text.fill("Lo que nadie más debe leer")
    form = page.locator("form:has(textarea)")
    expect(form).to_have_attribute("autocomplete", "off")
    axe(page)
    screenshot(page, "kiosco-solicitud")
    page.get_by_role("link", name="Más contraste").click()
    expect(page.locator("body.siac-contrast")).to_be_attached()
    expect(text).to_have_value("Lo que nadie más debe leer")  # nothing typed is lost by it
    page.clock.fast_forward(101_000)
    expect(page.locator("[data-idle-said]")).to_have_text(re.compile(r"Quedan \d+ segundos"))
    page.get_by_role("button", name="Necesito más tiempo").click()
    page.clock.fast_forward(101_000)
    expect(text).to_have_value("Lo que nadie más debe leer")
    page.clock.fast_forward(21_000)
    expect(page.get_by_role("button", name="Matrícula")).to_be_visible()
    assert {each["name"] for each in page.context.cookies()} <= {"siac_pantalla", "csrftoken"}
    kept = page.evaluate("[...Object.values(sessionStorage), ...Object.values(localStorage)].join()")
    assert "nadie" not in kept
    expect(page.locator("body.siac-letter-1:not(.siac-contrast)")).to_be_attached()
    page.go_back()
    expect(page.locator("body")).not_to_contain_text("Lo que nadie más")
    for area in page.locator("textarea").all():
        assert area.input_value() == ""
