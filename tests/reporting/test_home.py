# SPDX-License-Identifier: EUPL-1.2
"""The home of the authority says how the body is doing; every number of it opens what it counts."""

import csv
import dataclasses
import io
import re
from html import unescape

import pytest

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.indicators.figures.reading import NOTHING, Summed
from siac.indicators.public import QuestionForm, Told, count_all, window_name
from siac.infra.metrics import metric, source, sources
from siac.organizations.public import save_unit
from siac.reporting.home.cards import cards, net_card
from siac.reporting.home.drawing import (
    funnel_chart,
    heat_map,
    spread_chart,
    trend_chart,
    unit_multiples,
)
from siac.reporting.home.reading import CASES, Net, Overview, late_cases, overview
from siac.reporting.home.workspace import BEGINS
from siac.ui.charts import Mark, Shape
from tests.factories import House, answer, file
from tests.reporting.conftest import DAY, LATER
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _november(monkeypatch):
    for page in ("reporting.home", "indicators.figures"):
        monkeypatch.setattr(f"siac.{page}.workspace.current_time", lambda: LATER)


def to_things(key: str, query: str) -> str:
    return f"{key}?{query}"


def read(house: House, **asked: str) -> Overview:
    today = house.today(LATER)
    form = QuestionForm(house.institution, None, asked, today=today, begins=BEGINS, only=CASES)
    assert form.is_valid(), form.errors
    return overview(house.institution, form.question, today=today)


def url(house: House) -> str:
    return f"/{house.slug}/gestion/como-vamos/"


def test_the_four_figures_say_what_was_worked_out_by_hand(told):
    shown = {card.title: card for card in cards(read(told), to_things)}
    assert shown["Recibidas"].value == "4"
    assert [words for words, _ in shown["Recibidas"].links] == ["Ver las 4"]
    assert [words for words, _ in shown["A tiempo"].links] == [
        "Ver la respondida tarde",
        "la que está sin responder",
    ]
    assert [words for words, _ in shown["Bien calificadas"].links] == ["Ver la calificada"]
    assert (shown["A tiempo"].value, shown["A tiempo"].of) == ("50,0 %", "2 de 4 · meta 95 %")
    assert shown["La mitad respondida en"].value == "2 días hábiles"
    assert (shown["Bien calificadas"].value, shown["Bien calificadas"].of) == ("100,0 %", "1 de 1")


def test_what_is_late_without_an_answer_is_a_bar_of_its_own_and_counts(told):
    chart = spread_chart(read(told), to_things)
    assert chart.title == "1 respuesta salió tarde y 1 no ha salido."
    assert chart.shape is Shape.DOTS  # so few are drawn one by one
    marks = [(row.value, row.mark) for row in chart.rows if row.value]
    assert marks == [(2, Mark.PLAIN), (1, Mark.LATE), (1, Mark.OPEN)]
    place, words = chart.divider
    assert words == "último día"
    assert all(row.mark is Mark.PLAIN for row in chart.rows[:place])


def test_arrivals_stand_at_their_local_hour(told):
    heat = heat_map(read(told), to_things)
    rows = {row.label: dict(zip(heat.columns, row.cells, strict=True)) for row in heat.rows}
    assert (rows["Lunes"]["12"].count, rows["Martes"]["9"].count) == (3, 1)
    assert heat.title == "El 75 % llega en lunes."
    assert [row.total for row in heat.rows] == [3, 1, 0, 0, 0, 0, 0]


def test_units_are_told_apart_the_farthest_from_the_target_first(told):
    found = unit_multiples(read(told), to_things)
    panels = [(panel.name, panel.words, panel.is_missed) for panel in found.panels]
    assert panels == [("Departamento Jurídico", "0 %", True), ("Obras y mantención", "67 %", True)]
    assert found.title == "Departamento Jurídico, la más lejos de la meta: 0 %."
    assert found.panels[0].below[1][0] == "1 sin responder"


def test_what_lies_with_the_unit_above_all_is_a_line_of_its_own_and_nothing_is_left_out(told):
    case = file(told, unit_id=told.units["direccion"], now=LATER - 20 * DAY)
    answer(told, case, now=LATER - 18 * DAY)
    count_all(told.institution, now=LATER)
    page = read(told)
    lines = {line.name: (line.now.met, line.now.total) for line in page.units}
    assert lines["Dirección, sin las que dependen de ella"] == (1, 1)
    whole = page.now.on_time
    assert (sum(met for met, _ in lines.values()), sum(n for _, n in lines.values())) == (
        whole.met,
        whole.total,
    )
    panels = unit_multiples(page, to_things).panels
    assert all(url == "" for panel in panels if panel.name.startswith("Dirección,") for _, url in panel.below)


