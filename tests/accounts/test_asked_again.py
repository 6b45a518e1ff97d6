# SPDX-License-Identifier: EUPL-1.2
"""Grave acts ask for a fresh proof of who somebody is, and do then what was sent."""

import re
import time
from types import SimpleNamespace

import pytest

from siac.accounts import again
from siac.accounts.models import SignIn
from siac.accounts.public import Role, Way
from siac.organizations.models import Membership
from tests.factories import PASSWORD, House


def hour_ago(house: House, role: Role):
    """Return the browser of somebody who signed in an hour ago."""
    user = house.user(role)
    user.set_password(PASSWORD)
    user.save()
    client = house.client(role)
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 3600
    session.save()
    return client


@pytest.fixture
def late(house: House):
    return hour_ago(house, Role.ADMINISTRATOR)


@pytest.fixture
def authority(house: House):
    return hour_ago(house, Role.AUTHORITY)


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


@pytest.fixture
def minutes(monkeypatch):
    """Let minutes pass between asking and proving."""

    def pass_by(many: int) -> None:
        shifted = SimpleNamespace(time=lambda: time.time() + many * 60)
        monkeypatch.setattr(again, "time", shifted)

    return pass_by


def asked_for(browser, address: str, sent: dict[str, str], on: str) -> str:
    """Send a form from the page `on`; return where it is asked who somebody is."""
    page = f"http://testserver{on}" if on.startswith("/") else on
    return browser.post(address, sent, headers={"referer": page})["Location"]


def test_what_waited_too_long_is_not_done_but_shown_to_be_sent_again(house, late, minutes):
    address = f"/{house.slug}/gestion/configuracion/personas/rol/"
    asked = asked_for(late, address, offer(house), f"{address}?unidad=1")
    minutes(11)
    page = late.post(asked, {"password": PASSWORD})
    assert page.status_code == 200 and not gave(house)
    said = page.content.decode()
    assert "Pasaron más de diez minutos" in said and "Auditora" in said
    assert f'href="{address}?unidad=1"' in said and f'action="{address}"' in said
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', said)
    assert token
    again = late.post(address, {**offer(house), "csrfmiddlewaretoken": token.group(1)})
    assert again.status_code == 302 and gave(house)


ONLY_SENT = "firmas/respuesta/1/firmar/"


@pytest.mark.parametrize(
    ("on", "back"),
    [
        ("/{slug}/gestion/firmas/?estado=held", "/{slug}/gestion/firmas/?estado=held"),
        ("/{slug}/gestion/firmas/respuesta/1/firmar/", "/gestion/"),
        ("https://otro.example/{slug}/gestion/firmas/", "/gestion/"),
        ("/no/hay/nada", "/gestion/"),
        ("", "/gestion/"),
    ],
)
def test_who_proves_it_late_for_an_address_that_only_takes_comes_back_to_the_page_of_the_form(
    house, authority, minutes, on, back
):
    asked = asked_for(authority, f"/{house.slug}/gestion/{ONLY_SENT}", {}, on.format(slug=house.slug))
    assert asked.startswith("/cuenta/reauthenticate/")
    minutes(11)
    answer = authority.post(asked, {"password": PASSWORD})
    assert answer["Location"] == back.format(slug=house.slug)
    shown = authority.get(answer["Location"], follow=True)
    assert shown.status_code == 200 and "Pasaron más de diez minutos" in shown.content.decode()


def test_what_waits_goes_on_waiting_while_somebody_proves_it_for_something_else(house, late):
    address = f"/{house.slug}/gestion/configuracion/personas/rol/"
    asked = asked_for(late, address, offer(house), address)
    other = f"/{house.slug}/gestion/solicitudes/"
    assert late.post(f"/cuenta/reauthenticate/?next={other}", {"password": PASSWORD})["Location"] == other
    assert not gave(house)
    assert late.post(asked, {"password": PASSWORD}).status_code == 302
    assert gave(house)


def test_of_what_waits_for_several_addresses_the_newest_stay(house, authority):
    sent = [
        f"/{house.slug}/gestion/firmas/respuesta/{number}/firmar/" for number in range(again.MOST_HELD + 1)
    ]
    for address in sent:
        authority.post(address, {})
    assert list(authority.session[again.HELD]) == sent[1:]


def test_an_address_with_the_name_of_the_site_is_led_to_like_any_other(house, late):
    page = f"http://testserver/{house.slug}/gestion/solicitudes/?vista=todas"
    answer = late.post("/cuenta/reauthenticate/", {"password": PASSWORD, "next": page})
    assert answer["Location"] == f"/{house.slug}/gestion/solicitudes/?vista=todas"


def test_who_proves_it_for_what_is_no_more_kept_does_not_end_on_an_address_that_only_takes(house, authority):
    address = f"/{house.slug}/gestion/{ONLY_SENT}"
    answer = authority.post(f"/cuenta/reauthenticate/?next={address}", {"password": PASSWORD})
    assert answer["Location"] == "/gestion/"
    assert "ya no se conserva" in authority.get("/gestion/", follow=True).content.decode()


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
    return hour_ago(house, Role.QUALITY_MANAGER)


@pytest.mark.parametrize("path", ["solicitudes/exportar/?formato=csv", "personas/?q=ana"])
def test_who_people_are_is_told_in_bulk_only_after_a_proof_and_then_at_once(house, quality, path):
    address = f"/{house.slug}/gestion/{path}"
    assert quality.get(address.partition("?")[0]).status_code == 200  # looking at the page asks nothing
    asked = quality.get(address)
    assert asked.status_code == 302 and asked["Location"].startswith("/cuenta/reauthenticate/?next=")
    done = quality.post(asked["Location"], {"password": PASSWORD})
    assert done["Location"] == address and quality.get(address).status_code == 200
