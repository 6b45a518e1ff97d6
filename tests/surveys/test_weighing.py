# SPDX-License-Identifier: EUPL-1.2
"""The page that weights answers: plain and weighted side by side, and no group of few."""

from datetime import date

import pytest

from siac.accounts.public import Role
from siac.surveys.models import SurveyAnswer
from tests.sql_counts import at_most
from tests.surveys.conftest import make_survey
from tests.words import words

pytestmark = pytest.mark.django_db
RAW = {
    "sections": [{"code": "s", "title": "", "questions": [
        {"code": "nota", "label": "Nota", "kind": "scale7"},
        {"code": "vino", "label": "¿Vino?", "kind": "single", "options": ["En persona", "Por la web"]},
    ]}],
}  # fmt: skip
TWO = (("En persona", 7, 60), ("En persona", 5, 10), ("En persona", 2, 10), ("Por la web", 7, 5),
       ("Por la web", 2, 15))  # fmt: skip
HALVES = {"parte_0": "50", "parte_1": "50"}


@pytest.fixture
def asked(house):
    return make_survey(house, name="Por grupos", questionnaire=RAW)


def answered(survey, rows, day=date(2026, 5, 10)) -> None:
    begun = SurveyAnswer.objects.count()
    told = [(vino, mark) for vino, mark, n in rows for _ in range(n)]
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            id=begun + number, institution_id=survey.institution_id, survey=survey, version=1,
            answered_on=day, way="link", is_complete=True, is_settled=True,
            answers={"nota": mark, **({"vino": vino} if vino else {})},
        )
        for number, (vino, mark) in enumerate(told)
    )  # fmt: skip


def page(house, survey, role=Role.AUTHORITY, **query):
    return house.client(role).get(f"/{house.slug}/gestion/encuestas/{survey.pk}/ponderar/", query)


def test_the_weighted_net_stands_beside_the_plain_one(house, asked):
    answered(asked, TWO)
    text = words(page(house, asked))
    assert "40,0 sin ponderar" in text and "ponderada, ±" not in text
    reader, address = house.client(Role.AUTHORITY), f"/{house.slug}/gestion/encuestas/{asked.pk}/ponderar/"
    with at_most(12):
        text = words(reader.get(address, HALVES))
    assert "40,0 sin ponderar" in text and "6,3 ponderada" in text
    assert "valen lo que 64,0 respuestas" in text
    assert "En persona 80 80,0 % 50,0 % 0,625" in text and "Por la web 20 20,0 % 50,0 % 2,500" in text


def test_of_a_group_of_few_nothing_is_weighed(house, asked):
    answered(asked, (*TWO[:3], ("Por la web", 7, 4)))
    for query in ({}, {"parte_0": "0", "parte_1": "100"}):
        text = words(page(house, asked, **query))
        assert "No se pondera." in text and "sin ponderar" not in text and "Por la web 4" not in text


def test_those_who_left_the_question_out_are_not_given_away_either(house, asked):
    answered(asked, (*TWO, ("", 2, 2)))
    assert "No se pondera." in words(page(house, asked, **HALVES))


def test_only_whole_quarters_are_weighed(house, asked):
    answered(asked, TWO)
    answered(asked, TWO, date(2026, 8, 3))
    for period in ("2026-05", "2026", "2026-T9", "0001-T1"):
        assert page(house, asked, periodo=period, **HALVES).status_code == 422


@pytest.mark.parametrize("typed", ["²", "-1", "101", "NaN", "1e9", "33,333"])
def test_shares_that_are_none_are_refused(house, asked, typed):
    answered(asked, TWO)
    shown = page(house, asked, parte_0=typed, parte_1="50")
    assert shown.status_code == 422 and "ponderada, ±" not in words(shown)


def test_shares_sum_to_a_hundred_and_nobody_is_not_somebody(house, asked):
    answered(asked, TWO)
    wrong = page(house, asked, parte_0="50", parte_1="49,5")
    assert wrong.status_code == 422 and "suman 99,5" in words(wrong)
    third = {"sections": [{**RAW["sections"][0], "questions": [
        RAW["sections"][0]["questions"][0],
        {**RAW["sections"][0]["questions"][1], "options": ["En persona", "Por la web", "Por carta"]},
    ]}]}  # fmt: skip
    other = make_survey(house, name="De tres", questionnaire=third)
    answered(other, TWO)
    none = page(house, other, parte_0="50", parte_1="40", parte_2="10")
    assert none.status_code == 422 and "Nadie respondió «Por carta»" in words(none)


def test_only_readers_of_the_body_weigh(house, other_house, asked):
    assert page(other_house, asked).status_code == 404
    assert page(house, asked, Role.FRONT_DESK).status_code == 403
