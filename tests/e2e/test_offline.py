# SPDX-License-Identifier: EUPL-1.2
"""The office without network in a real browser: the network is cut, the browser closed, nothing is lost."""

import json
import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Playwright, Route, expect, sync_playwright

from siac.accounts.public import Role
from siac.cases.public import Case, Interaction
from siac.offline.models import OfflineDevice, OfflineRecord
from tests import browser as finding
from tests.e2e.conftest import QUIET
from tests.factories import make_house

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSPHRASE = "caleta lluvia tambor nueve"
SECRETS = (
    "Huenchul",
    "12.345.678-5",
    "123456785",
    "sin agua en la posta",
    "rosa@ejemplo.org",
    "Beca de la costa",
)
DUMP = """async (slug) => {
  const asked = indexedDB.open(`siac-terreno-${slug}`);
  const base = await new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
  const rows = {};
  for (const name of base.objectStoreNames) {
    const request = base.transaction(name).objectStore(name).getAll();
    const found = await new Promise((resolve) => { request.onsuccess = () => resolve(request.result); });
    rows[name] = found.map((row) => Object.fromEntries(Object.entries(row).map(([key, value]) =>
      [key, value instanceof Uint8Array ? String.fromCharCode(...value) : value])));
  }
  base.close();
  return JSON.stringify(rows);
}"""


@pytest.fixture(scope="module")
def playwright() -> Iterator[Playwright]:
    if finding.find() is None:
        pytest.skip("no browser: set BROWSER_PATH, or install chromium")
    with sync_playwright() as running:
        yield running


@pytest.fixture
def house(transactional_db):
    return make_house()


@pytest.fixture
def opens(playwright, live_server, tmp_path) -> Iterator[Callable[..., BrowserContext]]:
    """Return a function that opens a laptop again: the same profile, whatever was in it."""
    running: list[BrowserContext] = []
    troubles: list[str] = []

    def watch(page: Page) -> None:
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "console", lambda said: troubles.append(said.text) if "Security Policy" in said.text else None
        )

    def again(width: int = 1280, laptop: str = "profile") -> BrowserContext:
        flags = [f"--disable-{name}" for name in QUIET]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            flags.append("--no-sandbox")
        context = playwright.chromium.launch_persistent_context(
            tmp_path / laptop, executable_path=finding.find(), args=flags, base_url=live_server.url,
            locale="es-CL", viewport={"width": width, "height": 900}, accept_downloads=True,
        )  # fmt: skip
        context.set_default_timeout(10_000)
        context.on("page", watch)
        watch(context.pages[0])
        running.append(context)
        return context

    yield again
    for context in running:
        context.close()
    assert troubles == []


def sign_in(context: BrowserContext, house, url: str, role: Role = Role.FRONT_DESK) -> None:
    cookie = house.client(role).cookies["sessionid"].value
    context.add_cookies([{"name": "sessionid", "value": cookie, "url": url}])


def prepare(context: BrowserContext, house, url: str) -> Page:
    """Prepare the laptop of the front desk, and let the page be kept there."""
    sign_in(context, house, url)
    page = context.pages[0]
    page.goto(f"/{house.slug}/gestion/terreno/")
    page.get_by_label("Nombre del equipo").fill("Notebook del operativo")
    page.get_by_label("Contraseña para este equipo").fill(PASSPHRASE)
    expect(page.get_by_text("Contraseña muy buena.")).to_be_visible()
    page.get_by_label("La misma contraseña otra vez").fill(PASSPHRASE)
    page.get_by_role("button", name="Preparar este equipo").click()
    expect(page.get_by_role("button", name="Registrar solicitud")).to_be_visible()
    page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
    return page


def unlock(page: Page, passphrase: str = PASSPHRASE) -> None:
    page.get_by_label("Contraseña de este equipo").fill(passphrase)
    page.get_by_role("button", name="Abrir", exact=True).click()


def write_request(page: Page, **fields: str) -> None:
    """Fill in a request in the form that is open."""
    page.get_by_role("button", name="Registrar solicitud").click()
    form = page.locator("form[data-sort=case]")
    said = {
        "Documento": "12.345.678-5", "Nombres": "Rosa", "Apellidos": "Huenchul",
        "Qué pide o qué pasó": "Llevamos tres días sin agua en la posta.", **fields,
    }  # fmt: skip
    form.get_by_label("Tipo", exact=True).select_option(label="Consulta")
    for label, value in said.items():
        form.get_by_label(label, exact=True).fill(value)


