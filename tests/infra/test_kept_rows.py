# SPDX-License-Identifier: EUPL-1.2
"""Rows read by a kept statement are those that Django reads."""

import pytest
from django.db import connection

from siac.cases.models import Case, CaseText
from siac.cases.public import CaseKind
from siac.clocks.public import Clock
from siac.infra.counting import counted, ready_counts
from siac.infra.kept_rows import KeptRows
from tests.factories import file
from tests.sql_counts import exactly

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


@pytest.mark.parametrize("model", [Case, CaseText, CaseKind, Clock])
def test_every_field_comes_as_django_gives_it(house, model):
    file(house, subject="100 % de «ñandú», 'comillas' y \\\\ barras", body="línea\n%s %(uno)s")
    names = [field.attname for field in model._meta.concrete_fields]
    rows = model.objects.order_by("pk")
    found = KeptRows(rows, names).read()
    assert found
    assert [tuple(row) for row in found] == list(rows.values_list(*names))


def test_what_is_filed_later_is_there_and_a_percent_in_a_value_is_one(house):
    rows = Case.objects.filter(text__subject__contains="5 % más").order_by("pk")
    kept = KeptRows(rows, ["pk", "text__subject"])
    assert kept.read() == []
    case = file(house, subject="Un 5 % más")
    assert [(row.pk, row.text__subject) for row in kept.read()] == [(case.pk, "Un 5 % más")]


def test_a_list_that_cannot_hold_anything_asks_for_nothing():
    with exactly(0):
        assert KeptRows(Case.objects.filter(pk__in=[]), ["pk"]).read() == []


def test_a_statement_that_is_read_again_is_not_planned_again(house):
    kept = KeptRows(Case.objects.filter(institution=house.institution), ["pk"])
    counts = ready_counts({"all": Case.objects.filter(institution=house.institution)})
    for _ in range(3):
        kept.read()
        counted(counts)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement LIKE %s",
            [f"%{Case._meta.db_table}%institution_id%= {house.institution.pk}%"],
        )
        assert cursor.fetchall() == [(3, 0), (3, 0)]
