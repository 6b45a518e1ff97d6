# SPDX-License-Identifier: EUPL-1.2
"""Searching a register with many cases: rare, common and several words, people,
and how the database goes about it.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from siac.accounts.public import Role
from siac.cases import finding
from siac.cases.models import Case
from siac.people.public import PersonData
from tests.factories import file

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]
MANY = """
WITH made AS (
  INSERT INTO cases_case (institution_id, year, number, tracking_code, kind_id, state, channel, filed_at,
    outcome, ending, reviews,
    is_restricted, version, original_number)
  SELECT %s, 2020, g, 'X' || g, %s, 'received', 'web', now(), '', '', 0, false, 1, ''
    FROM generate_series(1, 5000) g
  RETURNING id, institution_id)
INSERT INTO cases_casetext (case_id, institution_id, subject, body, answers, place, salt, search)
SELECT id, institution_id, 'Aviso', 'Aviso', '{}', '', '', to_tsvector('simple', 'avis') FROM made
"""


def subjects(house, text: str, access=None) -> set[str]:
    access = access or house.access(Role.QUALITY_MANAGER)
    cases = finding.found(Case.objects.filter(institution=house.institution), access, text)
    return set(cases.select_related("text").values_list("text__subject", flat=True))


@pytest.fixture
def filed(house):
    ana = PersonData(given_names="Ana", family_names="Farol", email="ana@ejemplo.org")
    file(house, subject="Uno", body="El farol de la plaza no enciende.")
    file(house, subject="Dos", body="El farol gotea sobre la acera.")
    file(house, subject="Tres", body="Un farol con óxido.")
    file(house, subject="Cuatro", body="La acera está rota.", who=ana)
    return house


@pytest.mark.parametrize("rare", [1, 5000])
def test_words_and_people_are_found_alike_whether_the_words_are_rare_or_common(filed, monkeypatch, rare):
    monkeypatch.setattr(finding, "RARE", rare)
    assert subjects(filed, "farol") == {"Uno", "Dos", "Tres", "Cuatro"}  # a surname too
    assert subjects(filed, "óxido") == {"Tres"}
    assert subjects(filed, "farol acera") == {"Dos"}
    assert subjects(filed, "ana farol") == {"Cuatro"}
    assert subjects(filed, "dinosaurio") == set()


def test_looking_up_people_and_words_is_one_statement(filed):
    access = filed.access(Role.QUALITY_MANAGER)
    with CaptureQueriesContext(connection) as captured:
        subjects(filed, "farol", access)
    assert len(captured) == 2


def test_only_the_body_s_own_cases_are_found(filed, other_house):
    file(other_house, subject="Ajeno", body="Otro farol.")
    assert "Ajeno" not in subjects(filed, "farol")


def test_a_rare_word_is_looked_up_in_the_index_of_words(filed):
    with connection.cursor() as cursor:
        cursor.execute(MANY, [filed.institution.pk, filed.kinds["reclamo"].pk])
        cursor.execute("ANALYZE cases_casetext")
    access = filed.access(Role.QUALITY_MANAGER)
    with CaptureQueriesContext(connection) as captured:
        subjects(filed, "óxido", access)
    lookup = captured.captured_queries[0]["sql"]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {lookup}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "cases_text_search" in plan


def test_one_wrong_letter_is_forgiven_where_nothing_else_is_found(filed):
    assert subjects(filed, "ozzido") == set()
    assert subjects(filed, "óxsido") == subjects(filed, "óxdio") == {"Tres"}
    assert subjects(filed, "facera rota") == {"Cuatro"}
    access = filed.access(Role.QUALITY_MANAGER)
    with CaptureQueriesContext(connection) as captured:
        assert subjects(filed, "acera", access) == {"Dos", "Cuatro"}
    assert len(captured) == 2
    with CaptureQueriesContext(connection) as captured:
        subjects(filed, "encidende", access)
    assert len(captured) == 3


def test_a_name_with_one_wrong_letter_finds_the_person(house):
    file(house, subject="Suya", body="Texto.", who=PersonData(given_names="Rosa", family_names="Valenzuela"))
    assert subjects(house, "Balenzuela") == subjects(house, "rosa valensuela") == {"Suya"}


@pytest.mark.parametrize(
    "form",
    [
        "{f}",
        "Folio {f}",
        "folio: {f}",
        "N° {f}",
        "#{f}",
        "{e}",
        " {f}\u200b",
        "#{n}",
        "folio {n}",
        "Solicitud N° {n}",
    ],
)
def test_a_folio_is_found_as_people_write_it(filed, form):
    case = Case.objects.get(text__subject="Tres")
    asked = form.format(f=case.folio, e=case.folio.replace("-", "\u2013"), n=case.number)
    assert subjects(filed, asked) == {"Tres"}


@pytest.mark.parametrize(
    "text",
    [
        "9" * 20_000,
        "#" + "9" * 5_000,
        "a" * 20_000,
        "\u200b" * 5_000,
        "(" * 20_000,
        "& | ! <->",
        "'; --",
        "\x00",
    ],
)
def test_any_text_may_be_asked_for(filed, text):
    assert subjects(filed, text) == set()
