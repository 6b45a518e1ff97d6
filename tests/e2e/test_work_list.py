# SPDX-License-Identifier: EUPL-1.2
"""The work list in a real browser: low rows, heads, one line of views, the bar of
the marked ones, a phone, no JavaScript.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.cases.public import add_information
from tests.e2e.test_order import begin, ready
from tests.factories import House, file, make_house

LONG = (
    "Licencia médica impaga desde hace tres meses y nadie "
    "responde el teléfono ni el correo de la oficina que la tramita"
)

ABOVE_THE_BAR = """
(() => {
  const row = document.activeElement.closest('tr');
  const part = document.activeElement.matches('[name=caso]') ? row : document.activeElement;
  const bar = document.querySelector('[data-bulk]').getBoundingClientRect();
  return !row || part.getBoundingClientRect().bottom <= bar.top + 1;
})()
"""
"""Asked at once: the row that was left before folds a moment later and moves all below it."""


@pytest.fixture
def house(transactional_db) -> House:
    return make_house()


def fill(house: House, count: int = 24) -> list[Case]:
    """File cases of all ages, some of no unit, with long and short subjects;
    the person wrote about two of them.
    """
    now, cases = timezone.now(), []
    for n in range(count):
        unit = None if n % 4 == 3 else house.units["obras"]
        subject = LONG if n % 3 == 0 else "Bache"
        cases.append(file(house, now=now - timedelta(days=3 * n), unit_id=unit, subject=subject))
    for case in cases[:2]:
        add_information(institution=house.institution, case_id=case.pk, body="Va la foto.", now=now)
    Case.objects.filter(unit=None).update(topic=house.topics["Transparencia"])
    return cases


def test_rows_stay_low_whatever_they_hold(page: Page, house, axe, screenshot):
    fill(house)
    for role in (Role.HEAD_OF_UNIT, Role.FRONT_DESK):
        page.context.clear_cookies()
        begin(page, house, role, "solicitudes/?vista=abiertas")
        ready(page)
        heights = page.evaluate(
            "[...document.querySelectorAll('[data-row]')].map((row) => row.getBoundingClientRect().height)"
        )
        assert len(heights) > 10 and max(heights) < 56, heights
        cut = page.evaluate(
            """[...document.querySelectorAll('.siac-list__due, .siac-list__folio, .siac-list__state')]
            .filter((cell) => cell.scrollWidth > cell.clientWidth + 1).map((cell) => cell.textContent)"""
        )
        assert cut == []
        axe(page)
    expect(page.locator(".siac-cut", has_text="Licencia").first).to_have_attribute("title", LONG)
    page.keyboard.press("j")  # the row that is read is read whole
    subject = page.locator("[data-row].is-current .siac-list__subject .siac-cut").first
    assert subject.evaluate("(text) => text.scrollWidth <= text.clientWidth")
    screenshot(page, "lista")


def test_heads_turn_the_order_and_say_so(page: Page, house, axe):
    fill(house, 6)
    begin(page, house, Role.HEAD_OF_UNIT, "solicitudes/?vista=abiertas")
    head = page.get_by_role("columnheader", name="Asunto")
    expect(page.get_by_role("columnheader", name="Vence")).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", "ascending")
    head.get_by_role("link").click()
    expect(head).to_have_attribute("aria-sort", "descending")
    expect(page.locator("[aria-sort]")).to_have_count(1)
    axe(page)


def test_the_bar_of_the_marked_covers_no_row_that_has_the_focus(page: Page, house, axe):
    fill(house)
    page.set_viewport_size({"width": 1280, "height": 600})
    begin(page, house, Role.HEAD_OF_UNIT, "solicitudes/?vista=abiertas")
    ready(page)
    page.keyboard.press("j")
    page.keyboard.press("x")
    bar = page.locator("[data-bulk]")
    expect(bar).to_be_visible()
    rows = page.locator("[data-row]").count()
    for step in range(rows - 1):
        page.keyboard.press("j")
        assert page.evaluate(ABOVE_THE_BAR), step
    page.locator("[name=caso]").first.focus()
    for step in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate(ABOVE_THE_BAR), step
    axe(page)


def test_on_a_phone_views_are_one_line_and_nothing_is_cut(page: Page, house, axe, screenshot):
    fill(house)
    page.set_viewport_size({"width": 390, "height": 844})
    for role in (Role.HEAD_OF_UNIT, Role.FRONT_DESK):
        page.context.clear_cookies()
        begin(page, house, role, "solicitudes/?vista=abiertas")
        ready(page)
        assert page.locator("html").evaluate("it => it.scrollWidth") <= 390
        tops = page.evaluate(
            "[...new Set([...document.querySelectorAll('.siac-views--line > "
            "ul a')].map((a) => Math.round(a.getBoundingClientRect().top)))]"
        )
        assert len(tops) == 1
        overlaps = page.evaluate(
            """[...document.querySelectorAll('[data-row]')].filter((row) => {
              const state = row.querySelector('.siac-list__state strong')?.getBoundingClientRect();
              const folio = row.querySelector('.siac-list__folio').getBoundingClientRect();
              return state && state.right > folio.left;
            }).length"""
        )
        assert overlaps == 0
        page.locator("[name=caso]").first.check()
        axe(page)
    screenshot(page, "lista-telefono")


def test_f_opens_the_filters_and_the_keys_are_told(page: Page, house):
    fill(house, 3)
    begin(page, house, Role.HEAD_OF_UNIT, "solicitudes/?vista=abiertas")
    ready(page)
    page.keyboard.press("f")
    expect(page.get_by_label("Tipo")).to_be_focused()
    page.get_by_label("Tipo").evaluate("(field) => field.blur()")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.get_by_role("searchbox").evaluate("(field) => field.blur()")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Teclas")).to_contain_text("Filtrar la lista")
    assert "marcar" in page.locator(".siac-keys").inner_text()


def test_the_desk_routes_in_one_press_without_javascript(no_js_page: Page, house):
    page = no_js_page
    case = file(house, now=timezone.now())
    Case.objects.filter(pk=case.pk).update(topic=house.topics["Transparencia"])
    begin(page, house, Role.FRONT_DESK, "")
    expect(page.locator("h1")).to_contain_text("Por derivar")
    page.get_by_role("button", name="Derivar aquí").click()
    expect(page.get_by_text(f"{case.folio} quedó en Departamento Jurídico.")).to_be_visible()
    expect(page.get_by_role("heading", name="Todo está derivado")).to_be_visible()
