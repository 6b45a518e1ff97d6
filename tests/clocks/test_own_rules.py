# SPDX-License-Identifier: EUPL-1.2
"""A body's own rules: kept in versions, used by kinds and clocks, tried before they are saved."""

from datetime import date, timedelta

import pytest
from django.db import Error, connection, transaction
from django.urls import reverse

from siac.accounts.public import Role
from siac.cases.domain.clock_kinds import LEGAL, STANDARD
from siac.cases.models import CaseKind
from siac.cases.public import save_kind
from siac.clocks.models import Clock, OwnRule
from siac.clocks.public import Amount, Unit, book_for, rule_of, save_own_rule
from siac.kernel.errors import Refused
from tests.factories import NOW, House, file
from tests.words import words

pytestmark = pytest.mark.postgres
BD = Unit.BUSINESS_DAYS


def save(house: House, number: int = 12, **more) -> OwnRule:
    fields = {
        "code": "carta",
        "name": "Plazo de la carta",
        "document": "Resolución 12 de 2024",
        "actor": None,
        "now": NOW,
    }
    row = save_own_rule(institution=house.institution, amount=Amount(number, BD), **{**fields, **more})
    house.institution.refresh_from_db()
    return row


def change(house: House, code: str, **fields) -> CaseKind:
    kind = save_kind(institution=house.institution, actor=None, now=NOW, kind=house.kinds[code], **fields)
    house.institution.refresh_from_db()
    return kind


def test_a_kind_promises_by_an_own_rule_and_its_cases_count_by_that_version(house: House):
    row = save(house)
    change(house, "reclamo", standard_days=None, standard_rule=row.rule_id)
    case = file(house, kind="reclamo")
    clock = Clock.objects.get(subject_id=case.pk, kind=STANDARD)
    assert (clock.rule_id, clock.rule_version, clock.amount, clock.unit) == (row.rule_id, 1, 12, "bd")
    today = house.institution.local_date(NOW)
    save(house, 5, valid_from=today)
    clock.refresh_from_db()
    assert rule_of(clock).amount == Amount(12, BD), "what runs keeps its version"
    later = file(house, kind="reclamo")
    assert Clock.objects.get(subject_id=later.pk, kind=STANDARD).rule_version == 2


def test_within_a_law_it_is_the_legal_term(house: House):
    base = "CL.MUNI"
    row = save(house, 15, code="ordenanza", base_rule=base, document="Ordenanza 3 de 2020")
    change(house, "reclamo", rule_id=row.rule_id)
    case = file(house, kind="reclamo")
    clock = Clock.objects.get(subject_id=case.pk, kind=LEGAL)
    assert (clock.rule_id, clock.amount) == (row.rule_id, 15)
    page = house.client(Role.QUALITY_MANAGER).get(
        reverse("workspace:cases:case", args=[house.slug, case.folio])
    )
    assert "Ordenanza 3 de 2020" in page.content.decode()


def test_what_the_body_only_promises_is_no_legal_term(house: House):
    row = save(house)
    with pytest.raises(Refused, match="kind_rule_without_law"):
        change(house, "reclamo", rule_id=row.rule_id)
    with pytest.raises(Refused, match="kind_standard_not_own"):
        change(house, "reclamo", standard_days=None, standard_rule="CL.SAIP")
    with pytest.raises(Refused, match="kind_one_standard"):
        change(house, "reclamo", standard_days=5, standard_rule=row.rule_id)


def test_the_rule_of_another_body_does_not_exist_here(house: House, other_house: House):
    row = save(other_house)
    with pytest.raises(Refused, match="unknown_rule"):
        change(house, "reclamo", standard_days=None, standard_rule=row.rule_id)


def test_a_further_version_begins_today_or_later_and_its_law_stays(house: House):
    save(house)
    today = house.institution.local_date(NOW)
    for day in (None, today - timedelta(days=1)):
        with pytest.raises(Refused, match="own_rule_from"):
            save(house, 9, valid_from=day)
    save(house, 9, valid_from=today + timedelta(days=5))
    with pytest.raises(Refused, match="own_rule_from"):
        save(house, 8, valid_from=today + timedelta(days=5))
    with pytest.raises(Refused, match="own_rule_base"):
        save(house, 8, base_rule="CL.MUNI", valid_from=today + timedelta(days=9))
    book = book_for(house.institution)
    assert [book.in_force(save(house, 9).rule_id, today + timedelta(days=n)).version for n in (0, 4, 5)] == [
        1,
        1,
        2,
    ]


