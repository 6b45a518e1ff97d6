# SPDX-License-Identifier: EUPL-1.2
"""Who comes in by the account of their body proves it there before a grave act, and nothing else counts."""

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from siac.accounts import again
from siac.accounts.models import SignIn
from siac.accounts.public import Role, User, Way
from siac.organizations.models import Membership
from siac.signin import talking
from siac.signin.asking import Told
from siac.signin.models import LinkedIdentity
from tests.factories import PASSWORD, House
from tests.signin.provider import come_back, connect, running, sent_out

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


@pytest.fixture(scope="module")
def server():
    with running() as found:
        yield found


@pytest.fixture(autouse=True)
def _reachable(monkeypatch):
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "127.0.0.0/8,::1/128")


@pytest.fixture
def inside(house: House, server) -> Client:
    """Return the browser of an administrator without a password who came in by the server just now."""
    connect(house, server)
    admin = house.user(Role.ADMINISTRATOR)
    User.objects.filter(pk=admin.pk).update(password="!")
    server.tell("ana", email=admin.email, email_verified=True)
    client = Client()
    assert come_back(client, sent_out(client, house), "ana").status_code == 302
    return client


def act(house: House) -> tuple[str, dict[str, str]]:
    return f"/{house.slug}/gestion/configuracion/personas/rol/", {
        "email": house.user(Role.AUDITOR).email,
        "name": "La de auditoría",
        "role": Role.AUTHORITY.value,
        "unit_id": "",
    }


def done(house: House) -> bool:
    return Membership.objects.filter(user=house.user(Role.AUDITOR), role=Role.AUTHORITY).exists()


def proved(client: Client, house: House, asked):
    """Go from where the act was turned away to, through the server, and return what comes of it."""
    go_on = parse_qs(urlsplit(asked["Location"]).query)["next"][0]
    return come_back(client, sent_out(client, house, go_on, "otra-vez/ir/"), "ana")


def test_coming_in_is_no_proof_and_the_act_is_done_once_it_is_given_at_the_server(house, inside):
    asked = inside.post(*act(house))
    assert asked["Location"].startswith(f"/cuenta/institucional/{house.slug}/otra-vez/?next=")
    page = inside.get(asked["Location"])
    assert page.status_code == 200 and "Confirmar con su cuenta institucional" in page.content.decode()
    assert not done(house)
    assert proved(inside, house, asked).status_code == 302 and done(house)
    grave = inside.post(*act(house))  # and for a quarter of an hour nothing is asked
    assert "otra-vez" not in grave.headers.get("Location", "")


def test_what_waits_lies_sealed_and_ten_minutes_only(house, inside, monkeypatch):
    asked = inside.post(*act(house))
    kept = json.dumps(dict(inside.session.items()))
    cookie = inside.cookies["sessionid"].value
    for readable in ("La de audit", house.user(Role.AUDITOR).email, "HTTP_COOKIE", cookie):
        assert readable not in kept
    monkeypatch.setattr(again, "KEEPS", -1)
    answer = proved(inside, house, asked)
    assert answer.status_code == 200 and not done(house)
    assert "envíelo otra vez" in answer.content.decode()


@pytest.mark.parametrize("auth_time", [None, "9999999999", True, float("inf"), 1])
def test_a_server_that_does_not_say_when_it_asked_proves_nothing(house, inside, monkeypatch, auth_time):
    def told(*arguments, **named):
        found = real(*arguments, **named)
        return Told({**found.claims, "auth_time": auth_time}, found.keys)

    real = talking.ask_who
    monkeypatch.setattr(talking, "ask_who", told)
    assert proved(inside, house, inside.post(*act(house))).status_code == 403
    assert not done(house) and failed() == [house.user(Role.ADMINISTRATOR).email]


def failed() -> list[str]:
    """Of whom «Accesos» tells that they did not prove who they are."""
    return [row.user.email for row in SignIn.objects.filter(succeeded=False, way=Way.PROVIDER)]


@pytest.mark.parametrize("role", [Role.UNIT_OFFICER, None])
def test_another_at_a_machine_left_open_proves_nothing_and_is_written_down_of_who_is_signed_in(
    house, inside, server, role
):
    email = house.user(role).email if role else "nadie@muni.cl"
    server.tell("otra", email=email, email_verified=True)
    go_on = parse_qs(urlsplit(inside.post(*act(house))["Location"]).query)["next"][0]
    answer = come_back(inside, sent_out(inside, house, go_on, "otra-vez/ir/"), "otra")
    assert answer.status_code == 403 and not done(house)
    assert failed() == [house.user(Role.ADMINISTRATOR).email]


@pytest.mark.parametrize(
    "path", ["totp/activate/", "webauthn/add/", "recovery-codes/generate/", "webauthn/keys/1/remove/"]
)
def test_a_means_of_proof_is_not_added_without_one(house, inside, path):
    for answer in (inside.get(f"/cuenta/verificacion/{path}"), inside.post(f"/cuenta/verificacion/{path}")):
        assert answer.status_code == 302 and "/otra-vez/" in answer["Location"]


def test_a_first_password_comes_by_letter_only(house, inside):
    typed = {"password1": PASSWORD, "password2": PASSWORD}
    answer = inside.post("/cuenta/password/set/", typed)
    assert answer.status_code == 302 and answer["Location"] == "/cuenta/password/reset/"
    assert not house.user(Role.ADMINISTRATOR).has_usable_password()
    assert inside.get("/cuenta/password/change/", follow=True).status_code == 200


def test_who_has_nothing_to_prove_it_with_is_told(house, inside):
    LinkedIdentity.objects.all().delete()
    answer = inside.post(*act(house))
    assert answer.status_code == 403 and "No se hizo nada" in answer.content.decode()
    assert not done(house)
