# SPDX-License-Identifier: EUPL-1.2
"""Results of a survey: what stands on the page, in its files, and what does not."""

import csv
import io
from datetime import date, timedelta

import pytest
from openpyxl import load_workbook

from siac.accounts.public import Role
from siac.surveys.commands import answering
from siac.surveys.commands.answering import keep_half, settle_answers
from siac.surveys.commands.surveys import save_survey
from siac.surveys.doors import Door
from siac.surveys.models import Survey, SurveyAnswer, Way
from siac.surveys.reading import Wanted, counted, marks_of
from tests.factories import NOW
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
MARKS = (7, 7, 7, 6, 6, 5, 4, 2, 1, 7)
YEAR = Wanted(date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("siac.surveys.workspace.results.current_time", lambda: NOW + timedelta(days=30))


def take_answer(*args, **kwargs) -> None:
    """Take an answer whose night is over."""
    answering.take_answer(*args, **kwargs)
    SurveyAnswer.objects.update(is_settled=True)


@pytest.fixture
def answered(house, survey):
    """Ten answers through a link at a place, and one by telephone; half of them of another month."""
    for number, mark in enumerate(MARKS):
        day = date(2026, 8 if number % 2 else 9, 3)
        answers = {"general": mark, "recomienda": 9}
        if mark <= 5:
            answers |= {"causas": ["El trato"], "contexto": f"=SUMA({number})"}
        take_answer(Door(survey, Way.LINK, "x", house.point), 1, answers, today=day)
    take_answer(Door(survey, Way.PHONE, "x"), 1, {"general": 3}, today=date(2026, 9, 3))
    return survey


def page(house, survey, role=Role.AUTHORITY, path="", **asked):
    return house.client(role).get(f"/{house.slug}/gestion/encuestas/{survey.pk}/resultados/{path}", asked)


def test_the_page_says_the_index_its_margin_and_each_question(house, answered):
    reader = house.client(Role.AUTHORITY)
    address = f"/{house.slug}/gestion/encuestas/{answered.pk}/resultados/"
    reader.get(address)
    with at_most(12):
        shown = reader.get(address)
    said = words(shown)
    assert "11 respuestas" in said
    # 6 good (7 7 7 6 6 7), 4 bad (4 2 1 3), of 11.
    assert "18,2 ± 51,2, de 11" in said
    assert "Lo más respondido: 7 (36,4 %)." in said
    assert "Lo más respondido: El trato" not in said, "four answers are fewer than five"
    assert said.count("Menos de 5 respuestas, o se sabrían por diferencia: no se muestra.") == 3
    assert "Julio a septiembre de 2026: 11 respuestas." in said


def test_a_group_that_is_too_small_is_not_told_nor_what_would_tell_it(house, answered):
    said = words(page(house, answered))
    assert "Satisfacción neta por canal" in said
    charts = page(house, answered).context["groups"]
    ways = next(each for each in charts if each.heads[0] == "Canal")
    assert [(row.label, row.value) for row in ways.rows] == [("Enlace o QR", None), ("Teléfono", None)]
    months = next(each for each in charts if each.heads[0] == "Mes")
    assert [row.label for row in months.rows] == ["agosto de 2026", "septiembre de 2026"]


def test_the_answers_are_narrowed_to_a_period_or_one_group_of_a_quarter(house, answered):
    assert "Septiembre de 2026: 6 respuestas" in words(page(house, answered, periodo="2026-09"))
    # One by telephone is too few, and with it the rest would be known.
    for group in ("way:phone", "way:link"):
        said = words(page(house, answered, periodo="2026-T3", corte=group))
        assert "No se muestra." in said and "respuestas." not in said and "18,2" not in said
    for _ in range(5):
        take_answer(Door(answered, Way.PHONE, "x"), 1, {"general": 3}, today=date(2026, 9, 3))
    assert "10 respuestas" in words(page(house, answered, periodo="2026-T3", corte="way:link"))
    assert "6 respuestas" in words(page(house, answered, periodo="2026-T3", corte="point:0"))
    assert "10 respuestas" in words(page(house, answered, periodo="2026-T3", corte=f"point:{house.point}"))


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"periodo": "2026-09", "corte": "way:link"}, "solo de un trimestre entero"),
        ({"periodo": "2026-10"}, "Escoja una opción válida"),
        ({"periodo": "2026-T9²"}, "Escoja una opción válida"),
        ({"corte": "point:²"}, "Escoja una opción válida"),
        ({"corte": "point:999999999999999999999"}, "Escoja una opción válida"),
    ],
)
def test_what_cannot_be_asked_for_is_told(house, answered, asked, said):
    """A month that is not over, or a group of a month, could be held against another page."""
    wrong = page(house, answered, **asked)
    assert (wrong.status_code, said in words(wrong)) == (422, True)


