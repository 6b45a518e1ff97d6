# SPDX-License-Identifier: EUPL-1.2
"""Grave acts ask for a fresh proof of who somebody is, and do then what was sent."""

import pytest

from siac.accounts.models import SignIn
from siac.accounts.public import Role, Way
from siac.organizations.models import Membership
from tests.factories import PASSWORD, House


@pytest.fixture
def late(house: House):
    """Return the browser of an administrator who signed in an hour ago."""
    user = house.user(Role.ADMINISTRATOR)
    user.set_password(PASSWORD)
    user.save()
    client = house.client(Role.ADMINISTRATOR)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    return client


def offer(house: House) -> dict[str, str]:
    return {
        "email": house.user(Role.AUDITOR).email,
        "name": "Auditora",
        "role": Role.AUTHORITY.value,
        "unit_id": "",
    }


def gave(house: House) -> bool:
    return Membership.objects.filter(user=house.user(Role.AUDITOR), role=Role.AUTHORITY).exists()


def test_who_signed_in_a_moment_ago_is_not_asked(house):
    client = house.client(Role.ADMINISTRATOR)
    answer = client.post(f"/{house.slug}/gestion/configuracion/personas/rol/", offer(house))
    assert answer.status_code == 302 and gave(house)


def test_a_grave_act_waits_for_the_password_and_is_done_with_what_was_typed(house, late):
    address = f"/{house.slug}/gestion/configuracion/personas/rol/"
    asked = late.post(address, offer(house))
    assert asked.status_code == 302 and asked["Location"].startswith("/cuenta/reauthenticate/?next=")
    assert not gave(house)
    wrong = late.post(asked["Location"], {"password": "otra"})
    assert wrong.status_code == 200 and not gave(house)
    done = late.post(asked["Location"], {"password": PASSWORD})
    assert done.status_code == 302 and gave(house)
    [(wrong, _), (right, succeeded)] = SignIn.objects.order_by("pk").values_list("way", "succeeded")[1:]
    assert (wrong, right, succeeded) == (Way.PASSWORD, Way.CONFIRMATION, True)


def test_looking_asks_nothing(house, late):
    assert late.get(f"/{house.slug}/gestion/configuracion/personas/rol/").status_code == 200


def test_who_may_not_come_at_all_is_not_asked_first(house):
    client = house.client(Role.AUDITOR)
    session = client.session
    session["account_authentication_methods"][0]["at"] = 0
    session.save()
    answer = client.post(f"/{house.slug}/gestion/configuracion/personas/rol/", offer(house))
    assert answer.status_code == 403


@pytest.mark.parametrize(("months", "is_asked"), [("60", True), ("", False)])
def test_how_long_a_kind_is_kept_is_grave_and_its_name_is_not(house, late, months, is_asked):
    kind = house.kinds["consulta"]
    typed = {
        "name": "Otro nombre",
        "code": kind.code,
        "nature": kind.nature,
        "need": kind.need,
        "rule_id": kind.rule_id,
        "contest_days": 10,
        "review_days": 10,
        "position": 1,
        "is_active": "on",
        "retention_months": months,
        "retention_erases": ["identity"] if months else [],
    }
    answer = late.post(f"/{house.slug}/gestion/configuracion/tipos/{kind.pk}/", typed)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/cuenta/reauthenticate/") is is_asked
    kind.refresh_from_db()
    assert (kind.name == "Otro nombre") is not is_asked


@pytest.mark.parametrize("path", ["nuevo/", "1/cambiar/", "1/secreto/"])
def test_to_which_program_is_told_is_grave(house, late, path):
    from tests.webhooks.test_pages import base

    answer = late.post(f"{base(house)}{path}", {})
    assert answer.status_code == 302 and answer["Location"].startswith("/cuenta/reauthenticate/")


@pytest.fixture
def quality(house: House):
    """Return the browser of who controls, who signed in an hour ago."""
    user = house.user(Role.QUALITY_MANAGER)
    user.set_password(PASSWORD)
    user.save()
    client = house.client(Role.QUALITY_MANAGER)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 3600
    session.save()
    return client


@pytest.mark.parametrize("path", ["solicitudes/exportar/?formato=csv", "personas/?q=ana"])
def test_who_people_are_is_told_in_bulk_only_after_a_proof_and_then_at_once(house, quality, path):
    address = f"/{house.slug}/gestion/{path}"
    assert quality.get(address.partition("?")[0]).status_code == 200  # looking at the page asks nothing
    asked = quality.get(address)
    assert asked.status_code == 302 and asked["Location"].startswith("/cuenta/reauthenticate/?next=")
    done = quality.post(asked["Location"], {"password": PASSWORD})
    assert done["Location"] == address and quality.get(address).status_code == 200
