# SPDX-License-Identifier: EUPL-1.2
"""The bodies that tests are made of are whole in all three countries."""

import pytest

from siac.accounts.public import Role
from siac.clocks.public import clocks_of, rule_book
from tests.factories import file, make_house

pytestmark = [pytest.mark.django_db]


@pytest.mark.parametrize("country", ["CL", "PE", "ES"])
def test_a_case_of_every_kind_can_be_filed_in_every_country(country):
    house = make_house(country=country)
    for code, kind in house.kinds.items():
        case = file(house, code)
        clocks = clocks_of(house.institution.pk, "case", [case.pk])
        assert [clock.rule_id for clock in clocks if clock.kind == "legal"] == [kind.rule_id]
        related = rule_book().in_force(kind.rule_id, house.today()).related
        beside = {related[role] for role in ("acknowledgement", "evaluation") if role in related}
        assert {clock.rule_id for clock in clocks if clock.rule_id} == {kind.rule_id} | beside
        assert case.legal_due_on > house.today()


def test_every_role_is_held_by_somebody_who_may_open_the_workspace(house):
    assert set(house.users) == set(Role)
    for role in Role:
        assert house.client(role).get(f"/{house.slug}/gestion/").status_code == 302


def test_the_people_of_another_body_stay_outside(house, other_house):
    for role in Role:
        assert other_house.client(role).get(f"/{house.slug}/gestion/").status_code == 403
