# SPDX-License-Identifier: EUPL-1.2
"""Somebody is away: their cases show among those of their substitute, and whoever assigns to them is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from siac.accounts.public import Role, User
from siac.cases.access import visible_to
from siac.cases.public import assign_case
from siac.cases.queries import in_view
from siac.kernel.errors import Refused
from siac.organizations.commands.absences import end_absence, forget_old_absences
from siac.organizations.public import Absence, access_in, grant_role, note_absence
from tests.factories import BACKEND, NOW, file
from tests.sql_counts import at_most

pytestmark = [pytest.mark.django_db]
R = Role


def colleague(house, name, unit="obras") -> User:
    grant_role(
        institution=house.institution, actor=None, now=NOW, email=f"{name}@puerto.example", name=name.title(),
        role=R.UNIT_OFFICER, unit_id=house.units[unit],
    )  # fmt: skip
    house.institution.refresh_from_db()
    return User.objects.get(email=f"{name}@puerto.example")


def away(house, user, substitute=None, *, first=0, last=5, now=NOW):
    today = house.institution.local_date(now)
    row = note_absence(
        institution=house.institution,
        user_id=user.pk,
        substitute_id=substitute and substitute.pk,
        starts_on=today + timedelta(days=first),
        ends_on=today + timedelta(days=last),
        actor=house.user(R.HEAD_OF_UNIT),
        now=now,
    )
    house.institution.refresh_from_db()
    return row


def give(house, user, now=NOW):
    case = file(house, now=now, unit_id=house.units["obras"])
    return assign_case(
        institution=house.institution, case_id=case.pk, version=None, assignee_id=user.pk,
        actor=house.user(R.HEAD_OF_UNIT), now=now,
    )  # fmt: skip


def mine(house, user, days):
    access = access_in(user, house.slug)
    return list(
        in_view(visible_to(access), "mias", access=access, today=house.today() + timedelta(days=days))
    )


def test_their_cases_are_among_those_of_the_substitute_on_those_days_and_still_theirs(house):
    ana, luis = colleague(house, "ana"), colleague(house, "luis")
    case, own = give(house, ana), give(house, luis)
    away(house, ana, luis, first=1, last=3)
    assert [len(mine(house, luis, day)) for day in (0, 1, 3, 4)] == [1, 2, 2, 1]
    assert set(mine(house, luis, 2)) == {case, own}
    assert mine(house, ana, 2) == [case]
    case.refresh_from_db()
    assert case.assignee_id == ana.pk


def test_taken_back(house):
    ana, luis = colleague(house, "ana"), colleague(house, "luis")
    give(house, ana)
    row = away(house, ana, luis)
    end_absence(institution=house.institution, absence=row, actor=ana, now=NOW)
    assert mine(house, luis, 0) == []


@pytest.mark.parametrize(
    ("first", "last", "code"),
    [(-9, -1, "absence_days"), (3, 2, "absence_days"), (0, 400, "absence_days"), (4, 8, "absence_twice")],
)
def test_days_that_cannot_be(house, first, last, code):
    ana = colleague(house, "ana")
    away(house, ana)
    with pytest.raises(Refused, match=code):
        away(house, ana, first=first, last=last)


def test_a_substitute_works_in_the_same_units_and_is_there(house):
    ana, luis, eva = colleague(house, "ana"), colleague(house, "luis"), colleague(house, "eva", "juridico")
    for who, code in ((ana, "absence_substitute_away"), (eva, "absence_substitute_right")):
        with pytest.raises(Refused, match=code):
            away(house, ana, who)
    away(house, luis)
    with pytest.raises(Refused, match="absence_substitute_away"):
        away(house, ana, luis)
    with pytest.raises(Refused, match="assignee_unknown"):
        away(house, ana, house.user(R.AUDITOR))


def test_who_is_away_is_named_with_their_substitute_and_cannot_be_given_a_case(house):
    now = timezone.now()
    ana, luis = colleague(house, "ana"), colleague(house, "luis")
    away(house, ana, luis, now=now)
    case = file(house, now=now, unit_id=house.units["obras"])
    client, address = house.client(R.HEAD_OF_UNIT), f"/{house.slug}/gestion/solicitudes/{case.folio}/"
    page = client.get(address).content.decode()
    assert "Ana, ausente hasta el" in page and "reemplaza Luis." in page
    assert f'<option value="{luis.pk}">' in page and f'<option value="{ana.pk}">' not in page
    assert client.post(f"{address}asignar/", {"assignee_id": ana.pk}).status_code == 422
    with pytest.raises(Refused, match="assignee_away"):
        give(house, ana, now=now)


def test_people_note_their_own_and_heads_those_of_their_unit(house):
    now = timezone.now()
    ana, eva = colleague(house, "ana"), colleague(house, "eva", "juridico")
    today = house.institution.local_date(now)
    days = {"starts_on": today.isoformat(), "ends_on": (today + timedelta(days=3)).isoformat()}
    address = f"/{house.slug}/gestion/ausencias/nueva/"
    client = house.client()
    client.force_login(ana, backend=BACKEND)
    assert client.post(address, {"user_id": eva.pk, **days}).status_code == 422
    assert client.post(address, {"user_id": ana.pk, **days}).status_code == 302
    head = house.client(R.HEAD_OF_UNIT)
    assert head.post(address, {"user_id": eva.pk, **days}).status_code == 422
    listed = head.get(f"/{house.slug}/gestion/ausencias/").content.decode()
    row = Absence.objects.get()
    assert "Ana" in listed and f"ausencias/{row.pk}/quitar/" in listed
    assert house.client(R.AUDITOR).get(address).status_code == 403
    assert head.post(f"/{house.slug}/gestion/ausencias/{row.pk}/quitar/").status_code == 302
    assert not Absence.objects.exists()


def test_the_list_costs_no_more_while_replacing(house):
    now = timezone.now()
    ana = colleague(house, "ana")
    case = give(house, ana, now)
    away(house, ana, house.user(R.UNIT_OFFICER), now=now)
    client, address = house.client(R.UNIT_OFFICER), f"/{house.slug}/gestion/solicitudes/"
    assert case.folio in client.get(address).content.decode()
    with at_most(6):
        client.get(address)


def test_old_ones_are_forgotten(house):
    away(house, colleague(house, "ana"))
    assert forget_old_absences(today=house.today() + timedelta(days=30)) == 0
    assert forget_old_absences(today=house.today() + timedelta(days=36)) == 1


def test_absences_are_in_the_menu_of_whoever_works_or_leads(house):
    def has_it(role):
        page = house.client(role).get(f"/{house.slug}/gestion/solicitudes/").content.decode()
        return f'href="/{house.slug}/gestion/ausencias/"' in page

    roles = (R.UNIT_OFFICER, R.HEAD_OF_UNIT, R.QUALITY_MANAGER, R.FRONT_DESK, R.AUDITOR)
    assert [has_it(role) for role in roles] == [True, True, True, False, False]