def save_request(page: Page) -> str:
    """Save it, and return the code that the person takes away."""
    page.get_by_role("button", name="Guardar y dar comprobante").click()
    expect(page.get_by_role("heading", name="Comprobante")).to_be_visible()
    code = page.locator("[data-code]").inner_text()
    assert re.fullmatch(r"(?:[2-9A-HJKMNP-Z]{4}-){2}[2-9A-HJKMNP-Z]{4}", code)
    page.get_by_role("button", name="Listo").click()
    return code


def write_attention(page: Page) -> None:
    page.get_by_role("button", name="Registrar atención").click()
    form = page.locator("form[data-sort=attention]")
    form.get_by_label("De qué se trató").fill("Beca de la costa")
    form.get_by_label("Unidad que atendió").select_option(index=2)
    form.get_by_label("Minutos que duró").fill("9")
    form.get_by_role("button", name="Guardar").click()
    expect(page.get_by_text("Atención guardada en este equipo.")).to_be_visible()


def profile_bytes(folder: Path) -> bytes:
    """Return all that the browser wrote in its profile, run together."""
    return b"\0".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def waits(page: Page) -> Any:
    return page.locator("[data-waiting] > li")


def test_a_day_in_the_field_without_network(opens, house, live_server, axe, screenshot, tmp_path):
    context = opens()
    page = prepare(context, house, live_server.url)
    axe(page)
    context.set_offline(True)

    write_request(page, Documento="12.345.678-9")
    page.get_by_role("button", name="Guardar y dar comprobante").click()
    expect(page.get_by_role("link", name="El dígito verificador no corresponde")).to_be_visible()
    axe(page)
    screenshot(page, "terreno-solicitud")
    page.locator("form[data-sort=case]").get_by_label("Documento", exact=True).fill("12.345.678-5")
    first = save_request(page)
    write_request(
        page, Correo="rosa@ejemplo.org", **{"Qué pide o qué pasó": "¿Cuándo viene el camión aljibe?"}
    )
    page.get_by_role("button", name="Guardar y dar comprobante").click()
    axe(page)
    screenshot(page, "terreno-comprobante")
    second = page.locator("[data-code]").inner_text()
    page.get_by_role("button", name="Listo").click()
    write_attention(page)
    expect(waits(page)).to_have_count(3)
    expect(page.get_by_text("3 registros sin enviar.").last).to_be_visible()
    page.get_by_role("button", name="Enviar ahora").click()
    expect(page.get_by_text("Sin conexión con la institución.")).to_be_visible()
    axe(page)
    screenshot(page, "terreno-trabajo")
    dumped = page.evaluate(DUMP, house.slug)
    assert len(json.loads(dumped)["pending"]) == 3
    assert [secret for secret in (*SECRETS, PASSPHRASE, first, second) if secret in dumped] == []
    context.close()
    written = profile_bytes(tmp_path / "profile")
    assert [each for each in (*SECRETS, PASSPHRASE) if each.encode() in written] == []
    assert [each for each in (*SECRETS, PASSPHRASE) if each.encode("utf-16-le") in written] == []

    context = opens(390)
    context.set_offline(True)
    page = context.pages[0]
    page.goto(f"/{house.slug}/gestion/terreno/")  # from what was kept: there is no network
    expect(page.get_by_text("3 registros sin enviar.").first).to_be_visible()
    axe(page)
    screenshot(page, "terreno-abrir")
    unlock(page, "otra cosa muy distinta")
    expect(page.get_by_text("Esa no es la contraseña de este equipo.")).to_be_visible()
    unlock(page)
    expect(waits(page)).to_have_count(3)
    expect(page.get_by_text("Rosa Huenchul").first).to_be_visible()
    assert page.locator("html").evaluate("it => it.scrollWidth") <= 390
    assert Case.objects.count() == OfflineRecord.objects.count() == 0

    context.clear_cookies()  # the session ended meanwhile
    context.set_offline(False)
    page.get_by_role("button", name="Enviar ahora").click()
    expect(page.get_by_text("Su sesión terminó.")).to_be_visible()
    expect(page.get_by_role("link", name="Entrar otra vez")).to_be_visible()
    axe(page)
    expect(waits(page)).to_have_count(3)
    sign_in(context, house, live_server.url)
    send = page.get_by_role("button", name="Enviar ahora")
    send.dblclick()
    expect(page.locator("[data-said]")).to_have_text("Todo está enviado.")
    expect(waits(page)).to_have_count(0)
    folios = {case.folio: case.code for case in Case.objects.all()}
    assert set(folios.values()) == {first, second} and Interaction.objects.count() == 1
    assert OfflineRecord.objects.count() == 3
    for folio, code in folios.items():
        row = page.locator("[data-done] > li").filter(has_text=folio)
        expect(row).to_contain_text("Ingresada")
        expect(row).to_contain_text(code)
    axe(page)
    screenshot(page, "terreno-enviado")
    assert json.loads(page.evaluate(DUMP, house.slug))["pending"] == []


