# SPDX-License-Identifier: EUPL-1.2
"""A quality manager's month and an authority's morning, in a real browser."""

import os
import shutil
import sys
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.urls import get_resolver
from PIL import Image
from playwright.sync_api import Page

from siac.accounts.public import Role
from siac.indicators.models import Indicator, IndicatorResult
from siac.indicators.public import count_all
from siac.infra.longwork import run_long
from siac.reporting.frozen.making import LINE, making
from siac.reporting.models import FrozenReport
from siac.surveys.commands.answering import settle_answers, take_answer
from siac.surveys.commands.waves import go_on_sending
from siac.surveys.doors import door_for
from siac.surveys.models import Invitation, Survey, SurveyAnswer
from tests.e2e.conftest import OUTPUT
from tests.factories import NOW, House, answer, file, make_house, person
from tests.surveys.test_inviting import NOBODY_ELSE

DAY = timedelta(days=1)
OCTOBER = NOW.replace(month=10, day=6, hour=15)


@pytest.fixture
def house(transactional_db, settings, tmp_path) -> House:
    settings.MEDIA_ROOT = tmp_path
    return make_house()


@pytest.fixture
def at(monkeypatch) -> Callable[[datetime], None]:
    """Let every page think it is another moment."""

    def be(moment: datetime) -> None:
        assert get_resolver().url_patterns  # the pages are imported with the first address that is asked for
        for name, module in list(sys.modules.items()):
            if name.startswith("siac.") and hasattr(module, "current_time"):
                monkeypatch.setattr(module, "current_time", lambda: moment)

    return be


@pytest.fixture
def september(house) -> House:
    """A month with eight complaints, each of another person: six are answered soon, one late, one never."""
    for place in range(8):
        case = file(house, unit_id=house.units["obras"], who=person(**NOBODY_ELSE))
        if place < 7:
            answer(house, case, now=NOW + (3 if place < 6 else 40) * DAY)
    return house


def sign_in(page: Page, house: House, url: str, role: Role) -> None:
    cookie = house.client(role).cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": url}])


def press(page: Page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).click()


def test_a_quality_managers_month(page: Page, live_server, september, at, axe, screenshot) -> None:
    house, base = september, f"/{september.slug}/gestion"
    at(OCTOBER)
    count_all(house.institution, now=OCTOBER)
    sign_in(page, house, live_server.url, Role.QUALITY_MANAGER)

    # A survey from a ready model, looked at as people will see it.
    page.goto(f"{base}/encuestas/")
    page.get_by_role("link", name="Nueva encuesta").click()
    page.get_by_label("Nombre").fill("Tras la respuesta")
    page.get_by_role("radio").first.check()
    press(page, "Crear")
    survey = Survey.objects.get(institution=house.institution)
    page.goto(f"{base}/encuestas/{survey.pk}/")
    page.get_by_role("link", name="Cambiar las preguntas").click()
    page.get_by_label("Recibe respuestas").check()
    press(page, "Guardar")
    axe(page)

    # A wave to whoever got an answer in September.
    page.get_by_role("link", name="Sortear una ola").click()
    page.get_by_label("Nombre").fill("Septiembre")
    page.get_by_label("Respondidas desde").fill("2026-09-01")
    page.get_by_label("Respondidas hasta").fill("2026-09-30")
    page.get_by_label("A cuántas se pregunta").fill("20")
    page.get_by_label("Último día para responder").fill("2026-10-30")
    press(page, "Sortear")
    axe(page)
    press(page, "Enviar 6 invitaciones")
    assert go_on_sending(house.institution, now=OCTOBER) == 6
    screenshot(page, "mes-ola")

    # One answers in a browser, five otherwise; when the month is over they are read.
    mine, *others = Invitation.objects.filter(institution=house.institution).order_by("pk")
    page.goto(f"/{house.slug}/encuesta/{mine.token}/")
    for _ in range(10):
        if "/gracias/" in page.url:
            break
        for name in {each.get_attribute("name") for each in page.query_selector_all("input[type=radio]")}:
            page.check(f"input[name={name}] >> nth=-1", force=True)
        page.click("main button.govuk-button >> nth=0")
        page.wait_for_load_state()
    survey.refresh_from_db()
    main = survey.asked.main_question
    assert main is not None
    for each in others:
        door = door_for(house.institution, each.token, today=OCTOBER.date())
        assert door is not None
        take_answer(door, survey.version, {main.code: main.marks[-1]}, today=OCTOBER.date())
    assert SurveyAnswer.objects.count() == 6
    later = OCTOBER.replace(month=11, day=3)  # results are told of months that are over
    at(later)
    settle_answers(house.institution, now=later)
    count_all(house.institution, now=later)
    page.goto(f"{base}/encuestas/{survey.pk}/resultados/")
    assert "100" in page.locator(".siac-figure strong").first.inner_text()
    axe(page)
    screenshot(page, "mes-resultados")

    # An indicator from the figure that was looked at, frozen, opened and worked out again by the auditor.
    page.goto(f"{base}/cifras/cases.answer_days/?en=2026-09-01&estadistica=within&n=5")
    page.get_by_role("link", name="Hacer un indicador").click()
    page.get_by_label("Meta", exact=True).fill("90")
    page.get_by_label("Se mide desde").fill("2026-09-01")
    axe(page)
    screenshot(page, "mes-indicador")
    press(page, "Guardar")
    row = Indicator.objects.get(institution=house.institution, since__isnull=False)
    press(page, "Fijar el resultado de septiembre de 2026")
    result = IndicatorResult.objects.get(indicator=row)
    assert (result.met, result.total) == (6, 6)
    sign_in(page, house, live_server.url, Role.AUDITOR)
    page.goto(f"{base}/indicadores/resultados/{result.pk}/")
    assert "La cifra sale de sus 6 filas" in page.locator("main").inner_text()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Filas contadas (CSV)").click()
    assert len(taken.value.path().read_text("utf-8-sig").splitlines()) == 7

    # The summary of the month.
    sign_in(page, house, live_server.url, Role.QUALITY_MANAGER)
    page.goto(f"{base}/resumenes/")
    press(page, "Hacer el resumen")
    summary = FrozenReport.objects.get(institution=house.institution)
    run_long(LINE, summary.pk, making, clock=lambda: later)
    page.goto(f"{base}/resumenes/{summary.pk}/")
    axe(page)
    with page.expect_download() as taken:
        page.get_by_role("link", name="PDF").first.click()
    assert taken.value.path().read_bytes().startswith(b"%PDF")


