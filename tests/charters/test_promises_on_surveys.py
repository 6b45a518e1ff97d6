# SPDX-License-Identifier: EUPL-1.2
"""A promise that rests on a survey is told to whoever answered it, and to whoever reads its results."""

from datetime import timedelta
from decimal import Decimal

import pytest

from siac.accounts.public import Role
from siac.charters.commands.charters import NewCommitment, publish_edition
from siac.indicators.public import save_indicator
from siac.surveys.commands.links import save_link
from tests.factories import NOW, House
from tests.surveys.conftest import make_survey
from tests.words import words

pytestmark = pytest.mark.django_db
TEXT = "Ocho de cada diez personas quedan conformes"


@pytest.fixture(autouse=True)
def now(monkeypatch):
    for page in ("portal", "workspace.results"):
        monkeypatch.setattr(f"siac.surveys.{page}.current_time", lambda: NOW)


def promise_on(house: House, survey_id: int) -> None:
    common = {"institution": house.institution, "actor": house.user(Role.QUALITY_MANAGER), "now": NOW}
    indicator = save_indicator(
        **common, code="conformes", name="Conformes", definition="Con una de las dos notas más altas.",
        metric_key="surveys.top_two", statistic="rate", target=Decimal(80),
        filters={"survey": [str(survey_id)]}, since=house.today() - timedelta(days=200),
    )  # fmt: skip
    publish_edition(
        **common, code="trato", title="Trato", valid_from=house.today() - timedelta(days=9),
        approved_by="Resolución 4",
        commitments=[
            NewCommitment(
                "conformes", TEXT, None, None, Decimal(80), "", 10,
                {"form": "figure", "indicator_id": indicator.pk, "remedy_kind": "none"},
            )
        ],
    )  # fmt: skip
    house.institution.refresh_from_db()


def thanked(house: House, survey) -> str:
    link = save_link(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=NOW, survey=survey,
        kind="link", name="Mesón", point_id=house.point,
    )  # fmt: skip
    return words(house.client().get(f"/{house.slug}/encuesta/{link.token}/gracias/"))


def test_whoever_answered_reads_what_their_answer_counts_for(house):
    survey, other = make_survey(house), make_survey(house, name="Otra")
    promise_on(house, survey.pk)
    assert f"«{TEXT}». Cómo lo cumplimos" in thanked(house, survey)
    assert TEXT not in thanked(house, other)
    page = house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/encuestas/{survey.pk}/resultados/")
    assert f"De esta encuesta sale lo que se promete: {TEXT}" in words(page)


def test_what_is_promised_tomorrow_is_not_told_today(house, monkeypatch):
    survey = make_survey(house)
    promise_on(house, survey.pk)
    before = NOW - timedelta(days=60)
    monkeypatch.setattr("siac.surveys.workspace.results.current_time", lambda: before)
    page = house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/encuestas/{survey.pk}/resultados/")
    assert TEXT not in words(page)
