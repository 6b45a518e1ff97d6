# SPDX-License-Identifier: EUPL-1.2
"""The pages of figures: every number says what it counts, of when, and opens exactly that."""

import csv
import io
import re
from datetime import date

import pytest
from openpyxl import load_workbook

from siac.accounts.public import Role
from siac.cases.models import Case, CaseFact
from siac.indicators.commands.cube import recount
from siac.indicators.public import count_all
from siac.infra.metrics import metrics, source
from tests.factories import NOW, file, make_house
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
SEPTEMBER = {"en": "2026-09-01"}
BASE = "gestion/cifras/"


@pytest.fixture
def manager(counted, monkeypatch):
    """The quality manager of the body whose facts were worked out by hand, in October."""
    monkeypatch.setattr("siac.indicators.workspace.current_time", lambda: NOW.replace(month=10, day=15))
    return counted.client(Role.QUALITY_MANAGER)


def ask(client, house, path: str = "", **asked: str):
    """Return the page at a path under «Cifras»."""
    return client.get(f"/{house.slug}/{BASE}{path}", asked)


def test_every_metric_stands_in_its_family_with_its_change(manager, counted):
    page = ask(manager, counted, **SEPTEMBER)
    assert page.status_code == 200
    families = [name for name, _ in page.context["families"]]
    assert families == ["Satisfacción", "Cobertura", "Oportunidad", "Eficiencia"]
    lines = [line for _, lines in page.context["families"] for line in lines]
    assert sorted(line.metric.key for line in lines) == [each.key for each in metrics()]
    shown = words(page)
    assert "Septiembre de 2026 . Antes: del 1 al 31 de agosto de 2026." in shown
    (received,) = (line for line in lines if line.metric.key == "cases.received")
    assert (received.value, received.earlier, received.change, received.verdict) == ("9", "1", "8 más", "")
