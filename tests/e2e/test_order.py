# SPDX-License-Identifier: EUPL-1.2
"""Order in a list of many, in a real browser: a whole day by keyboard, marks,
the palette; and without JavaScript.
"""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.cases.access import visible_to
from siac.cases.models import BulkAction, Case, CaseMessage, MessageKind
from siac.cases.public import assign_case
from siac.cases.queries import in_view
from siac.cases.tasks import change_cases
from siac.cases.teamwork.presence import sign_presence
from tests.factories import House, answer, file, make_house

NO_MOUSE = "addEventListener('pointerdown', () => sessionStorage.setItem('mouse', '1'), true)"


@pytest.fixture
def house(transactional_db) -> House:
    return make_house()


def begin(page: Page, house: House, role: Role, path: str) -> None:
    """Come to a page signed in."""
    page.goto("/")  # so that the browser has an address to keep the cookie for
    cookie, origin = house.client(role).cookies["sessionid"].value, page.evaluate("location.origin")
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": origin}])
    page.goto(f"/{house.slug}/gestion/{path}")


def ready(page: Page) -> None:
    """Wait until the scripts of the page listen."""
    page.wait_for_load_state("load")
    expect(page.locator("body.js-enabled")).to_be_visible()


def given(house: House, count: int, role: Role = Role.HEAD_OF_UNIT, **changes) -> list[Case]:
    """File cases and assign them to a person."""
    cases = []
    for _ in range(count):
        case = file(house, now=timezone.now(), unit_id=house.units["obras"], **changes)
        cases.append(
            assign_case(
                institution=house.institution, case_id=case.pk, version=None, assignee_id=house.user(role).pk,
                actor=house.user(role), now=timezone.now(),
            )
        )  # fmt: skip
    return cases


class Officer:
    """Somebody at a keyboard, without a mouse."""

    def __init__(self, page: Page) -> None:
        self.page, self.keys = page, page.keyboard

    def press(self, *names: str) -> None:
        for name in names:
            self.keys.press(name)

    def turn(self, *names: str) -> None:
        """Press keys of which the last one leads to another page, and wait for it."""
        self.press(*names[:-1])
        with self.page.expect_navigation():
            self.press(names[-1])
        ready(self.page)

    def order(self, words: str, *, turns: bool = True) -> None:
        """Give an order by its name."""
        self.press("Control+k")
        self.keys.type(words)
        self.turn("Enter") if turns else self.press("Enter")

    def open_first(self) -> None:
        self.turn("j", "Enter")

    def say(self, text: str) -> None:
        self.keys.type(text)

    def back(self) -> None:
        self.turn("u")

    def mark(self, count: int) -> None:
        """Mark the first rows: the first, then all up to the last."""
        self.press("j", "x", *["j"] * (count - 1), "Shift+X")

    def confirm_bulk(self) -> None:
        """Read the preview, apply, and let the worker do it."""
        self.turn("Enter")
        bulk = BulkAction.objects.latest("pk")
        change_cases(bulk.pk)
        bulk.refresh_from_db()
        assert (bulk.state, bulk.refused) == ("done", 0)
        self.order("ir a solicitudes")
        self.order("vista mías")


