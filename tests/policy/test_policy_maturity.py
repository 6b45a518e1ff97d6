# SPDX-License-Identifier: EUPL-1.2
"""The way from charters to an award is proven by rows; living links say when somebody has to look at them."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.urls import reverse

from siac.accounts.public import Role
from siac.charters.models import Certification
from siac.kernel.errors import Refused
from siac.organizations.public import access_in
from siac.policy.commands.living import check_reference, save_achievement, save_reference
from siac.policy.domain.maturity import Level
from siac.policy.maturity import maturity
from siac.policy.models import Reference
from siac.policy.tiles import LINKS
from tests.factories import NOW
from tests.policy.writing_it import K, common
from tests.sql_counts import at_most
from tests.words import words

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def url(house, name, *args):
    return reverse(f"workspace:policy:{name}", args=[house.slug, *args])


def linked(house, **more) -> Reference:
    fields = {"area": "planning", "name": "Plan estratégico", "document": "Res. 4", "every_months": 6}
    return save_reference(**common(house), **{**fields, "unit_id": house.units["oirs"], **more})


def reached(house, today) -> dict[Level, int]:
    return {each.step.level: len(each.proofs) for each in maturity(house.institution, today)}


def test_each_step_is_proven_by_rows_on_a_day(house):
    today = house.institution.local_date(NOW)
    nothing = {Level.CERTIFIED: 0, Level.ISO_9001: 0, Level.AWARD: 0}
    assert reached(house, today) == {Level.CHARTERS: 1, **nothing}
    charter = house.commitment.edition.charter
    for number, norm in (("1", "UNE 93200"), ("2", "ISO 9001:2015")):
        Certification.objects.create(
            institution=house.institution, charter=charter, certifier="Una casa", norm=norm, number=number,
            scope="Todo", valid_from=today, valid_to=today + DAY, saved_at=NOW,
        )  # fmt: skip
    save_achievement(**common(house), level="award", name="Premio", giver="Una red", since=today, until=today)
    assert reached(house, today) == {Level.CHARTERS: 1, Level.CERTIFIED: 2, Level.ISO_9001: 1, Level.AWARD: 1}
    assert reached(house, today + DAY)[Level.AWARD] == 0
    assert reached(house, today + 2 * DAY) == {Level.CHARTERS: 1, **nothing}
    assert reached(house, today - DAY) == {Level.CHARTERS: 1, **nothing}


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"name": " "}, "reference_name"),
        ({"document": ""}, "reference_nowhere"),
        ({"unit_id": 999}, "unit_unknown"),
        ({"responsible_id": 999}, "reference_person"),
    ],
)
def test_a_link_leads_somewhere_and_somebody_answers_for_it(house, changes, refused):
    with pytest.raises(Refused, match=refused):
        linked(house, **changes)


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"giver": " "}, "achievement_empty"),
        ({"until": date(2025, 1, 1)}, "achievement_days"),
    ],
)
def test_an_achievement_says_by_whom_and_ends_after_it_began(house, changes, refused):
    fields = {"level": "award", "name": "Premio", "giver": "Una red", "since": date(2026, 1, 1), **changes}
    with pytest.raises(Refused, match=refused):
        save_achievement(**common(house), **fields)


def test_a_link_is_looked_at_again_after_its_months(house, client):
    row = linked(house)
    today = house.institution.local_date(NOW)
    assert row.checked_on == today and row.next_check_on > today + timedelta(days=150)
    access = access_in(house.user(K), house.slug)
    due = row.next_check_on
    assert LINKS.counted(access, due - timedelta(days=31))[0].count() == 0
    assert LINKS.counted(access, due - timedelta(days=30))[0].count() == 1
    assert [LINKS.late(access, day).count() for day in (due, due + DAY)] == [0, 1]
    client.force_login(house.user(K))
    Reference.objects.filter(pk=row.pk).update(next_check_on=today - DAY)
    assert "Atrasada" in words(client.get(url(house, "maturity")))
    answer = client.post(url(house, "reference_checked", row.pk), {"version": row.version}, follow=True)
    assert "«Plan estratégico» revisado hoy." in words(answer) and "Atrasada" not in words(answer)
    assert client.post(url(house, "reference_checked", row.pk + 9)).status_code == 404


def test_who_looks_does_not_write_over_what_changed_meanwhile(house):
    row = linked(house)
    linked(house, reference=row, every_months=3)
    with pytest.raises(Refused, match="saved_meanwhile"):
        check_reference(**common(house), reference=row, based_on=1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE policy_referenceversion SET number = 7")


def test_links_and_achievements_are_kept_on_the_page(house, client):
    client.force_login(house.user(K))
    sent = {
        "area": "quality", "name": "Manual de procesos", "url": "javascript:alert(1)", "unit_id": "1",
        "every_months": "12", "is_active": "on",
    }  # fmt: skip
    page = client.post(url(house, "reference_new"), sent | {"unit_id": house.units["oirs"]})
    assert page.status_code == 422 and "Manual de procesos" in page.content.decode()
    sent |= {"url": "https://intranet.example.cl/manual", "unit_id": house.units["oirs"]}
    assert client.post(url(house, "reference_new"), sent).status_code == 302
    given = {
        "level": "iso_9001", "name": "ISO 9001 de atención", "giver": "Una casa", "since_day": "1",
        "since_month": "1", "since_year": "2026",
    }  # fmt: skip
    assert client.post(url(house, "achievement_new"), given).status_code == 302
    told = words(client.get(url(house, "maturity")))
    for said in ("Manual de procesos", "ISO 9001 de atención, Una casa", "Alcanzado", "Lo que sigue"):
        assert said in told
    row = Reference.objects.get()
    old = {**sent, "name": "Otro", "based_on": row.version}
    assert client.post(url(house, "reference", row.pk), old).status_code == 302
    page = client.post(url(house, "reference", row.pk), old | {"name": "Tercero"})
    assert page.status_code == 422 and "Qué es: Manual de procesos" in words(page)


def test_whoever_only_reads_changes_nothing(house, client):
    row = linked(house)
    client.force_login(house.user(Role.COMMUNICATIONS))
    assert "Revisado hoy" not in words(client.get(url(house, "maturity")))
    assert client.get(url(house, "reference", row.pk)).status_code == 403
    assert client.post(url(house, "reference_checked", row.pk)).status_code == 403


def test_the_page_costs_the_same_with_many_links(house, client):
    client.force_login(house.user(K))
    linked(house)
    client.get(url(house, "maturity"))
    with at_most(10):
        client.get(url(house, "maturity"))
    for n in range(25):
        linked(house, name=f"Plan {n}")
    client.get(url(house, "maturity"))
    with at_most(10):
        client.get(url(house, "maturity"))