def test_saving_what_stands_makes_no_version(house: House):
    assert save(house) == save(house)
    assert OwnRule.objects.count() == 1


@pytest.mark.parametrize("base", ["PE.LR", "CL.NADA", "CL.PROC.FIX"])
def test_the_law_behind_must_be_of_the_country_and_open_with_the_filing(house: House, base: str):
    with pytest.raises(Refused, match="own_rule_base"):
        save(house, 3, base_rule=base)


@pytest.mark.parametrize("statement", ["UPDATE clocks_ownrule SET amount = 1", "DELETE FROM clocks_ownrule"])
def test_versions_are_never_rewritten(house: House, statement: str):
    save(house)
    with pytest.raises(Error, match="never rewritten"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


TYPED = {
    "name": "Plazo de la carta",
    "code": "carta",
    "document": "Resolución 12",
    "amount": "12",
    "unit": "bd",
    "base_rule": "",
    "waits": "on",
    "shifts": "on",
    "on_day": "2",
    "on_month": "11",
    "on_year": "2026",
}


def test_the_page_tries_then_saves_and_keeps_what_was_typed(house: House):
    client, url = (
        house.client(Role.QUALITY_MANAGER),
        reverse("workspace:clocks:own_rule_new", args=[house.slug]),
    )
    tried = client.post(url, {**TYPED, "probar": "1"})
    assert tried.status_code == 200 and "Vence el" in tried.content.decode()
    assert not OwnRule.objects.exists(), "a trial saves nothing"
    wrong = client.post(url, {**TYPED, "base_rule": "CL.MUNI", "amount": "45"})
    assert wrong.status_code == 422
    assert (
        "no permite pasar de 30 días hábiles" in wrong.content.decode()
        and 'value="45"' in wrong.content.decode()
    )
    assert client.post(url, TYPED).status_code == 302
    again = client.post(url, TYPED)
    assert again.status_code == 422 and "Ya hay una regla propia con ese código" in again.content.decode()
    page = reverse("workspace:clocks:own_rule", args=[house.slug, "carta"])
    assert "Versión 1" in client.get(page).content.decode()
    newer = {
        **TYPED,
        "amount": "8",
        "valid_from_day": "1",
        "valid_from_month": "1",
        "valid_from_year": "2099",
    }
    assert client.post(page, newer).status_code == 302
    assert OwnRule.objects.get(version=2).valid_from == date(2099, 1, 1)
    listed = client.get(reverse("workspace:clocks:rules", args=[house.slug])).content.decode()
    assert "Plazo de la carta" in listed


def test_only_who_sets_up_calendars_opens_the_pages_and_only_of_their_body(house: House, other_house: House):
    save(house)
    page = reverse("workspace:clocks:own_rule", args=[house.slug, "carta"])
    assert house.client(Role.UNIT_OFFICER).get(page).status_code == 403
    assert other_house.client(Role.QUALITY_MANAGER).get(page).status_code in (403, 404)
    assert house.client(Role.QUALITY_MANAGER).get(page.replace("carta", "otra")).status_code == 404


def test_a_rule_may_be_called_new(house: House):
    save(house, code="nueva")
    page = reverse("workspace:clocks:own_rule", args=[house.slug, "nueva"])
    assert "Versión 1" in house.client(Role.QUALITY_MANAGER).get(page).content.decode()


def test_a_rule_saved_by_somebody_else_meanwhile_is_not_saved_over_unseen(house: House):
    save(house)
    client, today = house.client(Role.QUALITY_MANAGER), house.institution.local_date(NOW)
    page = reverse("workspace:clocks:own_rule", args=[house.slug, "carta"])
    assert 'name="based_on" value="1"' in client.get(page).content.decode()
    begins = {"valid_from_day": "1", "valid_from_month": "1", "valid_from_year": "2099"}
    typed = {**TYPED, **begins, "based_on": "1"}
    save(house, 9, valid_from=today)
    late = client.post(page, {**typed, "amount": "7"})
    assert late.status_code == 422 and 'name="based_on" value="2"' in late.content.decode()
    assert "Lo que se guardó mientras usted editaba Plazo: 12 → cambió a 9" in words(late)
    assert client.post(page, {**typed, "amount": "7", "based_on": "2"}).status_code == 302
    assert OwnRule.objects.filter(code="carta", version=3, amount=7).exists()
    assert "Plazo: 9 → cambió a 7" in words(client.get(page))
