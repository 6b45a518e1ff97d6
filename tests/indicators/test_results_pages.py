# SPDX-License-Identifier: EUPL-1.2
"""Whoever keeps quality makes an indicator, freezes it, opens its rows, revises it and writes on it."""

import csv
import io
import re
from datetime import date
from html import unescape

import pytest
from django.test import Client

from siac.accounts.public import Role
from siac.cases.models import Case
from siac.indicators.figures.cube import count_all
from siac.indicators.models import Indicator, IndicatorResult, ResultNote
from siac.indicators.results.pages import period_words
from siac.infra.metrics import Statistic, metrics
from tests.factories import NOW, answer, file
from tests.indicators.test_results import OCTOBER, answered, frozen, indicator
from tests.sql_counts import at_most

pytestmark = pytest.mark.django_db
__all__ = ["answered"]
FORM = {
    "name": "Respondidas en 5 días", "definition": "Respondidas en 5 ÷ respondidas.",
    "metric_key": "cases.answer_days", "statistic": "within", "within": "5", "target": "90",
    "frequency": "month", "since": "2026-09-01", "is_active": "on",
}  # fmt: skip


def keeper(house) -> Client:
    return house.client(Role.QUALITY_MANAGER)


def base(house) -> str:
    return f"/{house.slug}/gestion/indicadores/"


def test_an_indicator_is_made_frozen_opened_and_worked_out_again(house, answered):
    browser = keeper(house)
    made = browser.post(f"{base(house)}nuevo/", FORM)
    row = Indicator.objects.get(institution=house.institution, code="respondidas-en-5-dias")
    assert (made.status_code, made["Location"]) == (302, f"{base(house)}{row.pk}/")
    page = browser.get(f"{base(house)}{row.pk}/").content.decode()
    assert "Fijar el resultado de septiembre de 2026" in page
    browser.post(f"{base(house)}{row.pk}/fijar/", {"desde": "2026-09-01"})
    result = IndicatorResult.objects.get(indicator=row)
    shown = browser.get(f"/{house.slug}/gestion/indicadores/resultados/{result.pk}/").content.decode()
    assert "La cifra sale de sus 2 filas" in shown and "Hoy el mismo período dice lo mismo." in shown
    handed = browser.get(f"/{house.slug}/gestion/indicadores/resultados/{result.pk}/?formato=csv")
    rows = b"".join(handed.streaming_content).decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(rows), delimiter=";"))
    assert [line[0] for line in lines[1:]] == [str(case.pk) for case in answered]
    assert "Obras y mantención" in rows and "12345678" not in rows
    assert "50,0\N{NO-BREAK SPACE}%" in browser.get(base(house)).content.decode()


def test_the_figure_of_an_indicator_opens_as_the_indicator_asks_it(house, answered):
    """Of the month of its latest result, not of the one that runs, with its limit and its part."""
    row = indicator(house, filters={"unit": [str(house.units["obras"])]})
    frozen(house, row)
    page = keeper(house).get(f"{base(house)}{row.pk}/")
    opened = keeper(house).get(page.context["figure_url"])
    question = opened.context["question"]
    assert question.window.first == date(2026, 9, 1)
    assert (question.statistic, question.within) == (Statistic(row.statistic), row.within)
    assert question.where == {"unit": [str(house.units["obras"])]}


@pytest.mark.parametrize(
    ("role", "sees"), [(Role.QUALITY_MANAGER, False), (Role.COMMITTEE_MEMBER, False), (Role.AUDITOR, True)]
)
def test_of_a_restricted_case_the_rows_say_only_that_it_was_counted(house, answered, role, sees):
    result = frozen(house, indicator(house))
    Case.objects.filter(pk=answered[0].pk).update(is_restricted=True)
    url = f"/{house.slug}/gestion/indicadores/resultados/{result.pk}/?formato=csv"
    handed = b"".join(house.client(role).get(url).streaming_content).decode("utf-8-sig")
    first, second = list(csv.reader(io.StringIO(handed), delimiter=";"))[1:]
    assert (first[0] == str(answered[0].pk)) is sees
    if not sees:
        assert (first[0], "".join(first[1:])) == ("Reservada", "")
    assert second[0] == str(answered[1].pk)