def test_of_a_month_that_is_not_over_nothing_is_told(house, survey):
    for _ in range(9):
        take_answer(Door(survey, Way.LINK, "x"), 1, {"general": 7}, today=date(2026, 10, 2))
    shown = page(house, survey)
    assert "Todavía no hay un mes terminado con respuestas." in words(shown)
    browser = house.client(Role.QUALITY_MANAGER)
    url = f"/{house.slug}/gestion/encuestas/{survey.pk}/resultados/"
    assert browser.get(f"{url}respuestas.csv").status_code == 302
    assert b"".join(browser.get(f"{url}?formato=csv")).count(b"\n") == 1


def test_a_month_of_few_is_not_known_from_its_quarter_and_the_other_months(house, answered):
    """July has two: told beside August and September, the quarter would tell of them."""
    for mark in (1, 1):
        take_answer(Door(answered, Way.LINK, "x"), 1, {"general": mark}, today=date(2026, 7, 3))
    assert "13 respuestas" in words(page(house, answered, periodo="2026-T3"))
    assert "No se muestra." in words(page(house, answered, periodo="2026-07"))
    assert "5 respuestas" in words(page(house, answered, periodo="2026-08")), "it was told in September"
    assert "No se muestra." in words(page(house, answered, periodo="2026-09")), "the last beside it"
    trend = next(each for each in page(house, answered).context["groups"] if each.heads[0] == "Mes")
    assert [row.value is None for row in trend.rows] == [True, False, True]


def test_a_question_few_answered_in_a_month_is_not_known_from_its_quarter(house, answered):
    for day, count in ((date(2026, 8, 5), 6), (date(2026, 9, 5), 2)):
        for _ in range(count):
            take_answer(Door(answered, Way.LINK, "x"), 1, {"general": 5, "causas": ["El trato"]}, today=day)
    hidden = {
        period: {
            each.question.code: each.hidden
            for each, _ in page(house, answered, periodo=period).context["questions"]
        }
        for period in ("2026-T3", "2026-08", "2026-09")
    }  # fmt: skip
    assert not hidden["2026-08"]["causas"], "it was told before September ended"
    assert hidden["2026-T3"]["causas"] and hidden["2026-09"]["causas"]
    assert not hidden["2026-08"]["general"]


def test_the_table_is_that_of_the_page(house, answered):
    rows = list(csv.reader(io.StringIO(
        b"".join(page(house, answered, formato="csv")).decode("utf-8-sig")), delimiter=";"))  # fmt: skip
    assert rows[0] == ["Pregunta", "Se responde con", "Respuesta", "Cuántas", "Por ciento"]
    assert [
        "¿Qué nota le pone a la atención que recibió?",
        "Nota de 1 a 7",
        "Satisfacción neta",
        "11",
        "18.2",
    ] in rows
    assert ["¿Qué falló?", "Varias opciones", "Menos respuestas que el mínimo", "", ""] in rows
    sheet = load_workbook(io.BytesIO(page(house, answered, formato="xlsx").content)).active
    assert sheet.max_row == len(rows)


def test_every_answer_is_handed_to_quality_united_by_question(house, answered):
    raw = {**answered.questionnaire}
    raw["sections"] = [*raw["sections"], {"code": "n", "title": "", "questions": [
        {"code": "nueva", "label": "¿Otra?", "kind": "yes_no"}]}]  # fmt: skip
    save_survey(institution=house.institution, actor=None, now=NOW, survey=answered, questionnaire=raw)
    take_answer(Door(answered, Way.LINK, "x"), 2, {"general": 7, "nueva": "no"}, today=date(2026, 9, 4))
    for _ in range(5):
        take_answer(Door(answered, Way.LINK, "x"), 2, {"general": 1, "nueva": "yes"}, today=date(2026, 9, 4))
    assert page(house, answered, path="respuestas.csv").status_code == 403
    response = page(house, answered, Role.QUALITY_MANAGER, "respuestas.csv", periodo="2026-T3")
    assert "respuestas-tras-la-atencion-2026-T3" in response["Content-Disposition"]
    rows = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig")), delimiter=";"))
    assert rows[0][0] == "Versión" and "Día" not in rows[0] and "Punto de atención" not in rows[0]
    assert rows[0][-1] == "¿Otra?", "six answered it in one month"
    assert len(rows) == 18
    assert {row[-1] for row in rows[1:]} == {"", "No", "Sí"}, "words, not codes"
    assert not any("SUMA" in cell for row in rows for cell in row), "four wrote a text: too few"


