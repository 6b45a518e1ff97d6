# SPDX-License-Identifier: EUPL-1.2
"""Which roles hold the rights over people and cases that are easily confused."""

import pytest

from siac.accounts.domain import roles
from siac.accounts.public import Right, Role, rights_of
from siac.cases.public import CaseRight
from siac.organizations.public import StaffRight
from tests.factories import file


def test_whoever_routes_cases_gives_them_to_people_too():
    assert CaseRight.ASSIGN.held_by == CaseRight.CLASSIFY.held_by


def test_absences_and_templates_of_a_unit_are_kept_by_those_who_lead():
    assert StaffRight.TEAM.held_by == {Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER}


def test_what_a_right_says_is_what_its_roles_hold():
    every = {right for role in Role for right in rights_of(role)}
    assert {type(right).__name__ for right in every} >= {"CaseRight", "StaffRight", "PeopleRight"}
    for right in every:
        assert {role for role in Role if right in rights_of(role)} == right.held_by


def test_no_two_rights_have_one_code():
    classes = Right.__subclasses__()
    codes = [right.value for each in classes for right in each]
    assert len(codes) == len(set(codes))


@pytest.mark.django_db
def test_assigning_asks_for_its_own_right(house, monkeypatch):
    case = file(house, unit_id=house.units["obras"])
    browser, page = house.client(Role.UNIT_OFFICER), f"/{house.slug}/gestion/solicitudes/{case.folio}/"
    assert 'id="asignar"' in browser.get(page).text
    less = rights_of(Role.UNIT_OFFICER) - {CaseRight.ASSIGN}
    monkeypatch.setitem(roles._HELD, Role.UNIT_OFFICER, less)
    shown = browser.get(page).text
    assert 'id="asignar"' not in shown and 'id="clasificar"' in shown
    sent = {"version": case.version, "assignee_id": house.user(Role.UNIT_OFFICER).pk}
    assert browser.post(f"{page}asignar/", sent).status_code == 403