def test_what_is_missing_is_said_and_what_was_typed_stays(house):
    answer_ = keeper(house).post(f"{base(house)}nuevo/", {**FORM, "within": "", "target": "120"})
    page = answer_.content.decode()
    assert answer_.status_code == 422
    assert "Escriba el límite que no se debe pasar." in page and "Respondidas en 5 ÷ respondidas." in page
    again = keeper(house).post(f"{base(house)}nuevo/", {**FORM, "name": "", "target": "mucho"})
    assert "Escriba el nombre del indicador." in again.content.decode()
    assert not Indicator.objects.filter(institution=house.institution, since__isnull=False).exists()


def test_who_saved_meanwhile_is_not_overwritten(house):
    row = indicator(house)
    indicator(house, indicator=row, based_on=1, name="Otro nombre")
    refused = keeper(house).post(f"{base(house)}{row.pk}/cambiar/", {**FORM, "based_on": "1"})
    assert refused.status_code == 422
    assert "Otro nombre" in refused.content.decode()
    row.refresh_from_db()
    assert row.version == 2


def test_a_result_that_differs_today_is_revised_with_a_reason(house, answered):
    result = frozen(house, indicator(house))
    answer(house, file(house, unit_id=house.units["obras"]), now=NOW.replace(day=9))
    count_all(house.institution, now=OCTOBER)
    browser, url = keeper(house), f"/{house.slug}/gestion/indicadores/resultados/{result.pk}/"
    assert "1 solicitud de más" in browser.get(url).content.decode()
    without = browser.post(f"{url}revisar/", {"revisar-reason": ""})
    assert without.status_code == 422 and "Escriba por qué." in without.content.decode()
    browser.post(f"{url}revisar/", {"revisar-reason": "Se cargó una respuesta atrasada."})
    again = IndicatorResult.objects.get(indicator=result.indicator, revision=2)
    page = browser.get(f"/{house.slug}/gestion/indicadores/resultados/{again.pk}/").content.decode()
    assert "Se revisó: Se cargó una respuesta atrasada. (1 agregada)" in page
    assert "revisión posterior" in browser.get(url).content.decode()


def test_an_analysis_is_written_below_a_result(house, answered):
    result = frozen(house, indicator(house))
    url = f"/{house.slug}/gestion/indicadores/resultados/{result.pk}/"
    keeper(house).post(f"{url}analisis/", {"nota-body": "Bajó por las <b>lluvias</b>."})
    assert ResultNote.objects.get().body == "Bajó por las <b>lluvias</b>."
    page = house.client(Role.AUDITOR).get(url).content.decode()
    assert "Bajó por las &lt;b&gt;lluvias&lt;/b&gt;." in page and "Guardar análisis" not in page


def test_a_result_of_too_few_answers_says_why_it_says_nothing(house, answered):
    few = indicator(house, metric_key="surveys.net", statistic="mean", within=None, code="neta", name="Neta")
    url = f"/{house.slug}/gestion/indicadores/resultados/"
    reader = house.client(Role.AUDITOR)
    assert "se sabría qué dijo cada persona" in reader.get(f"{url}{frozen(house, few).pk}/").content.decode()
    told = frozen(house, indicator(house))
    assert "se sabría qué dijo" not in reader.get(f"{url}{told.pk}/").content.decode()


def test_one_written_down_by_hand_is_asked_for_its_oldest_period(house):
    row = indicator(house, metric_key="", statistic="", within=None, code="clima", unit="puntos")
    browser = keeper(house)
    assert "Resultado de <strong>septiembre de 2026</strong>" in browser.get(
        f"{base(house)}{row.pk}/"
    ).content.decode()  # fmt: skip
    sent = {"desde": "2026-09-01", "value": "71,5", "note": ""}
    refused = browser.post(f"{base(house)}{row.pk}/anotar/", sent)
    assert refused.status_code == 422
    assert (
        "71,5" in refused.content.decode() and "Escriba de dónde viene la cifra." in refused.content.decode()
    )
    browser.post(f"{base(house)}{row.pk}/anotar/", {**sent, "note": "Encuesta de clima."})
    assert "71,5 puntos" in browser.get(f"{base(house)}{row.pk}/").content.decode()


