# SPDX-License-Identifier: EUPL-1.2
"""From the answers of two measurements to the step of the bonus (Ley 20.342)."""

from datetime import date
from decimal import Decimal

import pytest

from siac.accounts.public import Role
from siac.surveys.domain.bonus import LEY_20342, BonusTable, Step, bonus
from siac.surveys.models import SurveyAnswer
from tests.factories import NOW, make_house
from tests.sql_counts import at_most
from tests.surveys.conftest import make_survey
from tests.words import words

pytestmark = pytest.mark.django_db
BEFORE, AFTER = date(2025, 8, 10), date(2026, 8, 10)


@pytest.fixture(autouse=True)
def now(monkeypatch):
    monkeypatch.setattr("siac.surveys.workspace.growth.current_time", lambda: NOW)


def measured(survey, day: date, *, good: int, neutral: int, bad: int) -> None:
    """Let so many answer with a seven, a five and a two."""
    begun = SurveyAnswer.objects.count()
    marks = [7] * good + [5] * neutral + [2] * bad
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            id=begun + number, institution_id=survey.institution_id, survey=survey, version=1,
            answered_on=day, way="link", is_complete=True, is_settled=True, answers={"general": mark},
        )
        for number, mark in enumerate(marks)
    )  # fmt: skip


def page(house, survey, **asked):
    address = f"/{house.slug}/gestion/encuestas/{survey.pk}/crecimiento/"
    return house.client(Role.AUTHORITY).get(address, asked)


def test_two_measurements_lead_to_the_step_of_the_bonus(house, survey):
    """Index 62.0, of which 1.5 points are demanded; 63.3 reaches 86.7 % of that: 85 % is paid."""
    measured(survey, BEFORE, good=720, neutral=180, bad=100)
    measured(survey, AFTER, good=730, neutral=173, bad=97)
    reader = house.client(Role.AUTHORITY)
    address = f"/{house.slug}/gestion/encuestas/{survey.pk}/crecimiento/"
    reader.get(address)
    with at_most(12):
        said = words(reader.get(address))
    assert "1,3 puntos de crecimiento" in said and "De 62,0 (" in said and "a 63,3 (" in said
    assert "85 % del bono" in said and "se exigen 1,5 puntos; se cumplió el 86,7 % de lo exigido" in said
    assert "El cambio cabe en su margen" in said


def test_who_asked_everybody_is_sure_of_any_change(house, survey):
    measured(survey, BEFORE, good=720, neutral=180, bad=100)
    measured(survey, AFTER, good=730, neutral=173, bad=97)
    said = words(page(house, survey, personas="1000", personas2="1000"))
    assert "± 0,0" in said and "El cambio es mayor que su margen" in said


def test_an_index_from_seventy_need_only_be_kept(house, survey):
    measured(survey, BEFORE, good=80, neutral=20, bad=0)
    measured(survey, AFTER, good=80, neutral=20, bad=0)
    assert "100 % del bono Con ese índice anterior basta mantenerlo." in words(page(house, survey))


def steps(name: str, *pairs: tuple[str, str]) -> dict[str, str]:
    """Return the rows of a table as they are sent."""
    return {
        f"{name}-{place}-{key}": value
        for place, pair in enumerate(pairs)
        for key, value in zip(("at_least", "gives"), pair, strict=True)
    }


def test_the_steps_are_those_that_are_typed(house, survey):
    measured(survey, BEFORE, good=720, neutral=180, bad=100)
    measured(survey, AFTER, good=730, neutral=173, bad=97)
    own = steps("exige", ("-100", "1,0")) | steps("paga", ("0", "0"), ("100", "60"))
    assert "60 % del bono" in words(page(house, survey, **own))
    for typed in ("mucho", "NaN", "1e400", "²", "0,0000000000000000000000000000001", "99999999"):
        wrong = page(house, survey, **steps("exige", ("-100", typed)))
        assert (wrong.status_code, "Escriba un número entre" in words(wrong)) == (422, True), typed
    falling = page(house, survey, **steps("paga", ("70", "1"), ("60", "2")))
    assert falling.status_code == 422 and "de menor a mayor" in words(falling)
    assert page(house, survey, **steps("paga", ("70", "1"), ("70", "2"))).status_code == 422


def test_a_step_is_added_and_taken_away_without_asking_anything_else(house, survey):
    address = f"/{house.slug}/gestion/encuestas/{survey.pk}/crecimiento/"
    sent = {**steps("exige", ("-100", "1")), **steps("paga", ("0", "0"), ("90", "100"))}
    reader = house.client(Role.AUTHORITY)
    more = reader.post(address, {**sent, "_fila": "paga add"}).content.decode()
    assert 'name="paga-2-at_least"' in more and 'name="exige-1-at_least"' not in more
    fewer = reader.post(address, {**sent, "_fila": "paga remove 0"}).content.decode()
    assert 'name="paga-1-at_least"' not in fewer


def test_of_a_bonus_however_steep_the_part_reached_is_told():
    steep = BonusTable((Step(Decimal(-100), Decimal("0.01")),), LEY_20342.paid)
    assert bonus(Decimal(100), Decimal(-100), steep).reached == Decimal("-100000.0")
    assert bonus(Decimal(-100), Decimal(100), steep).paid == 100


def test_growth_is_told_of_whole_periods_only_and_none_gives_a_few_away(house, survey):
    """Of the quarter less its other months somebody would know what two people said in July."""
    measured(survey, BEFORE, good=10, neutral=0, bad=0)
    measured(survey, AFTER, good=10, neutral=0, bad=0)
    measured(survey, date(2026, 7, 3), good=0, neutral=0, bad=2)
    for period, told in (("2026-08", True), ("2026-07", False)):
        said = words(page(house, survey, antes="2025-08", ahora=period))
        assert ("puntos de crecimiento" in said) is told, period
    assert page(house, survey, antes="2025-08", ahora="2026-08-10").status_code == 422


def test_nobody_is_asked_to_believe_that_fewer_could_answer_than_did(house, survey):
    measured(survey, BEFORE, good=10, neutral=0, bad=0)
    measured(survey, AFTER, good=10, neutral=0, bad=0)
    wrong = page(house, survey, personas="9", personas2="10")
    assert wrong.status_code == 422
    assert "Respondieron 10: no pueden ser menos personas." in words(wrong)
    assert "puntos de crecimiento" not in words(wrong)


def test_a_measurement_of_few_is_not_told(house, survey):
    measured(survey, BEFORE, good=2, neutral=1, bad=1)
    measured(survey, AFTER, good=9, neutral=1, bad=1)
    said = words(page(house, survey))
    assert "La medición anterior tiene menos de 5 respuestas" in said and "puntos de crecimiento" not in said


def test_elsewhere_there_is_growth_and_no_bonus():
    house = make_house("lima", "PE")
    survey = make_survey(house)
    measured(survey, BEFORE, good=10, neutral=0, bad=0)
    measured(survey, AFTER, good=10, neutral=0, bad=10)
    said = words(page(house, survey))
    assert "-100,0 puntos de crecimiento" in said and "bono" not in said.lower()


def test_a_survey_without_marks_has_no_growth(house):
    raw = {"sections": [{"code": "s", "title": "", "questions": [
        {"code": "x", "label": "¿Vino?", "kind": "yes_no"}]}]}  # fmt: skip
    assert page(house, make_survey(house, questionnaire=raw)).status_code == 404
