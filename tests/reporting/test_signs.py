# SPDX-License-Identifier: EUPL-1.2
"""Each sign opens exactly the cases it speaks of; a body that works as ever has none."""

from datetime import date
from html import unescape

import pytest

from siac.accounts.public import Role
from siac.cases.models import CaseFact
from siac.indicators.figures.cube import recount
from siac.infra.metrics import source
from siac.reporting.signs.reading import signs
from siac.surveys.models import SurveyAnswer, Wave
from tests.factories import NOW, House, file
from tests.reporting.conftest import DAY
from tests.sql_counts import at_most
from tests.surveys.conftest import make_survey

pytestmark = pytest.mark.django_db
TODAY = date(2026, 9, 7)


def facts(house: House, count: int, unit: str, answered_on: date, **values) -> None:
    for _ in range(count):
        case = file(house, now=NOW - 5 * DAY)
        CaseFact.objects.create(
            case=case, institution=house.institution, kind_id=case.kind_id, channel="web", person="natural",
            audience="citizen", unit_id=house.units[unit], filed_on=answered_on, answered_on=answered_on,
            ended_on=answered_on, **{"days_late": 0, "term_margin": -5, **values},
        )  # fmt: skip


@pytest.fixture
def worked(house) -> House:
    """In spring a crew answers on the last day, another unit answers twelve in one day and reopens five."""
    facts(house, 6, "obras-calle", TODAY - 10 * DAY, term_margin=0)
    facts(house, 6, "obras-calle", TODAY - 200 * DAY)
    facts(house, 12, "juridico", TODAY - 3 * DAY)
    for place in range(4, 9):
        facts(house, 1, "juridico", TODAY - place * DAY, is_reopened=True)
    facts(house, 10, "juridico", TODAY - 150 * DAY)
    for _ in recount(house.institution, source("cases"), now=NOW):
        continue
    return house


def found(house: House):
    return signs(house.institution, today=TODAY, to_things=lambda key, query: f"{key}?{query}")


def test_each_sort_of_sign_names_its_unit_and_what_is_usual_there(worked):
    with at_most(8):
        last_day, masses, reopened, *_ = (each for _, _, each in found(worked))
    assert [(sign.unit, sign.what, sign.usual) for sign in last_day] == [
        ("Cuadrilla de calles", "6 de 6 (100 %)", "0 de 6 (0 %)")
    ]
    assert [(sign.unit, sign.what, sign.usual) for sign in masses] == [
        ("Departamento Jurídico", "12 el 4 de septiembre de 2026", "1 un día usual")
    ]
    assert [(sign.unit, sign.what, sign.usual) for sign in reopened] == [
        ("Departamento Jurídico", "5 de 17 (29 %)", "0 de 10 (0 %)")
    ]


def test_each_opens_as_many_cases_as_it_says(worked, monkeypatch):
    for page in ("reporting.signs", "indicators.figures"):
        monkeypatch.setattr(f"siac.{page}.workspace.current_time", lambda: NOW)
    browser = worked.client(Role.QUALITY_MANAGER)
    shown = browser.get(f"/{worked.slug}/gestion/senales/")
    told = [sign for _, _, each in shown.context["sorts"] for sign in each]
    assert len(told) == 3
    for sign in told:
        rows = browser.get(unescape(sign.url)).content.decode().count("data-row")
        assert rows == int(sign.what.split()[0]), sign


def test_a_body_that_works_as_ever_shows_no_sign(house):
    for place in range(0, 300, 20):
        facts(house, 1, "obras", TODAY - place * DAY)
    for _ in recount(house.institution, source("cases"), now=NOW):
        continue
    assert [each for _, _, each in found(house)] == [[], [], [], [], []]


@pytest.fixture
def crowded(house) -> House:
    """A survey that one person or two answered a day is answered twelve times through its link on one day."""
    survey = make_survey(house)
    days = [TODAY - 3 * DAY] * 12 + [TODAY - place * DAY for place in range(5, 30)]
    ways = ["link"] * len(days) + ["invited"] * 40
    for place, way in enumerate(ways):
        day = days[place] if place < len(days) else TODAY - 4 * DAY
        SurveyAnswer.objects.create(
            institution=house.institution, survey=survey, id=2**40 + place, version=1, answered_on=day,
            counted_on=day, is_complete=True, answers={}, way=way,
        )  # fmt: skip
    for _ in recount(house.institution, source("surveys"), now=NOW):
        continue
    return house


def test_a_day_on_which_anybody_may_have_answered_for_many_is_told(crowded, monkeypatch):
    for page in ("reporting.signs", "indicators.figures"):
        monkeypatch.setattr(f"siac.{page}.workspace.current_time", lambda: NOW)
    (sign,) = found(crowded)[3][2]
    assert (sign.what, sign.usual) == ("12 el 4 de septiembre de 2026, por enlace o QR", "1 un día usual")
    browser = crowded.client(Role.QUALITY_MANAGER)
    (shown,) = browser.get(f"/{crowded.slug}/gestion/senales/").context["sorts"][3][2]
    opened = browser.get(unescape(shown.url)).content.decode()
    assert opened.count("data-row") == 12 and "Respuesta anónima" in opened


@pytest.fixture
def picked(house) -> House:
    """Half of twenty are answered late, and those who were not are the list of a wave."""
    facts(house, 10, "obras", TODAY - 20 * DAY, days_late=4)
    facts(house, 10, "obras", TODAY - 20 * DAY)
    happy = CaseFact.objects.filter(days_late=0).values_list("case__person", flat=True)
    wave = Wave.objects.create(
        institution=house.institution, survey=make_survey(house), name="Contentos", source="Lista",
        population=10, seed=1, drawn=sorted(set(happy)), closes_on=TODAY + 20 * DAY, drawn_on=TODAY - DAY,
    )  # fmt: skip
    assert wave.pk
    return house


def test_a_wave_to_those_who_fared_better_is_told_and_leads_to_it(picked):
    (sign,) = found(picked)[4][2]
    assert sign.unit.endswith(": Contentos") and "/olas/" in sign.url
    assert sign.what == "0 de 10 (0 %) con respuesta tardía"
    assert sign.usual == "10 de 20 (50 %) entre todas"