def test_no_text_that_is_handed_out_runs_as_a_formula(house, answered):
    Survey.objects.filter(pk=answered.pk).update(least=1)
    response = page(house, answered, Role.QUALITY_MANAGER, "respuestas.csv", periodo="2026-T3")
    rows = list(csv.reader(io.StringIO(b"".join(response).decode("utf-8-sig")), delimiter=";"))
    assert any("'=SUMA" in cell for row in rows for cell in row)


@pytest.mark.parametrize("path", ["respuestas.csv", "textos/contexto/"])
def test_single_answers_are_handed_out_of_whole_periods_only(house, answered, path):
    """A list of those by link, laid beside the list of all, has every text with the way it came."""
    for asked in ({"periodo": "2026-T3", "corte": "way:link"}, {"periodo": "2026-09-03"}):
        back = page(house, answered, Role.QUALITY_MANAGER, path, **asked)
        assert (back.status_code, back["Location"].endswith("/resultados/")) == (302, True), asked
    assert page(house, answered, Role.QUALITY_MANAGER, path, periodo="2026-T3").status_code == 200


def test_texts_are_read_in_no_order_where_enough_wrote(house, answered):
    assert "Menos de 5 respuestas" in words(page(house, answered, path="textos/contexto/"))
    Survey.objects.filter(pk=answered.pk).update(least=1)
    shown = page(house, answered, path="textos/contexto/")
    assert shown.content.decode().count("data-row") == 4
    assert page(house, answered, path="textos/general/").status_code == 404


def test_partial_answers_are_told_beside_and_counted_nowhere(house, answered):
    before = words(page(house, answered))
    keep_half(Door(answered, Way.LINK, "x"), "k", 1, {"general": 1}, today=date(2026, 8, 1))
    settle_answers(house.institution, now=NOW)
    shown = words(page(house, answered))
    assert "11 respuestas, y 1 a medias, que no se cuenta." in shown
    assert "18,2 ± 51,2, de 11" in before and "18,2 ± 51,2, de 11" in shown


def test_reading_costs_the_same_for_any_number_of_answers(house, answered):
    with at_most(3):
        few = counted(answered, answered.asked, YEAR)
    assert few.counts["general"]["7"] == 4
    with at_most(1):
        assert sum(marks_of(answered, "general", YEAR).by_way["link"].values()) == 10
    for _ in range(50):
        take_answer(Door(answered, Way.KIOSK, "x"), 1, {"general": 7}, today=date(2026, 9, 3))
    with at_most(3):
        assert counted(answered, answered.asked, YEAR).n == 61


def test_a_survey_without_marks_has_results_without_an_index(house):
    raw = {"sections": [{"code": "s", "title": "", "questions": [
        {"code": "x", "label": "¿Vino?", "kind": "yes_no"}]}]}  # fmt: skip
    row = save_survey(
        institution=house.institution, actor=None, now=NOW, name="N", title="N", questionnaire=raw
    )
    for _ in range(5):
        take_answer(Door(row, Way.LINK, "x"), 1, {"x": "yes"}, today=date(2026, 9, 3))
    said = words(page(house, row))
    assert "Satisfacción neta" not in said and "Lo más respondido: Sí (100,0 %)." in said


def test_what_was_answered_today_is_read_by_nobody(house, answered):
    """A page opened before and after somebody leaves the screen would tell what they answered."""
    answering.take_answer(Door(answered, Way.KIOSK, "x"), 1, {"general": 1}, today=date(2026, 9, 4))
    wanted = Wanted(date(2026, 9, 1), date(2026, 9, 30))
    assert counted(answered, answered.asked, wanted).n == 6


def test_too_few_answers_are_not_handed_out_one_by_one(house, answered):
    browser = house.client(Role.QUALITY_MANAGER)
    url = f"/{house.slug}/gestion/encuestas/{answered.pk}/resultados/respuestas.csv"
    save_survey(institution=house.institution, actor=None, now=NOW, survey=answered, least=7)
    few = browser.get(url, {"periodo": "2026-09"}, follow=True)
    assert "no se entregan una por una" in few.content.decode()