def test_a_day_of_an_officer_by_keyboard_only(page, house, axe):
    """Thirty cases: six given to a colleague, four closed, eight answered, three referred, two each
    asked, extended and noted, three put off.
    """
    head, colleague = house.user(Role.HEAD_OF_UNIT), house.user(Role.UNIT_OFFICER)
    done_before = given(house, 4)
    for case in done_before:
        answer(house, case, now=timezone.now(), actor=head)
    given(house, 26)
    page.add_init_script(NO_MOUSE)
    begin(page, house, Role.HEAD_OF_UNIT, "solicitudes/?vista=mias")
    ready(page)
    officer = Officer(page)

    # In the morning: what belongs to a colleague, the topic of five, what can be closed.
    officer.mark(6)
    expect(page.get_by_text("6 marcadas")).to_be_visible()
    officer.order("marcadas asignar")
    officer.say("Unit Off")
    officer.turn("Tab", "Enter")
    officer.confirm_bulk()
    officer.mark(5)
    officer.order("marcadas clasificar")
    officer.say("Inunda")
    officer.press("ArrowDown", "Enter")
    officer.turn("Tab", "Enter")
    officer.confirm_bulk()
    officer.order("vista respondidas")
    officer.mark(4)
    officer.order("marcadas cerrar")
    officer.confirm_bulk()

    # Then one by one.
    for number in range(8):
        officer.open_first()
        officer.press("r")
        officer.say("Acogida")
        officer.press("Tab")
        officer.say(f"Se limpió el desagüe {number}.")
        officer.turn("Tab", "Tab", "Tab", "Enter")
        officer.back()
    for _ in range(3):
        officer.open_first()
        officer.press("d")
        officer.say("Jurí")
        officer.press("ArrowDown", "Enter", "Tab")
        officer.say("Es de ustedes.")
        officer.turn("Tab", "Enter")  # it is out of sight now: back in the list by itself
        officer.order("vista mías")
    for _ in range(2):
        officer.open_first()
        officer.press("p")
        officer.say("Falta la dirección exacta.")
        officer.turn("Tab", "Enter")
        officer.back()
    for _ in range(3):
        officer.open_first()
        officer.press("s")
        officer.turn("Enter")
        officer.back()
    for number in range(2):
        officer.turn(*["j"] * (number + 1), "Enter")
        officer.press("n")
        officer.say("Llamar el jueves.")
        officer.turn("Tab", "Tab", "Enter")
        officer.press("x")
        officer.say("Se espera un informe técnico.")
        officer.turn("Tab", "Enter")
        officer.back()

    assert page.evaluate("sessionStorage.getItem('mouse')") is None
    told(house, head, colleague)


def told(house: House, head, colleague) -> None:
    """Assert what became of the thirty cases."""
    cases = Case.objects.filter(institution=house.institution)
    assert cases.count() == 30
    assert cases.filter(assignee=colleague, state="with_unit").count() == 6
    assert cases.filter(topic=house.topics["Inundaciones"]).count() == 5
    assert cases.filter(state="closed").count() == 4
    assert cases.filter(state="answered", outcome="upheld").count() == 8
    assert cases.filter(unit=house.units["juridico"]).count() == 3
    assert cases.filter(state="waiting").count() == 2
    assert cases.filter(snoozed_until__isnull=False).count() == 3
    notes = CaseMessage.objects.filter(kind=MessageKind.NOTE, body="Llamar el jueves.")
    extended = CaseMessage.objects.filter(kind=MessageKind.EXTENSION)
    assert {note.case_id for note in notes} == {one.case_id for one in extended} and len(notes) == 2
    access = house.access(Role.HEAD_OF_UNIT)
    left = in_view(visible_to(access), "mias", access=access, today=house.today(timezone.now()))
    assert left.filter(assignee=head).count() == 4


