# SPDX-License-Identifier: EUPL-1.2
"""Which roles hold the rights over people and cases that are easily confused."""

import pytest

from siac.accounts.domain import roles
from siac.accounts.public import PERMISSIONS, Permission, Role
from tests.factories import file


def holders(permission: Permission) -> set[Role]:
    return {role for role in Role if permission in PERMISSIONS[role]}


def test_whoever_routes_cases_gives_them_to_people_too():
    assert holders(Permission.CASE_ASSIGN) == holders(Permission.CASE_CLASSIFY)


def test_absences_and_templates_of_a_unit_are_kept_by_those_who_lead():
    assert holders(Permission.TEAM_MANAGE) == {Role.HEAD_OF_UNIT, Role.QUALITY_MANAGER}


@pytest.mark.django_db
def test_assigning_asks_for_its_own_right(house, monkeypatch):
    case = file(house, unit_id=house.units["obras"])
    browser, page = house.client(Role.UNIT_OFFICER), f"/{house.slug}/gestion/solicitudes/{case.folio}/"
    assert 'id="asignar"' in browser.get(page).text
    less = PERMISSIONS[Role.UNIT_OFFICER] - {Permission.CASE_ASSIGN}
    monkeypatch.setitem(roles.PERMISSIONS, Role.UNIT_OFFICER, less)
    shown = browser.get(page).text
    assert 'id="asignar"' not in shown and 'id="clasificar"' in shown
    sent = {"version": case.version, "assignee_id": house.user(Role.UNIT_OFFICER).pk}
    assert browser.post(f"{page}asignar/", sent).status_code == 403
