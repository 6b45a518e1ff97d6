# SPDX-License-Identifier: EUPL-1.2
"""A server turns its key between two answers, gets slow, or tells too much: who comes goes on, or is told."""

import time

import pytest
from django.test import Client

from siac.accounts.public import Role
from siac.signin import asking
from siac.signin.asking import Away, Silent, ask_who, read_server, within
from siac.signin.asking import Client as Known
from siac.signin.domain.oidc import KeyUnknown
from siac.signin.models import IdentityProvider
from tests.factories import House
from tests.signin.provider import connect, sent_out
from tests.signin.turning import Turning, turning

ADDRESS = "https://x/?state=e&nonce=n"


@pytest.fixture(scope="module")
def running():
    with turning() as found:
        yield found


@pytest.fixture
def server(running: Turning, monkeypatch) -> Turning:
    monkeypatch.setenv("SIAC_OUTSIDE_ALLOWED", "127.0.0.0/8,::1/128")
    running.again()
    return running


def comes(server: Turning, keys, **more):
    code = server.comes(ADDRESS)["code"]
    where = read_server(server.url)[0]
    return ask_who(where, keys, Known("siac", "s", "https://b", **more), code=code, verifier="v", nonce="n")


@pytest.mark.parametrize("keeps_old", [True, False])
def test_a_key_that_is_new_is_looked_for_once(server, keeps_old):
    old = read_server(server.url)[1]
    server.turn(keeps_old=keeps_old)
    server.asked.clear()
    told = comes(server, old)
    assert told.claims["sub"] == "1" and list(told.keys) == server.published
    assert server.asked["/claves"] == 2  # with the server, and once more for the key


def test_a_key_that_is_not_there_either_is_not_looked_for_again(server):
    server.hidden = True
    with pytest.raises(KeyUnknown):
        comes(server, [])
    assert server.asked["/claves"] == 2


def test_an_old_key_signs_nothing_once_the_server_turned_it(server):
    old, key, names = read_server(server.url)[1], server.key, server.names
    server.turn()
    server.key, server.names = key, names  # somebody has the key of before
    told = comes(server, old)  # until the keys are read again
    assert list(told.keys) == old
    with pytest.raises(KeyUnknown):
        comes(server, read_server(server.url)[1])
    server.turn()


@pytest.fixture
def staff(house: House, server: Turning) -> Client:
    user = house.user(Role.UNIT_OFFICER)
    server.claims = {"email": user.email, "email_verified": True}
    connect(house, server)
    return Client()


def came(client: Client, house: House, brings):
    return client.get(f"/cuenta/institucional/{house.slug}/vuelta/", brings)


def test_staff_come_in_while_the_key_turns_and_the_new_one_is_kept(house, server, staff):
    address = sent_out(staff, house)
    server.turn()
    assert came(staff, house, server.comes(address)).status_code == 302
    assert staff.session["_auth_user_id"] == str(house.user(Role.UNIT_OFFICER).pk)
    assert IdentityProvider.objects.get().keys == server.published
    server.asked.clear()
    again = Client()
    assert came(again, house, server.comes(sent_out(again, house))).status_code == 302
    assert server.asked["/claves"] == 0


def test_who_comes_with_an_unknown_key_gets_a_page_and_nobody_is_let_in(house, server, staff):
    address = sent_out(staff, house)
    server.turn()
    server.hidden = True
    answer = came(staff, house, server.comes(address))
    assert answer.status_code == 403 and "no se pudo comprobar" in answer.content.decode()
    assert "_auth_user_id" not in staff.session


@pytest.mark.parametrize("padding", [asking.LARGEST, 10 * asking.LARGEST])
def test_what_is_too_large_is_not_read(server, padding):
    server.padding = padding
    with pytest.raises(Away):
        read_server(server.url)


def test_of_many_keys_fifty_are_looked_at(server):
    server.published = [*server.published, *[{"kid": str(number)} for number in range(400)]]
    assert len(read_server(server.url)[1]) == 50
    server.turn()


@pytest.mark.parametrize(
    "said",
    [{"issuer": "https://otro.example"}, {"jwks_uri": "http://fuera.example/"}, {"token_endpoint": None}],
)
def test_a_server_that_says_it_is_another_or_sends_us_elsewhere_is_not_believed(server, said):
    server.discovery = said
    with pytest.raises(asking.Unproven):
        read_server(server.url)


def test_a_slow_server_takes_nobody_longer_than_the_limit(server, monkeypatch):
    monkeypatch.setattr(asking, "WAIT", 0.5)
    monkeypatch.setattr(asking, "EACH", 0.3)
    server.seconds = 1.0
    begun = time.monotonic()
    with pytest.raises(Silent):
        within(server.url, lambda: read_server(server.url))
    assert time.monotonic() - begun < 0.9


def test_what_is_known_of_somebody_is_asked_by_post_where_the_server_wants_it(server):
    keys = read_server(server.url)[1]
    comes(server, keys)
    assert server.methods["/quien"] == "GET"
    comes(server, keys, posts_userinfo=True)
    assert server.methods["/quien"] == "POST"