def test_marks_the_bar_and_the_preview(page, house, axe, screenshot):
    cases = given(house, 4)
    begin(page, house, Role.HEAD_OF_UNIT, "solicitudes/?vista=abiertas")
    ready(page)
    bar = page.locator("[data-bulk]")
    expect(bar).to_be_hidden()
    page.get_by_label(f"Marcar {cases[0].folio}").click()
    page.get_by_label(f"Marcar {cases[2].folio}").click(modifiers=["Shift"])
    expect(bar).to_contain_text("3 marcadas")
    screenshot(page, "lista-marcada")
    axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    screenshot(page, "lista-marcada-telefono")
    axe(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.keyboard.press("Escape")
    expect(bar).to_be_hidden()
    page.get_by_label("Marcar todas las de esta página").check()
    expect(bar).to_contain_text("4 marcadas")
    bar.get_by_role("button", name="Derivar").click()
    ready(page)
    page.get_by_role("combobox", name="Unidad").fill("Jurí")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Ver qué cambiaría").click()
    expect(page.get_by_role("status")).to_contain_text("4 cambiarán.")
    screenshot(page, "lote-vista-previa")
    axe(page)
    page.get_by_role("button", name="Derivar 4 solicitudes").click()
    expect(page.get_by_text("En cola")).to_be_visible()
    change_cases(BulkAction.objects.get().pk)
    expect(page.get_by_text("4 cambiadas")).to_be_visible()  # the page asks by itself
    screenshot(page, "lote-terminado")
    axe(page)


def test_many_at_once_without_javascript(no_js_page, house):
    page, cases = no_js_page, given(house, 3)
    begin(page, house, Role.HEAD_OF_UNIT, "solicitudes/?vista=abiertas")
    page.get_by_label(f"Marcar {cases[0].folio}").check()
    page.get_by_label(f"Marcar {cases[1].folio}").check()
    page.get_by_role("button", name="Asignar").click()
    page.get_by_label("Responsable").select_option(value=str(house.user(Role.UNIT_OFFICER).pk))
    page.get_by_role("button", name="Ver qué cambiaría").click()
    page.get_by_role("button", name="Asignar 2 solicitudes").click()
    change_cases(BulkAction.objects.get().pk)
    page.get_by_role("link", name="Actualizar").click()
    expect(page.get_by_text("2 cambiadas")).to_be_visible()


def test_the_palette_offers_what_the_page_does(page, house, axe, screenshot):
    (case,) = given(house, 1)
    begin(page, house, Role.HEAD_OF_UNIT, f"solicitudes/{case.folio}/")
    ready(page)
    page.keyboard.press("Control+k")
    palette = page.get_by_role("dialog", name="Órdenes")
    options = palette.get_by_role("option")
    expect(options.first).to_have_text("ResponderR")
    screenshot(page, "ordenes")
    axe(page)
    page.keyboard.type("jur")
    expect(options).to_have_text(["Buscar «jur»"])
    page.keyboard.press("Control+a")
    page.keyboard.type("dividir")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Dividir")).to_be_visible()
    ready(page)
    page.keyboard.press("Control+k")
    page.keyboard.type(case.folio)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"/solicitudes/{case.folio}/$"))  # a whole folio opens its case
    ready(page)
    page.keyboard.press("Control+k")
    page.keyboard.type("desagüe")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Resultados de «desagüe»")).to_be_visible()
    ready(page)
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Teclas")).to_contain_text("Abrir la fila marcada")
    axe(page)


def test_the_page_says_who_is_answering(page, house, axe, screenshot):
    (case,) = given(house, 1)
    sign_presence(case=case, actor=house.user(Role.UNIT_OFFICER), now=timezone.now())
    begin(page, house, Role.HEAD_OF_UNIT, f"solicitudes/{case.folio}/")
    ready(page)
    expect(page.get_by_text("Unit Officer está respondiendo esta solicitud ahora.")).to_be_visible()
    screenshot(page, "presencia")
    axe(page)
    with page.expect_response("**/presencia/") as told_by:
        page.keyboard.press("r")
    assert told_by.value.request.method == "POST" and told_by.value.ok


def test_a_named_list_stands_beside_the_others(page, house, axe, screenshot):
    given(house, 2)
    begin(page, house, Role.HEAD_OF_UNIT, "solicitudes/?vista=abiertas&canal=web")
    page.get_by_role("link", name="Guardar esta vista").click()
    page.get_by_label("Nombre de la vista").fill("Del sitio web")
    page.get_by_role("button", name="Guardar").click()
    expect(page.get_by_role("link", name="Del sitio web 2")).to_have_attribute("aria-current", "page")
    screenshot(page, "vista-guardada")
    axe(page)