def test_answers_that_are_lost_and_two_tabs_make_no_doubles(opens, house, live_server):
    context = opens()
    page = prepare(context, house, live_server.url)
    context.set_offline(True)
    for _ in range(2):
        write_request(page)
        save_request(page)
    lost = []

    def lose(route: Route) -> None:
        route.fetch()  # the server takes it, and its answer never comes
        lost.append(1)
        route.abort()

    context.route("**/terreno/enviar/", lose)
    context.set_offline(False)
    page.get_by_role("button", name="Enviar ahora").click()
    expect(page.get_by_text("Sin conexión con la institución.")).to_be_visible()
    expect(page.get_by_text("Sin confirmar").first).to_be_visible()
    assert lost and Case.objects.count() == 1
    context.unroute("**/terreno/enviar/")
    other = context.new_page()
    other.goto(f"/{house.slug}/gestion/terreno/")
    unlock(other)
    expect(other.get_by_role("button", name="Enviar ahora")).to_be_visible()
    page.evaluate("() => document.querySelector('[data-send]:not(#terreno)').click()")
    other.evaluate("() => document.querySelector('[data-send]:not(#terreno)').click()")
    for tab in (page, other):
        expect(tab.locator("[data-screen=trabajo] [data-left]")).to_have_text("Todo está enviado.")
    assert Case.objects.count() == OfflineRecord.objects.count() == 2


def test_what_is_half_typed_is_there_after_the_page_is_closed(opens, house, live_server):
    context = opens()
    page = prepare(context, house, live_server.url)
    context.set_offline(True)
    write_request(page)
    page.wait_for_timeout(1200)
    page.reload()
    unlock(page)
    form = page.locator("form[data-sort=case]")
    expect(form.get_by_label("Apellidos")).to_have_value("Huenchul")
    expect(form.get_by_label("Tipo", exact=True)).to_have_value(str(house.kinds["consulta"].pk))
    save_request(page)
    page.get_by_role("button", name="Cerrar con contraseña").click()
    expect(page.get_by_text("1 registro sin enviar.").first).to_be_visible()
    assert "Huenchul" not in page.content()


def test_it_closes_itself_while_nobody_touches_it_and_keeps_what_was_typed(opens, house, live_server):
    context = opens()
    context.pages[0].clock.install()
    page = prepare(context, house, live_server.url)
    write_request(page)
    surname = page.locator("form[data-sort=case]").get_by_label("Apellidos")
    page.clock.fast_forward("10:30")
    expect(page.get_by_role("heading", name="Abrir")).to_be_visible()
    assert surname.input_value() == "" and "Huenchul" not in page.content()
    unlock(page)
    expect(surname).to_have_value("Huenchul")


def test_a_revoked_laptop_keeps_what_it_has_and_sends_nothing(opens, house, live_server):
    context = opens()
    page = prepare(context, house, live_server.url)
    context.set_offline(True)
    write_request(page)
    save_request(page)
    device = OfflineDevice.objects.get()
    address = f"/{house.slug}/gestion/equipos-de-terreno/{device.pk}/"
    house.client(Role.ADMINISTRATOR).post(address, {"hacer": "revocar"})
    context.set_offline(False)
    page.get_by_role("button", name="Enviar ahora").click()
    expect(page.get_by_text("Este equipo fue revocado")).to_be_visible()
    expect(waits(page)).to_have_count(1)
    assert OfflineRecord.objects.count() == 0


def test_the_worker_touches_nothing_but_its_page(opens, house, live_server):
    context = opens()
    page = prepare(context, house, live_server.url)
    page.reload()
    assert page.evaluate("() => Boolean(navigator.serviceWorker.controller)")
    page.goto(f"/{house.slug}/gestion/equipos-de-terreno/")
    expect(page.get_by_text("Notebook del operativo").first).to_be_visible()
    assert not page.evaluate("() => Boolean(navigator.serviceWorker.controller)")
    kept = page.evaluate(
        "async () => { const found = []; for (const name of await caches.keys())"
        " for (const one of await (await caches.open(name)).keys()) found.push(new URL(one.url).pathname);"
        " return found; }"
    )
    shell = [path for path in kept if not path.startswith(("/static/", "/marca/"))]
    assert shell == [f"/{house.slug}/gestion/terreno/"]
    officer = house.user(Role.FRONT_DESK)
    body = house.client(Role.FRONT_DESK).get(shell[0]).content.decode()
    assert officer.name not in body and officer.email not in body
    assert body == house.client(Role.QUALITY_MANAGER).get(shell[0]).content.decode()


