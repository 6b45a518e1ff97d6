# SPDX-License-Identifier: EUPL-1.2
"""What programs read beside cases: catalogue, places, indicators, charters and surveys, each for who may."""

import json
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from siac.accounts.public import Role, Scope, create_token
from siac.catalogue.public import save_service
from siac.charters.commands.freezing import freeze_periods
from siac.clocks.public import settle_overdue
from siac.indicators.public import Indicator, IndicatorResult, count_all, freeze_result
from siac.kernel.errors import Refused
from siac.organizations.public import expected_version, part
from siac.surveys.models import SurveyAnswer
from siac.surveys.public import MODELS, dump, save_survey
from tests.factories import NOW, House, answer, file, make_house
from tests.rest.houses import Program
from tests.rest.test_cases import told
from tests.sql_counts import exactly

pytestmark = [pytest.mark.django_db]
DAY = timedelta(days=1)
LATER = NOW + 60 * DAY
PLACES = ("catalogue", "servicepoints", "indicators", "charters", "surveys")


@pytest.fixture(autouse=True)
def _later(monkeypatch):
    for context in PLACES:
        monkeypatch.setattr(f"siac.{context}.rest.current_time", lambda: LATER)


def program(house: House, role: Role = Role.QUALITY_MANAGER, *scopes: Scope) -> Program:
    _, token = create_token(
        institution_id=house.institution.pk, user=house.user(role), scopes=scopes or tuple(Scope),
        name="prueba", now=NOW,
    )  # fmt: skip
    return Program(token)


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/topics", Scope.CATALOGUE_READ),
        ("/services", Scope.CATALOGUE_READ),
        ("/places", Scope.CATALOGUE_READ),
        ("/indicators", Scope.FIGURES_READ),
        ("/charters", Scope.FIGURES_READ),
        ("/surveys", Scope.FIGURES_READ),
    ],
)
def test_each_list_asks_for_its_scope_and_its_body(house, path, scope):
    others = [each for each in Scope if each is not scope]
    told(program(house, Role.QUALITY_MANAGER, *others).get(path), 403)
    own = program(house, Role.QUALITY_MANAGER, scope)
    assert "next" in told(own.get(path), 200)
    told(own.get(path, institution="otra"), 403)
    told(own.get(path, limit=201), 422)
    told(own.get(path, cursor="ñ"), 422, "cursor_invalid")


def test_figures_are_for_those_whose_roles_let_them(house):
    desk = program(house, Role.FRONT_DESK)
    told(desk.get("/indicators"), 403)
    told(desk.get("/surveys"), 403)
    told(desk.get("/charters"), 200)


def test_topics_and_services_are_read_by_pages_without_sql_for_each(house):
    common = {"institution": house.institution, "actor": None, "now": NOW}
    for number in range(5):
        save_service(**common, name=f"Trámite {number}", summary="Para qué sirve.")
    own = program(house)
    seen, cursor = [], ""
    while cursor is not None:
        page = told(own.get("/services", limit=2, cursor=cursor), 200)
        assert len(page["items"]) <= 2
        seen, cursor = seen + [row["code"] for row in page["items"]], page["next"]
    assert len(seen) == len(set(seen)) >= 5 and seen == sorted(seen)
    with exactly(3):  # token, its calls, body: however many services
        told(own.get("/services", limit=200), 200)
    whole = told(own.get(f"/services/{seen[0]}"), 200)
    assert whole["summary"] == "Para qué sirve." and whole["steps"] == []
    told(own.get("/services/ninguno"), 404)
    topics = told(own.get("/topics"), 200)["items"]
    assert {row["id"] for row in topics} == set(house.topics.values())


def test_places_tell_whether_they_are_open_now(house):
    shown = told(program(house).get("/places"), 200)["items"]
    assert shown and all(row["is_open"] in (True, False, None) for row in shown)
    assert {row["code"] for row in shown} and all("hours" in row for row in shown)


def test_what_was_read_is_told_unchanged_and_how_many_calls_are_left(house):
    own = program(house)
    first = own.get("/topics")
    again = own.client.get(
        "/api/v1/topics", headers={"Authorization": f"Bearer {own.token}", "If-None-Match": first["ETag"]}
    )
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert first["RateLimit-Policy"] == '"clave";q=600;w=60'
    left = [int(each["RateLimit"].split("r=")[1].split(";")[0]) for each in (first, again)]
    assert left == [599, 598]
    assert "Authorization" in first["Vary"]


@pytest.fixture
def measured(house) -> House:
    """A body that kept three of six promises, with the periods since frozen."""
    cases = [file(house, unit_id=house.units["obras"]) for _ in range(6)]
    for case in cases[:3]:
        answer(house, case, now=NOW + DAY)
    settle_overdue(NOW + 12 * DAY)
    for case in cases[3:]:
        answer(house, case, now=NOW + 15 * DAY)
    count_all(house.institution, now=NOW + 40 * DAY)
    freeze_periods(house.institution, now=NOW + 40 * DAY)
    return house