def test_the_funnel_takes_out_what_the_person_contested(told):
    chart = funnel_chart(read(told), to_things)
    assert [row.value for row in chart.rows] == [4, 3, 2]
    assert chart.title == "De 4 recibidas, 3 con respuesta y 2 resueltas."


def test_who_waits_late_counts_in_one_month_and_the_months_say_what_the_year_says(told):
    page = read(told)
    year = [each.on_time for month, each in page.months if month.first.year == 2026]
    assert (sum(each.met for each in year), sum(each.total for each in year)) == (2, 4)
    assert (page.now.on_time.met, page.now.on_time.total) == (2, 4)


def test_a_month_is_held_against_the_target_of_the_indicator_of_the_whole_body(told):
    chart = trend_chart(read(told), to_things)
    assert chart.title == "Noviembre de 2026 no alcanzó la meta: 0 de 1 a tiempo."
    assert {row.target for row in chart.rows} == {95}
    of_obras = trend_chart(read(told, unidad=str(told.units["obras"])), to_things)
    assert {row.target for row in of_obras.rows} == {None}


def test_every_number_of_the_page_opens_as_many_as_it_says(told):
    """Follow each link whose words begin or end with a number, and count the rows of the page behind it."""
    browser = told.client(Role.AUTHORITY)
    page = browser.get(url(told)).content.decode()
    links = re.findall(r'href="([^"]*/solicitudes/\?[^"]*)"[^>]*>([^<]*)<', page)
    counted = [(unescape(link), re.findall(r"\d+", words)) for link, words in links]
    checked = 0
    for link, numbers in counted:
        if len(numbers) == 1 and "%" not in dict(links).get(link, ""):
            rows = browser.get(link).content.decode().count("data-row")
            assert rows == int(numbers[0]), (link, numbers)
            checked += 1
    assert checked > 10


def test_the_page_says_period_comparison_and_data_time_and_keeps_them_in_its_address(told):
    browser = told.client(Role.AUTHORITY)
    page = browser.get(url(told)).content.decode()
    assert "<strong>2026</strong>, del 1 de enero al 16 de noviembre de 2026" in page
    assert "Antes: del 1 de enero al 16 de noviembre de 2025" in page
    assert "Datos hasta el" in page and "Datos al" not in page, "said once"
    month = browser.get(f"{url(told)}?periodo=mes&en=2026-09-01").content.decode()
    assert (
        "Septiembre de 2026" in month
        and "?periodo=mes&amp;en=2026-09-01&amp;formato=csv"
        in month.replace("comparar=anio-anterior&amp;", "")
    )


def test_what_is_shown_is_handed_out_as_a_table(told):
    handed = told.client(Role.AUTHORITY).get(f"{url(told)}?formato=csv")
    text = b"".join(handed.streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";"))
    assert ["Cifras", "A tiempo (%)", "2 a tiempo", "50.0", "4"] in lines
    assert ["Llegadas", "martes", "9 h", "1", ""] in lines
    assert told.client(Role.AUTHORITY).get(f"{url(told)}?formato=xlsx").content[:2] == b"PK"


def test_late_ones_are_listed_as_far_as_whoever_looks_sees_them(told):
    page = told.client(Role.AUTHORITY).get(url(told)).content.decode()
    assert "1 solicitud vencida sin responder" in page and "Agua en la calle" in page
    committee = told.client(Role.COMMITTEE_MEMBER).get(url(told)).content.decode()
    assert "1 solicitud vencida sin responder" in committee and "Agua en la calle" not in committee


def test_it_is_cut_only_by_what_tells_requests_apart(told):
    """What other sources are told apart by means nothing here, in the form or in the address."""
    own = {each.key for each in source(CASES).dimensions}
    others = {each.address for one in sources() for each in one.dimensions if each.key not in own}
    asked = dict.fromkeys(others, "1")
    page = told.client(Role.AUTHORITY).get(url(told), asked)
    assert page.status_code == 200
    assert not others & set(page.context["form"].fields)


