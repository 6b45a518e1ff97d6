# SPDX-License-Identifier: EUPL-1.2
"""Searching a register with many cases: rare, common and several words, people, and how the database goes about it."""

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
  INSERT INTO cases_case (institution_id, year, number, tracking_code, kind_id, state, channel, filed_at, outcome, ending, reviews,
    is_restricted, version, original_number)
  SELECT %s, 2020, g, 'X' || g, %s, 'received', 'web', now(), '', '', 0, false, 1, '' FROM generate_series(1, 5000) g
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
