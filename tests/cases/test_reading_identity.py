# SPDX-License-Identifier: EUPL-1.2
"""Whoever opens a case sees the person, and leaves a line that says so; lists show names and leave none."""

import pytest

from siac.accounts.public import Role
from siac.journal.models import JournalEntry
from tests.factories import ANONYMOUS, file

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def lines(user):
    entries = JournalEntry.objects.filter(stream=f"access:{user.pk}").order_by("seq")
    return [entry.data for entry in entries]


@pytest.mark.parametrize("role", [Role.UNIT_OFFICER, Role.FRONT_DESK, Role.AUDITOR])
def test_opening_a_case_tells_whose_identity_was_read_and_by_whom(house, role):
    case = file(house, unit_id=house.units["obras"])
    client = house.client(role)
    assert client.get(f"/{house.slug}/gestion/solicitudes/?vista=todas").status_code == 200
    assert lines(house.user(role)) == []
    assert client.get(f"/{house.slug}/gestion/solicitudes/{case.folio}/").status_code == 200
    assert lines(house.user(role)) == [{"subjects": [f"person:{case.person_id}"], "reason": case.stream}]


def test_without_a_person_or_the_right_to_see_them_nothing_is_read(house):
    unnamed = file(house, "sugerencia", who=ANONYMOUS)
    named = file(house)
    house.client(Role.AUDITOR).get(f"/{house.slug}/gestion/solicitudes/{unnamed.folio}/")
    house.client(Role.AUTHORITY).get(f"/{house.slug}/gestion/solicitudes/{named.folio}/")
    assert lines(house.user(Role.AUDITOR)) == lines(house.user(Role.AUTHORITY)) == []
