# SPDX-License-Identifier: EUPL-1.2
"""The benchmark follows the code it measures: it runs now and then, and nobody else would tell."""

from importlib import import_module
from itertools import islice
from pkgutil import iter_modules

import pytest
from django.db import connection
from django.utils import timezone

import benchmarks
from benchmarks.measuring import database_time
from benchmarks.visits import _as, _kind, _plan
from benchmarks.webhooks import told_a_second
from siac.accounts.public import Role
from tests.factories import file


@pytest.mark.parametrize("name", [module.name for module in iter_modules(benchmarks.__path__)])
def test_every_part_finds_what_it_uses(name):
    if name != "__main__":
        assert import_module(f"benchmarks.{name}").__doc__


@pytest.mark.django_db
def test_what_the_database_works_is_counted():
    begun = database_time()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM generate_series(1, 500000)")
    took = database_time() - begun
    assert 0.005 < took < 5


@pytest.mark.django_db
def test_pages_are_visited_by_their_links_and_show_their_longest_statement(house):
    case = file(house, unit_id=house.units["obras"])
    found = list(islice(_as(house.institution, Role.AUDITOR), 160))
    by_name = {visit.name: visit for visit in found}
    assert {"workspace:cases:list", "workspace:cases:case", "portal:home"} <= set(by_name)
    assert case.folio in by_name["workspace:cases:case"].address
    assert by_name["workspace:cases:list"].sql > 3
    assert any("rows=" in line for line in _plan(by_name["workspace:cases:list"].slowest))


def test_addresses_alike_are_visited_once():
    assert _kind("/puerto/gestion/solicitudes/?vista=mias&q=uno") == _kind(
        "/p/gestion/solicitudes/?q=dos&vista=mias"
    )
    assert _kind("/puerto/gestion/solicitudes/?vista=mias") != _kind(
        "/puerto/gestion/solicitudes/?vista=todas"
    )
    assert _kind("/cuenta/login/") is None
    assert _kind("https://elsewhere.example/") is None


@pytest.mark.django_db
def test_webhooks_are_told_all_of_it(house, monkeypatch):
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "")
    for _ in range(3):
        file(house, now=timezone.now())
    (line,) = told_a_second(house.institution)
    assert "(3 messages)" in line
