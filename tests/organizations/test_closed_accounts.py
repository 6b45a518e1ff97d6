# SPDX-License-Identifier: EUPL-1.2
"""An account is closed by whoever runs the installation: it opens nothing any more, and what it had
goes on.
"""

from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.utils import timezone

from siac.accounts.public import Role, Scope, token_in_force
from siac.cases.commands.handling import assign_case
from siac.cases.public import Case
from siac.journal.public import history
from siac.kernel.errors import Refused
from siac.notices.models import Notice
from siac.organizations.commands.keys import create_program_token
from siac.organizations.models import Institution, Membership
from siac.organizations.public import grant_role
from tests.factories import NOW, PASSWORD, House, file, set_password

pytestmark = pytest.mark.django_db


def account(*words: str, **options: Any) -> str:
    out = StringIO()
    call_command("account", *words, stdout=out, **options)
    return out.getvalue()


def give(house: House, email: str, role: Role, unit_id: int | None = None) -> Membership:
    return grant_role(
        institution=house.institution, email=email, name="", role=role, unit_id=unit_id, actor=None, now=NOW
    )


def work(client: Client, house: House) -> int:
    return client.get(f"/{house.slug}/gestion/solicitudes/").status_code


@pytest.fixture
def assigned(house: House) -> Case:
    case = file(house, unit_id=house.units["obras"])
    on: dict[str, Any] = {
        "institution": house.institution,
        "actor": house.user(Role.HEAD_OF_UNIT),
        "now": NOW,
    }
    return assign_case(**on, case_id=case.pk, version=None, assignee_id=house.user(Role.UNIT_OFFICER).pk)


def test_browsers_and_programs_are_out_at_the_next_request(house: House) -> None:
    officer, client = house.user(Role.UNIT_OFFICER), house.client(Role.UNIT_OFFICER)
    _, key = create_program_token(
        institution=house.institution,
        user=officer,
        scopes=[Scope.CASES_READ],
        name="",
        now=timezone.now(),
        days=None,
        actor=None,
    )
    assert work(client, house) == 200
    assert token_in_force(key, now=timezone.now()) is not None
    assert "cerrada" in account("close", officer.email)
    assert work(client, house) == 302
    assert token_in_force(key, now=timezone.now()) is None


def test_its_password_opens_nothing_and_the_page_says_why(house: House) -> None:
    officer = set_password(house.user(Role.UNIT_OFFICER))
    account("close", officer.email)
    page = Client().post("/cuenta/login/", {"login": officer.email, "password": PASSWORD}, follow=True)
    assert not page.context["user"].is_authenticated
    assert "cuenta" in page.content.decode() and "inactiva" in page.content.decode()


def test_its_roles_end_in_every_body_and_its_cases_fall_to_nobody(
    house: House, other_house: House, assigned: Case
) -> None:
    officer = house.user(Role.UNIT_OFFICER)
    give(other_house, officer.email, Role.AUDITOR)
    assert "Roles que se le quitaron: 2" in account("close", officer.email)
    assert not Membership.objects.filter(user=officer).exists()
    assigned.refresh_from_db()
    assert assigned.assignee_id is None
    assert Notice.objects.filter(kind="cases.unassigned").count() == 1
    for body in (house.institution, other_house.institution):
        last = history(body.pk, f"institution:{body.pk}")[-1]
        assert (last.kind, last.data["user"]) == ("organizations.role_revoked", officer.pk)


def test_the_only_administrator_goes_only_where_that_is_said(house: House) -> None:
    chief = house.user(Role.ADMINISTRATOR)
    with pytest.raises(CommandError, match=house.slug):
        account("close", chief.email)
    chief.refresh_from_db()
    assert chief.is_active
    assert Membership.objects.filter(user=chief).exists()
    account("close", chief.email, abandon=True)
    chief.refresh_from_db()
    assert not chief.is_active


def test_a_practice_body_keeps_nobodys_account_open(house: House, other_house: House) -> None:
    chief = house.user(Role.ADMINISTRATOR)
    give(house, "otra@puerto.example", Role.ADMINISTRATOR)
    give(other_house, chief.email, Role.ADMINISTRATOR)
    Membership.objects.filter(institution=other_house.institution).exclude(user=chief).delete()
    Institution.objects.filter(pk=other_house.institution.pk).update(practice_of=house.institution)
    assert "cerrada" in account("close", chief.email)


def test_with_a_second_administrator_the_first_may_go(house: House) -> None:
    give(house, "otra@puerto.example", Role.ADMINISTRATOR)
    account("close", house.user(Role.ADMINISTRATOR).email)
    rows = Membership.objects.filter(institution=house.institution, role=Role.ADMINISTRATOR)
    assert [row.user.email for row in rows] == ["otra@puerto.example"]


def test_a_closed_account_gets_no_role_until_it_is_opened_again(house: House) -> None:
    email = house.user(Role.UNIT_OFFICER).email
    account("close", email)
    with pytest.raises(Refused, match="account_closed"):
        give(house, email, Role.UNIT_OFFICER, house.units["obras"])
    assert "abierta de nuevo" in account("open", email)
    assert "ya estaba abierta" in account("open", email)
    give(house, email, Role.UNIT_OFFICER, house.units["obras"])
    assert work(house.client(Role.UNIT_OFFICER), house) == 200


def test_an_unknown_address_is_told(house: House) -> None:
    with pytest.raises(CommandError, match="No hay una cuenta"):
        account("close", "nadie@puerto.example")
