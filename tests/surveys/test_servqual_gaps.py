# SPDX-License-Identifier: EUPL-1.2
"""The page of gaps: table, drawing, own weights, and nothing of few."""

from datetime import date

import pytest

from siac.accounts.public import Role
from siac.surveys.domain.interchange import dump
from siac.surveys.domain.servqual import pairs
from siac.surveys.models import SurveyAnswer
from siac.surveys.ready import MODELS
from tests.sql_counts import at_most
from tests.surveys.conftest import make_survey
from tests.words import words

pytestmark = pytest.mark.django_db
SERVQUAL = MODELS["servqual"].questionnaire
DAYS = {"periodo": "2026-08"}


@pytest.fixture
def asked(house):
    return make_survey(house, name="Servqual", questionnaire=dump(SERVQUAL))


def answer(house, survey, n: int, perceived: int = 4) -> None:
    """Let people expect seven of everything and receive less."""
    said = {"orden": [pair.name for pair in pairs(SERVQUAL)]}
    for pair in pairs(SERVQUAL):
        said[pair.expected.code] = dict.fromkeys(pair.expected.lines, "7")
        said[pair.perceived.code] = dict.fromkeys(pair.perceived.lines, str(perceived))
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            id=2**40 + number, institution=house.institution, survey=survey, version=1, way="link",
            answered_on=date(2026, 8, 10), is_complete=True, is_settled=True, answers=said,
        )
        for number in range(n)
    )  # fmt: skip


def page(house, survey, role=Role.AUTHORITY, **query):
    address = f"/{house.slug}/gestion/encuestas/{survey.pk}/brechas/"
    return house.client(role).get(address, {**DAYS, **query})


def test_gaps_are_told_with_their_weights_and_a_drawing_that_needs_no_colour(house, asked):
    answer(house, asked, 5)
    reader = house.client(Role.AUTHORITY)
    address = f"/{house.slug}/gestion/encuestas/{asked.pk}/brechas/"
    reader.get(address, DAYS)  # what changes seldom is kept from now on
    with at_most(12):
        shown = reader.get(address, DAYS)
    text = words(shown)
    assert "-3,00 puntos de brecha" in text
    assert "Lo que se ve 7,00 4,00 -3,00 33,3 5" in text
    assert "Mejorar primero" in text and "Los pesos salen del orden que dieron 5 personas" in text
    assert (
        'role="img" aria-label="' in shown.content.decode() and "importancia 33,3" in shown.content.decode()
    )


def test_of_fewer_than_five_nothing_is_told(house, asked):
    answer(house, asked, 4)
    text = words(page(house, asked))
    assert "Pocas" in text and "puntos de brecha" not in text and "7,00" not in text
    handed = b"".join(page(house, asked, formato="csv").streaming_content).decode()
    assert "Pocas" in handed and "7" not in handed.split("Lo que se ve")[1].splitlines()[0]


def test_own_weights_must_sum_to_a_hundred(house, asked):
    answer(house, asked, 5)
    codes = [pair.code for pair in pairs(SERVQUAL)]
    own = {f"peso_{code}": "20" for code in codes}
    assert "Los pesos son los que usted escribió." in words(page(house, asked, **own))
    folded = '<details class="govuk-details"'
    assert f"{folded}>" in page(house, asked).content.decode()
    wrong = page(house, asked, **{**own, f"peso_{codes[0]}": "30"})
    assert f"{folded} open>" in wrong.content.decode(), "what is wrong is not hidden"
    assert wrong.status_code == 422 and "Los pesos suman 110" in words(wrong)
    for typed in ("²", "-1", "101", "1e9"):
        assert page(house, asked, **{**own, f"peso_{codes[0]}": typed}).status_code == 422


def test_a_survey_without_dimensions_and_one_of_another_body_have_no_gaps(house, other_house, asked, survey):
    assert page(house, survey).status_code == 404
    assert page(other_house, asked).status_code == 404
    assert page(house, asked, Role.FRONT_DESK).status_code == 403
    listed = house.client(Role.AUTHORITY).get(f"/{house.slug}/gestion/encuestas/{asked.pk}/")
    assert "Brechas por dimensión" in words(listed)


def test_the_list_shows_the_period_that_is_read(house, asked):
    answer(house, asked, 5)
    for part in ("brechas", "resultados"):
        shown = house.client(Role.AUTHORITY).get(f"/{house.slug}/gestion/encuestas/{asked.pk}/{part}/")
        assert " ".join(shown.content.decode().split()).count('value="2026-T3" selected') == 1