def test_charters_tell_what_they_promise_and_how_it_was_kept(measured):
    own = program(measured)
    (charter,) = told(own.get("/charters"), 200)["items"]
    assert charter["commitments"][0]["code"] == measured.commitment.code
    path = f"/charters/{charter['code']}/compliance"
    kept = told(own.get(path, since="2026-09-01"), 200)["items"]
    september = next(row for row in kept if row["first"] == "2026-09-01")
    assert (september["met"], september["total"], september["is_reached"]) == (3, 6, False)
    assert september["given"]["breaches"] >= 1 and not september["is_hidden"]
    told(own.get("/charters/ninguna/compliance"), 404)
    pages, cursor = [], ""
    while cursor is not None:
        page = told(own.get(path, limit=1, cursor=cursor), 200)
        pages, cursor = pages + page["items"], page["next"]
    assert pages[-1] == kept[-1]


def test_what_rests_on_few_is_not_told(measured):
    measured.institution.smallest_group = 7
    measured.institution.save(update_fields=["smallest_group"])
    path = f"/charters/{measured.commitment.edition.charter.code}/compliance"
    rows = told(program(measured).get(path, since="2026-09-01"), 200)["items"]
    row = next(row for row in rows if row["first"] == "2026-09-01")
    assert row["is_hidden"] and (row["met"], row["total"], row["value"], row["given"]) == (None,) * 4


def test_indicators_tell_their_values_by_period_and_hide_few(measured):
    from tests.indicators.test_results import indicator

    row = indicator(measured)
    for first in ("2026-09-01",):
        freeze_result(
            institution=measured.institution, indicator_id=row.pk, first=date.fromisoformat(first),
            actor=None, now=NOW + 40 * DAY,
        )  # fmt: skip
    own = program(measured)
    assert row.code in {each["code"] for each in told(own.get("/indicators"), 200)["items"]}
    (value,) = told(own.get(f"/indicators/{row.code}/values"), 200)["items"]
    frozen = IndicatorResult.objects.get(indicator=row)
    assert (Decimal(value["value"]), value["total"]) == (frozen.value, frozen.total)
    assert told(own.get(f"/indicators/{row.code}/values", first_from="2026-10-01"), 200)["items"] == []
    measured.institution.smallest_group = frozen.total + 1
    measured.institution.save(update_fields=["smallest_group"])
    (hidden,) = told(own.get(f"/indicators/{row.code}/values"), 200)["items"]
    assert hidden["is_hidden"] and (hidden["value"], hidden["total"]) == (None, None)


@pytest.mark.parametrize("n", [3, 12])
def test_surveys_tell_whole_periods_and_nothing_of_few(house, n):
    model = MODELS["short"]
    row = save_survey(
        institution=house.institution, actor=house.user(Role.QUALITY_MANAGER), now=NOW - DAY, name="Breve",
        title=model.title, questionnaire=dump(model.questionnaire),
    )  # fmt: skip
    house.institution.refresh_from_db()
    main = row.asked.main_question.code
    SurveyAnswer.objects.bulk_create(
        SurveyAnswer(
            pk=100 + number, institution=house.institution, survey=row, version=1, answers={main: 7},
            answered_on=NOW.date(), way="link", is_complete=True, is_settled=True,
        )
        for number in range(n)
    )  # fmt: skip
    own = program(house)
    assert row.pk in {each["id"] for each in told(own.get("/surveys"), 200)["items"]}
    month = f"{NOW:%Y-%m}"
    results = told(own.get(f"/surveys/{row.pk}/results", period=month), 200)
    question = next(each for each in results["questions"] if each["code"] == main) if n > 5 else None
    assert results["n"] == (12 if n > 5 else None)
    assert results["questions"] == [] if n < 5 else question["satisfaction"]["n"] == 12
    told(own.get(f"/surveys/{row.pk}/results", period="1999"), 422, "period_unknown")
    told(own.get(f"/surveys/{row.pk}/results", period="x"), 422)
    told(own.get("/surveys/999999/results", period=month), 404)


def test_another_body_reads_nothing_of_these(measured, db):
    other = program(make_house("sur"))
    assert measured.commitment.text  # the first body has promises; the second has its own only
    row = Indicator.objects.filter(institution=measured.institution).first()
    assert row is None or told(other.get(f"/indicators/{row.code}/values"), 404)
    assert json.dumps(told(other.get("/places"), 200)).count(measured.institution.name) == 0


@given(
    st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1), unique=True),
    st.integers(1, 7),
)
def test_pages_of_rows_at_hand_hold_each_once_in_order(keys, limit):
    seen, cursor = [], ""
    while cursor is not None:
        page = part(keys, lambda key: key, cursor=cursor, limit=limit)
        assert len(page["items"]) <= limit
        seen, cursor = seen + page["items"], page["next"]
    assert seen == sorted(keys)


@pytest.mark.parametrize(
    ("said", "version"),
    [(None, None), ("", None), ("*", None), ('"7.ab"', 7), ('W/"7.ab"', 7), ("7", 7), ('"12"', 12)],
)
def test_if_match_says_the_version(said, version):
    assert expected_version(said) == version


@pytest.mark.parametrize("said", ['"ab"', '"-1"', '"٣"', "x" * 50, '"99999999999999"'])
def test_if_match_of_something_else_matches_nothing(said):
    with pytest.raises(Refused, match="if_match_failed"):
        expected_version(said)