def test_a_period_that_cannot_be_frozen_is_said(house, answered):
    row, browser = indicator(house), keeper(house)
    said = browser.post(f"{base(house)}{row.pk}/fijar/", {"desde": "2999-01-01"}, follow=True)
    assert "El período todavía no termina." in said.content.decode()
    assert browser.post(f"{base(house)}{row.pk}/fijar/", {"desde": "2026-13-45"}).status_code == 404


def test_the_list_costs_the_same_with_one_and_with_many(house, answered):
    frozen(house, indicator(house))
    browser = keeper(house)
    browser.get(base(house))
    with at_most(12):
        browser.get(base(house))
    for number in range(12):
        frozen(house, indicator(house, code=f"otro-{number}", name=f"Otro {number}"))
    with at_most(12):
        browser.get(base(house))


def test_a_body_without_indicators_is_told_what_they_are(house):
    page = keeper(house).get(base(house)).content.decode()
    assert "Todavía no se sigue ningún indicador." in page


def test_periods_are_called_as_people_call_them(house):
    said = [period_words(each, date(2026, 7, 1)) for each in ("month", "quarter", "half", "year")]
    assert said == ["julio de 2026", "3.er trimestre de 2026", "2.º semestre de 2026", "2026"]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-31", "ayer", ""])
def test_a_period_that_no_calendar_of_ours_has_is_not_found(house, day):
    row = indicator(house)
    assert keeper(house).post(f"{base(house)}{row.pk}/fijar/", {"desde": day}).status_code == 404


# Beginning one


def test_an_indicator_begins_at_the_figure_that_was_looked_at(house, answered):
    browser = keeper(house)
    unit = house.units["obras"]
    figure = browser.get(
        f"/{house.slug}/gestion/cifras/cases.answer_days/?en=2026-09-01&estadistica=within&n=5&unidad={unit}"
    ).content.decode()
    (link,) = re.findall(r'href="([^"]*indicadores/nuevo/[^"]*)"', figure)
    form = browser.get(unescape(link)).context["form"]
    assert form["name"].value() == "Días hábiles hasta la respuesta"
    assert (form["statistic"].value(), form["within"].value()) == ("within", "5")
    assert (form["solo_unit"].value(), form["metric_key"].value()) == (str(unit), "cases.answer_days")
    assert "unit" not in form.fields and [title for title, _ in form.sections][-1] == "Ficha"


def test_whoever_begins_without_a_figure_chooses_one(house):
    browser = keeper(house)
    shown = browser.get(f"{base(house)}nuevo/").content.decode()
    assert all(f"?cifra={each.key}" in shown for each in metrics())
    by_hand = browser.get(f"{base(house)}nuevo/?cifra=a-mano").context["form"]
    assert "statistic" not in by_hand.fields and "unit" in by_hand.fields
    assert not by_hand.dimensions


@pytest.mark.parametrize("asked", ["cifra=nada", "cifra=", "cifra=cases.received&n=²&unidad=²&estadistica=x"])
def test_odd_beginnings_end_in_a_page(house, asked):
    assert keeper(house).get(f"{base(house)}nuevo/?{asked}").status_code in (200, 404)


def test_a_statistic_that_the_figure_has_not_is_refused_beside_its_field(house):
    told = keeper(house).post(f"{base(house)}nuevo/", {**FORM, "statistic": "stock"})
    assert told.status_code == 422 and not Indicator.objects.filter(name=FORM["name"]).exists()


def test_parts_that_hold_nothing_are_folded_and_others_stand_open(house, answered):
    browser = keeper(house)
    row = indicator(house, filters={"unit": [str(house.units["obras"])]})
    new = browser.get(f"{base(house)}nuevo/?cifra=cases.received").content.decode()
    assert new.count('<details class="siac-part">') == 2
    change = browser.get(f"{base(house)}{row.pk}/cambiar/").content.decode()
    assert change.count('<details class="siac-part" open>') == 1
