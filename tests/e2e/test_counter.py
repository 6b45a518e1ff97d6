# SPDX-License-Identifier: EUPL-1.2
"""A counter in real browsers: a number from the screen, a call by key, and the screen that says it."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.counter.commands.attending import call_next
from siac.counter.commands.tickets import take_ticket
from siac.counter.models import Visit
from tests.counter.conftest import make_room, now_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SPOKEN = """
window.said = [];
window.printed = 0;
window.print = () => { window.printed += 1; };
if (window.speechSynthesis) window.speechSynthesis.speak = (what) => window.said.push(what.text);
"""


def _sign_in(page: Page, house, url: str) -> None:
    cookie = house.client(Role.FRONT_DESK).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": url}])


def _press(page: Page, key: str) -> None:
    """Press a key of the house, once the page listens to it."""
    expect(page.locator("body.js-enabled")).to_be_attached()
    page.keyboard.press(key)


def test_somebody_takes_a_number_is_called_and_attended(page, live_server, house, axe, screenshot):
    make_room(house, is_open=False)
    page.add_init_script(SPOKEN)
    page.set_viewport_size({"width": 1080, "height": 1920})
    page.goto(f"/{house.slug}/puntos/oirs/turnos/?impresora=1")
    axe(page)
    screenshot(page, "kiosco")
    page.get_by_role("button", name="Pedirla").click()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Embarazo").click()
    axe(page)
    page.get_by_role("button", name="Ingresar o preguntar").click()
    expect(page.locator("h1")).to_contain_text("Su número es A 001")
    assert page.evaluate("window.printed") == 1
    axe(page)
    screenshot(page, "kiosco-numero")
    visit = Visit.objects.get()
    assert visit.priority == "pregnant"

    desk = page.context.new_page()
    _sign_in(desk, house, live_server.url)
    desk.goto(f"/{house.slug}/gestion/turnos/")
    desk.get_by_role("link", name="Módulo 1").click()
    desk.get_by_role("button", name="Abrir el módulo").click()
    screen = page.context.new_page()
    screen.add_init_script(SPOKEN)
    screen.set_viewport_size({"width": 1920, "height": 1080})
    screen.goto(f"/{house.slug}/puntos/oirs/llamados/")
    expect(screen.locator(".siac-calls__now")).to_contain_text("Todavía no se llama a nadie")
    _press(desk, "n")
    expect(desk.locator(".siac-desk__code")).to_have_text("A 001")
    axe(desk)
    screenshot(desk, "modulo")
    expect(screen.locator(".siac-calls__code")).to_have_text("A 001", timeout=10_000)
    expect(screen.locator(".siac-calls__desk")).to_contain_text("Módulo 1")
    axe(screen)
    screenshot(screen, "llamados")
    expect(screen.get_by_role("status").filter(has_text="Turno A 001, Módulo 1")).to_be_attached()
    if screen.evaluate("'speechSynthesis' in window"):  # after the sound, and once more
        screen.wait_for_timeout(7_500)
        assert screen.evaluate("window.said") == ["Turno A 1, Módulo 1"] * 2

    screen.context.set_offline(True)
    gone = screen.locator("[data-calls-gone]")
    expect(gone).to_have_text(re.compile(r"Sin conexión desde \d+:\d\d"), timeout=10_000)
    expect(screen.locator(".siac-calls__code")).to_have_text("A 001")  # what it knew stays
    expect(screen.get_by_text("Espera ahora")).to_be_hidden()  # what it does not know goes
    screen.context.set_offline(False)
    expect(gone).to_be_hidden(timeout=10_000)
    expect(screen.get_by_text("Espera ahora")).to_be_visible()

    _press(desk, "a")
    expect(desk.get_by_label("De qué se trató")).to_be_visible()
    _press(desk, "t")
    expect(desk.get_by_role("button", name="Llamar a quien sigue")).to_be_visible()
    assert now_in(visit) == "ended"


def test_the_screen_that_gives_numbers_goes_back_to_its_beginning(page, live_server, house):
    make_room(house, is_open=False)
    page.clock.install()
    page.goto(f"/{house.slug}/puntos/oirs/turnos/?pedir=1")
    expect(page.get_by_role("button", name="Discapacidad")).to_be_visible()
    page.clock.fast_forward(41_000)
    expect(page.get_by_role("button", name="Ingresar o preguntar")).to_be_visible()


def test_it_works_without_javascript(no_js_page, live_server, house):
    make_room(house, is_open=False)
    no_js_page.goto(f"/{house.slug}/puntos/oirs/turnos/")
    no_js_page.get_by_role("button", name="Matrícula").click()
    expect(no_js_page.locator("h1")).to_contain_text("Su número es B 001")
    no_js_page.get_by_role("link", name="Listo").click()
    expect(no_js_page.get_by_role("button", name="Matrícula")).to_be_visible()


MUTE = "delete window.speechSynthesis; delete window.AudioContext; delete window.webkitAudioContext;"


def test_a_screen_without_voice_or_sound_says_calls_in_words_and_goes_on_after_an_hour_without_network(
    page, live_server, house
):
    room = make_room(house)
    now = timezone.now()
    first, second = (
        take_ticket(institution=room.institution, line_id=room.lines["A"], now=now) for _ in range(2)
    )
    page.add_init_script(MUTE)
    page.set_viewport_size({"width": 1920, "height": 1080})
    page.clock.install()
    page.goto(f"/{house.slug}/puntos/oirs/llamados/")
    expect(page.get_by_role("button", name="Activar el sonido")).to_be_hidden()
    since = page.evaluate("new Date().toLocaleTimeString('es', {hour: '2-digit', minute: '2-digit'})")
    page.context.set_offline(True)
    page.clock.run_for(4_000)
    gone = page.locator("[data-calls-gone]")
    expect(gone).to_contain_text("Sin conexión desde")
    for desk, visit in ((0, first), (1, second)):
        at_desk = {"desk_id": room.desks[desk], "actor": room.officers[desk]}
        called = call_next(institution=room.institution, **at_desk, now=timezone.now())
        assert called == visit
    page.clock.fast_forward(3_600_000)
    expect(gone).to_contain_text(f"Sin conexión desde {since}")  # not since a minute ago
    page.context.set_offline(False)
    page.clock.run_for(4_000)
    expect(gone).to_be_hidden()
    expect(page.locator(".siac-calls__code")).to_have_text("A 002")  # where the room is by now
    expect(page.locator(".siac-calls__side")).to_contain_text("A 001")
    expect(page.get_by_role("status").filter(has_text="Turno A 002, Módulo 2")).to_be_attached()