@pytest.mark.parametrize(("answers", "is_told"), [(4, False), (6, True)])
def test_net_satisfaction_is_told_of_the_whole_body_and_never_of_few(told, answers, is_told):
    """Of six answers five are good and one bad: +67, of which nothing was known before."""
    net = metric("surveys.net")
    values = {100: answers - 1, -100: 1}
    counted = Summed(answers, sum(value * n for value, n in values.items()), 0, 100, -100, (100, 100))
    year = read(told)
    page = dataclasses.replace(year, net=Net(year.question.window, Told(net, counted), Told(net, NOTHING)))
    card = net_card(page, "/cifra/")
    assert (card is not None) is is_told
    if card:
        assert (card.value, card.of, card.change) == ("+67", "6 respuestas a encuestas", "")
    assert net_card(read(told, unidad=str(told.units["obras"])), "") is None


def test_of_a_year_that_goes_on_net_satisfaction_is_told_of_its_last_whole_quarter(told):
    """Of days that are not over nothing is told, and this page begins at the year that goes on."""
    net = metric("surveys.net")
    year, month = read(told), read(told, periodo="mes", en="2026-10-01")
    assert year.net and window_name(year.net.window) == "julio a septiembre de 2026"
    assert month.net and month.net.window == month.question.window
    of = Told(net, Summed(8, 400, 0, 100, -100, (100, 100)))
    card = net_card(dataclasses.replace(year, net=dataclasses.replace(year.net, now=of)), "/cifra/")
    assert card and card.of == "8 respuestas a encuestas, julio a septiembre de 2026"
    assert "en=2026-07-01" in card.links[0][1] and "periodo=trimestre" in card.links[0][1]


def test_a_body_with_no_request_is_told_what_will_be_here(house):
    count_all(house.institution, now=LATER)
    page = house.client(Role.AUTHORITY).get(url(house)).content.decode()
    assert "Todavía no hay solicitudes en este período" in page
    assert "siac-chart" not in page
    drawn = read(house)
    for chart in (trend_chart, spread_chart, funnel_chart, unit_multiples, heat_map):
        assert chart(drawn, to_things).title.endswith(".")


@pytest.mark.parametrize("units", [1, 50])
def test_the_page_costs_the_same_with_one_unit_and_with_fifty(told, units):
    body = told.institution
    for number in range(units):
        row = save_unit(
            institution=body, actor=None, now=LATER, code=f"u{number}", name=f"Unidad {number:02}",
            parent_id=told.units["direccion"],
        )  # fmt: skip
        body.refresh_from_db()
        file(told, unit_id=row.pk, now=LATER - 50 * DAY)
    count_all(body, now=LATER)
    browser = told.client(Role.AUTHORITY)
    browser.get(url(told))
    with at_most(12 + SIGN_IN):
        page = browser.get(url(told)).content.decode()
    assert "Unidad 00" in page


def test_what_is_late_is_listed_to_whoever_may_open_only_the_last_of_it(told, monkeypatch):
    """Of many that are late the first are looked at; where nobody sees them, the rest."""
    late = [file(told, unit_id=told.units["obras"], now=LATER - (60 - place) * DAY) for place in range(6)]
    Case.objects.filter(pk__in=[each.pk for each in late[:4]]).update(is_restricted=True)
    count_all(told.institution, now=LATER)
    page, access, today = read(told), told.access(Role.AUTHORITY), told.today(LATER)
    with at_most(1):
        listed = [each.pk for each in late_cases(access, page, today=today)]
    assert [each.pk for each in late[4:]] == [pk for pk in listed if pk in {each.pk for each in late}]
    monkeypatch.setattr("siac.reporting.home.reading.LOOKED_AT", 2)
    with at_most(2):
        assert [each.pk for each in late_cases(access, page, today=today)] == listed


SIGN_IN = 3
"""Session, user and roles: what any page of the house costs before it does anything."""


def test_whoever_directs_begins_here(told):
    for role in (Role.AUTHORITY, Role.COMMITTEE_MEMBER):
        assert told.client(role).get(f"/{told.slug}/gestion/").headers["Location"] == url(told)
    assert (
        told.client(Role.QUALITY_MANAGER)
        .get(f"/{told.slug}/gestion/")
        .headers["Location"]
        .endswith("inicio/")
    )
