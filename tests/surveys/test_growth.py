# SPDX-License-Identifier: EUPL-1.2
"""From the answers of two measurements to the step of the bonus (Ley 20.342)."""

from datetime import date

import pytest

from siac.accounts.public import Role
from siac.surveys.domain.bonus import LEY_20342
from siac.surveys.models import SurveyAnswer
from siac.surveys.workspace.growth import read_steps, steps_text
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


def test_the_steps_are_those_that_are_typed(house, survey):
    measured(survey, BEFORE, good=720, neutral=180, bad=100)
    measured(survey, AFTER, good=730, neutral=173, bad=97)
    said = words(page(house, survey, exige="-100: 1", paga="0: 0\n100: 60"))
    assert "60 % del bono" in said
    wrong = page(house, survey, exige="mucho")
    assert (wrong.status_code, "No se entiende «mucho»" in words(wrong)) == (422, True)
    assert "de menor a mayor" in words(page(house, survey, paga="70: 1\n60: 2"))
    assert page(house, survey, paga="70: NaN").status_code == 422
    assert read_steps(steps_text(LEY_20342.demanded)) == LEY_20342.demanded


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