def test_an_authoritys_morning(page: Page, live_server, september, at, axe, screenshot) -> None:
    house, base = september, f"/{september.slug}/gestion"
    at(OCTOBER)
    count_all(house.institution, now=OCTOBER)
    sign_in(page, house, live_server.url, Role.AUTHORITY)
    page.goto(f"{base}/")
    page.wait_for_url("**/como-vamos/**")
    axe(page)
    screenshot(page, "manana-como-vamos")

    # A number of the page opens as many requests as it says, and one of them its page.
    card = page.locator(".siac-cards__one").first
    said = int(card.locator(".siac-cards__value").inner_text().split()[0])
    card.get_by_role("link").first.click()
    page.wait_for_load_state()
    opened = page.locator("tr[data-row]")
    assert opened.count() == said
    opened.first.get_by_role("link").click()
    page.wait_for_url("**/solicitudes/**")
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(f"{base}/como-vamos/")
    axe(page)
    assert page.locator("html").evaluate("it => it.scrollWidth") <= 390


@pytest.mark.parametrize(
    ("country", "nature", "line"),
    [
        ("CL", "complaint", "Reclamos respondidos en el año"),
        ("PE", "information_request", "Solicitudes presentadas en el año"),
        ("ES", "complaint", "Recibidas en el año"),
    ],
)
def test_the_yearly_report_of_each_country_is_drawn(
    page: Page, live_server, transactional_db, at, axe, country, nature, line, tmp_path
) -> None:
    """It is drawn to a picture as a reader sees it: neither empty nor beyond its edges, with its figures."""
    house = make_house(f"anual-{country.lower()}", country)
    kind = next(code for code, row in house.kinds.items() if row.nature == nature)
    for days in (2, 3):
        answer(house, file(house, kind, unit_id=house.units["obras"]), now=NOW + days * DAY)
    at(OCTOBER)
    count_all(house.institution, now=OCTOBER)
    sign_in(page, house, live_server.url, Role.QUALITY_MANAGER)
    page.goto(f"/{house.slug}/gestion/informe-anual/?anio=2026")
    row = page.locator("main tr", has=page.get_by_role("rowheader", name=line, exact=True)).first
    assert row.locator("td").last.inner_text().strip() == "2"
    axe(page)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.locator("html").evaluate("it => it.scrollWidth") <= width
        taken = tmp_path / f"{country}-{width}.png"
        page.screenshot(path=taken, full_page=True)
        if os.environ.get("SIAC_SCREENSHOTS"):
            shutil.copy(taken, OUTPUT / f"anual-{country}-{width}.png")
        picture = Image.open(taken).convert("L")
        dark = sum(picture.histogram()[:128])
        assert 0.005 < dark / (picture.width * picture.height) < 0.5
