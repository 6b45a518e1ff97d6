# SPDX-License-Identifier: EUPL-1.2
"""Answers become figures the night after, and behind a figure stands how many, never what one said."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from siac.accounts.public import Role
from siac.indicators.figures.cube import count_all, rebuild
from siac.indicators.figures.measuring import measure
from siac.indicators.figures.state import unbuilt
from siac.infra.metrics import Statistic, metric, source
from siac.journal.public import run_consumers
from siac.surveys.commands.answering import settle_answers, take_answer
from siac.surveys.commands.surveys import save_survey
from siac.surveys.doors import Door, door_for
from siac.surveys.models import Way
from tests.factories import NOW, make_house
from tests.surveys.conftest import make_survey
from tests.surveys.test_anonymity import marks_of
from tests.surveys.test_answering import invitation
from tests.words import words

TODAY = date(2026, 9, 7)
SEPTEMBER = (date(2026, 9, 1), date(2026, 9, 30))

pytestmark = pytest.mark.usefixtures("few_answers_are_told")


def said(house, key: str, **how):
    found = measure(house.institution, metric(key), [SEPTEMBER], today=date(2026, 9, 30), **how)
    return found.told().value(metric(key).statistics[0])


@pytest.fixture
def followed(real_commits):
    """A body whose figures follow; four people were asked, two of them answered, and one at a kiosk."""
    house = make_house()
    survey = make_survey(house)
    house.more["survey"] = survey
    run_consumers()  # from now on the journal is followed
    count_all(house.institution, now=NOW)
    for number, mark in enumerate((7, 2, None, None)):
        token = invitation(house, survey, recipient=f"person:{number}").token
        if mark:
            take_answer(door_for(house.institution, token, today=TODAY), 1, {"general": mark}, today=TODAY)
    take_answer(Door(survey, Way.KIOSK, "x", house.point), 1, {"general": 6}, today=TODAY)
    return house


def night(house, days: int = 1) -> None:
    settle_answers(house.institution, now=NOW + timedelta(days=days))
    run_consumers()


def test_answers_are_figures_the_night_after(followed):
    run_consumers()
    assert (said(followed, "surveys.answers"), said(followed, "surveys.net")) == (0, None)
    night(followed)
    assert said(followed, "surveys.answers") == 3
    assert said(followed, "surveys.net") == Decimal("33.3")
    assert said(followed, "surveys.mean") == Decimal("5.0")
    assert (said(followed, "surveys.invited"), said(followed, "surveys.response")) == (4, Decimal("50.0"))
    at_kiosk = measure(followed.institution, metric("surveys.net"), [SEPTEMBER], today=TODAY, by="way")
    assert at_kiosk.told(0, "kiosk").value(Statistic.MEAN) == Decimal("100.0")
    at_point = measure(followed.institution, metric("surveys.answers"), [SEPTEMBER], today=TODAY, by="point")
    assert at_point.told(0, str(followed.point)).value(Statistic.COUNT) == 1


def test_an_invitation_that_is_answered_later_is_counted_then(followed):
    night(followed)
    third = followed.more["survey"]
    token = invitation(followed, third, recipient="person:9").token
    night(followed, 2)
    assert said(followed, "surveys.response") == Decimal("40.0")
    take_answer(door_for(followed.institution, token, today=TODAY), 1, {"general": 7}, today=TODAY)
    night(followed, 3)
    assert said(followed, "surveys.response") == Decimal("60.0")
    assert said(followed, "surveys.answers") == 4


def test_what_figures_write_tells_no_more_of_who_answered(followed):
    night(followed)
    assert len(marks_of("surveys_surveyanswer")) == 1
    assert len(marks_of("surveys_invitation")) == 1, "answered or not, all were written at once"


def test_other_grades_count_everything_anew(followed):
    night(followed)
    body = followed.institution
    save_survey(institution=body, actor=None, now=NOW, survey=followed.more["survey"], good_from=7, bad_to=6)
    body.refresh_from_db()
    assert [each.key for each in unbuilt(body)] == ["surveys"]
    for _ in rebuild(body, source("surveys"), now=NOW):
        continue
    assert said(followed, "surveys.net") == Decimal("-33.3")
    assert unbuilt(body) == []


def test_behind_a_figure_stands_how_many_and_nothing_of_any(followed):
    night(followed)
    reader = followed.client(Role.AUTHORITY)
    page = reader.get(f"/{followed.slug}/gestion/cifras/surveys.net/solicitudes/", {"en": "2026-09-01"})
    assert page.status_code == 200
    assert words(page).count("Respuesta anónima") == 3
    figure = words(reader.get(f"/{followed.slug}/gestion/cifras/surveys.net/", {"en": "2026-09-01"}))
    assert "33,3" in figure and "Ver respuestas" in figure
    assert "La mitad tiene" not in figure, "a good mark counts 100 and a bad one -100"
    asked = reader.get(f"/{followed.slug}/gestion/cifras/surveys.response/", {"en": "2026-09-01"})
    assert "50,0 %" in words(asked) and "2 de 4" in words(asked)
