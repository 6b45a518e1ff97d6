# SPDX-License-Identifier: EUPL-1.2
"""Whoever opens a case sees the person, and leaves a line that says so; lists show names and leave none."""

import pytest

from siac.accounts.public import Role
from siac.journal.models import JournalEntry
from tests.factories import ANONYMOUS, file, person
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db, pytest.mark.postgres]


def lines(user):
    entries = JournalEntry.objects.filter(stream=f"access:{user.pk}").order_by("seq")
    assert {entry.data["by"] for entry in entries} <= {"person"}
    return [{key: value for key, value in entry.data.items() if key != "by"} for entry in entries]


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
    house.client(Role.QUALITY_MANAGER).get(f"/{house.slug}/gestion/solicitudes/{unnamed.folio}/")
    house.client(Role.AUTHORITY).get(f"/{house.slug}/gestion/solicitudes/{named.folio}/")
    assert lines(house.user(Role.QUALITY_MANAGER)) == lines(house.user(Role.AUTHORITY)) == []


def test_a_restricted_case_is_told_of_once_and_within_the_budget(house):
    case = file(house, "denuncia", unit_id=house.units["obras"])
    client, address = house.client(Role.AUDITOR), f"/{house.slug}/gestion/solicitudes/{case.folio}/"
    client.get(address)
    told = {"subjects": [f"person:{case.person_id}", case.stream], "reason": case.stream}
    assert lines(house.user(Role.AUDITOR)) == [told]
    with at_most(12):
        client.get(address)
    unnamed = file(house, "denuncia", unit_id=house.units["obras"], who=ANONYMOUS)
    client.get(f"/{house.slug}/gestion/solicitudes/{unnamed.folio}/")
    assert lines(house.user(Role.AUDITOR))[2:] == [{"subject": unnamed.stream}]


@pytest.mark.parametrize(("role", "shown"), [(Role.QUALITY_MANAGER, True), (Role.AUTHORITY, False)])
def test_names_are_shown_and_found_only_with_the_right_to_identities(house, role, shown):
    case = file(house, who=person(given_names="Eufemia", family_names="Quispe"), subject="Un poste")
    unnamed = file(house, "sugerencia", who=ANONYMOUS, subject="Una banca")
    client, address = house.client(role), f"/{house.slug}/gestion/solicitudes/"
    page = client.get(f"{address}?vista=todas").content.decode()
    assert ("Quispe" in page, "Persona identificada" in page) == (shown, not shown)
    assert "Anónima" in page
    assert (case.folio in client.get(f"{address}?q=quispe").content.decode()) is shown
    assert case.folio in client.get(f"{address}?q=poste").content.decode()
    assert "Quispe" in client.get(f"{address}{case.folio}/").content.decode() or not shown
    assert unnamed.folio in page