def test_what_is_pressed_twice_is_kept_once_and_nothing_written_goes_by_a_slip(opens, house, live_server):
    context = opens()
    page = prepare(context, house, live_server.url)
    context.set_offline(True)
    write_request(page)
    asked: list[str] = []
    page.once("dialog", lambda dialog: (asked.append(dialog.message), dialog.dismiss()))
    page.get_by_role("button", name="Descartar").first.click()
    assert asked == ["Se borra lo que escribió. ¿Descartar?"]
    expect(page.get_by_label("Nombres", exact=True).first).to_have_value("Rosa")
    page.evaluate(
        "() => { const form = document.querySelector('form[data-sort=case]');"
        " form.requestSubmit(); form.requestSubmit(); }"
    )
    expect(page.get_by_role("heading", name="Comprobante")).to_be_visible()
    page.wait_for_timeout(900)  # longer than a draft waits
    assert {name: len(found) for name, found in json.loads(page.evaluate(DUMP, house.slug)).items()} == {
        "meta": 2, "pending": 1, "done": 0,
    }  # fmt: skip
    page.get_by_role("button", name="Listo").click()
    expect(waits(page)).to_have_count(1)


def test_what_finds_no_room_on_the_device_says_so_and_stays_in_its_form(opens, house, live_server):
    context = opens()
    page = prepare(context, house, live_server.url)
    write_request(page)
    page.evaluate("() => { IDBObjectStore.prototype.put = () => { throw new Error('no room'); }; }")
    page.get_by_role("button", name="Guardar y dar comprobante").click()
    expect(page.get_by_role("link", name="No se pudo guardar en este equipo")).to_be_visible()
    expect(page.get_by_label("Nombres", exact=True).first).to_have_value("Rosa")


def test_a_newer_page_waits_until_it_is_taken_and_loses_nothing(opens, house, live_server):
    context = opens()
    page = prepare(context, house, live_server.url)
    context.set_offline(True)
    write_request(page)
    save_request(page)
    house.institution.brand_colour = "#5a2d0c"
    house.institution.save(update_fields=["brand_colour"])
    context.route("**/terreno/enviar/", lambda route: route.abort())
    context.set_offline(False)
    page.goto(f"/{house.slug}/gestion/terreno/")
    take = page.get_by_role("button", name="Actualizar ahora")
    expect(take).to_be_visible()
    assert "5a2d0c" not in page.content(), "what was kept is shown as it was"
    take.click()
    expect(page.locator("link[href*='5a2d0c']")).to_be_attached()
    unlock(page)
    expect(waits(page)).to_have_count(1)
    names = page.evaluate("async () => caches.keys()")
    assert len(names) == 1, "the former version is let go"


def test_a_copy_opens_on_another_laptop_with_the_same_passphrase(opens, house, live_server, tmp_path):
    context = opens()
    page = prepare(context, house, live_server.url)
    context.set_offline(True)
    write_request(page)
    save_request(page)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Guardar una copia cifrada").click()
    copy = tmp_path / "copia.json"
    downloading.value.save_as(copy)
    assert [secret for secret in (*SECRETS, PASSPHRASE) if secret in copy.read_text()] == []
    context.close()

    context = opens(laptop="other")
    sign_in(context, house, live_server.url)
    page = context.pages[0]
    page.goto(f"/{house.slug}/gestion/terreno/")
    page.get_by_text("Cargar una copia guardada").click()
    page.get_by_label("Archivo de la copia").set_input_files(copy)
    expect(page.get_by_text("1 registro sin enviar.").first).to_be_visible()
    unlock(page)
    expect(page.locator("[data-done] > li")).to_have_count(1)
    assert Case.objects.count() == 1


def test_who_has_no_account_any_more_sends_it_to_be_looked_at(opens, house, live_server):
    context = opens()
    page = prepare(context, house, live_server.url)
    context.set_offline(True)
    write_request(page)
    save_request(page)
    context.clear_cookies()
    context.set_offline(False)
    page.get_by_text("No puedo entrar con mi cuenta").click()
    page.get_by_role("button", name="Enviar a revisión").click()
    row = page.locator("[data-done] > li")
    expect(row).to_contain_text("Por revisar")
    assert OfflineRecord.objects.get().reason == "no_session" and Case.objects.count() == 0
