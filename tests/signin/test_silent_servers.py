# SPDX-License-Identifier: EUPL-1.2
"""A server that is silent, or that a body left meanwhile: nobody waits twice, nothing of it counts."""

import threading
import time
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from siac.accounts.public import Role
from siac.infra.outside_http import Answer
from siac.kernel.errors import Refused
from siac.signin import asking, talking
from siac.signin.asking import Away, Silent, Told, within
from siac.signin.commands.arriving import arrive
from siac.signin.commands.providers import save_provider
from siac.signin.domain.oidc import Server
from siac.signin.models import IdentityProvider
from siac.signin.secrets import secret_of
from tests.factories import NOW, House

URL = "https://id.muni.cl"
FIELDS = {"label": "Entrar", "issuer": URL, "client_id": "siac", "is_active": True}
SERVER = Server(URL, f"{URL}/a", f"{URL}/t", f"{URL}/k", "", posts_secret=False, names_itself=False)


def saved(house: House, secret: str = "un secreto", **changed) -> IdentityProvider:
    return save_provider(
        institution=house.institution, actor=house.user(Role.ADMINISTRATOR), now=NOW, secret=secret,
        read=(SERVER, []), **{**FIELDS, **changed},
    )  # fmt: skip


@pytest.fixture
def asked(monkeypatch) -> list:
    """Return which servers were asked; all are silent."""
    calls: list = []

    def asks(issuer, work):
        calls.append(issuer)
        raise Silent("late")

    monkeypatch.setattr(talking, "within", asks)
    return calls


def begin(client: Client, house: House) -> str:
    answer = client.get(f"/cuenta/institucional/{house.slug}/")
    assert answer.status_code == 302
    return list(client.session["entry"])[-1]


def came_back(client: Client, house: House, state: str):
    return client.get(f"/cuenta/institucional/{house.slug}/vuelta/", {"state": state, "code": "x"})


@pytest.fixture
def provider(house: House) -> IdentityProvider:
    row = saved(house)
    IdentityProvider.objects.update(read_at=timezone.now())
    return row


def test_a_silent_server_is_asked_once_and_then_left_alone(house, provider, asked, monkeypatch):
    client = Client()
    states = [begin(client, house) for _ in range(3)]
    assert came_back(client, house, states[0]).status_code == 503
    assert came_back(client, house, states[1]).status_code == 503
    away = client.get(f"/cuenta/institucional/{house.slug}/")
    assert away.status_code == 503 and away["Retry-After"]
    assert asked == [URL]
    IdentityProvider.objects.update(away_until=timezone.now() - timedelta(seconds=1))
    was = IdentityProvider.objects.get()
    assert came_back(client, house, states[2]).status_code == 503 and len(asked) == 2
    with pytest.raises(Away, match="left alone"):  # another page, which read the row before
        talking.asked(was, lambda: None, timezone.now())
    assert len(asked) == 2
    IdentityProvider.objects.update(away_until=timezone.now() - timedelta(seconds=1))
    monkeypatch.setattr(talking, "within", lambda issuer, work: Told({}, []))
    assert talking.asked(IdentityProvider.objects.get(), lambda: None, timezone.now()) == Told({}, [])
    assert IdentityProvider.objects.get().away_until is None


def test_what_the_browser_says_of_the_server_keeps_nobody_out(house, provider, asked):
    client = Client()
    back = f"/cuenta/institucional/{house.slug}/vuelta/"
    told = client.get(back, {"state": begin(client, house), "error": "server_error"})
    assert told.status_code == 503 and not asked
    assert client.get(back, {"state": begin(client, house), "code": "x" * 5000}).status_code == 403
    assert not asked and IdentityProvider.objects.get().away_until is None


def test_where_it_answers_is_looked_for_once_in_a_while_and_people_go_on_meanwhile(house, provider, asked):
    IdentityProvider.objects.update(read_at=timezone.now() - timedelta(days=2))
    for _ in range(3):
        begin(Client(), house)
    assert asked == [URL]
    IdentityProvider.objects.update(reread_after=timezone.now() - timedelta(seconds=1))
    begin(Client(), house)
    assert len(asked) == 2


def test_one_that_no_longer_says_where_it_answers_is_used_as_it_was(house, provider, monkeypatch):
    IdentityProvider.objects.update(read_at=timezone.now() - timedelta(days=2))
    monkeypatch.setattr(asking, "get", lambda *_, **__: Answer(403, b"{}"))
    begin(Client(), house)
    assert IdentityProvider.objects.get().reread_after is not None
    IdentityProvider.objects.update(server={}, reread_after=None)
    assert Client().get(f"/cuenta/institucional/{house.slug}/").status_code != 302  # nothing was known


def test_a_page_waits_three_seconds_at_most_for_all_that_is_asked():
    assert asking.EACH < asking.WAIT <= 3


def test_what_was_begun_at_another_server_or_client_counts_for_nothing(house, provider, asked):
    for changed in ({"client_id": "otro"}, {"issuer": f"{URL}/otro"}):
        client = Client()
        state = begin(client, house)
        saved(house, **changed)
        answer = came_back(client, house, state)
        assert answer.status_code == 403 and "cambió de servidor" in answer.content.decode()
        saved(house)
        IdentityProvider.objects.update(read_at=timezone.now())
    assert not asked


@pytest.mark.parametrize("changed", [{"client_id": "otro"}, {"issuer": f"{URL}/otro"}, {"is_active": False}])
def test_nor_does_what_comes_after_the_body_left_that_server(house, provider, changed):
    user = house.user(Role.AUDITOR)
    saved(house, **changed)
    claims = {"sub": "ana", "email": user.email, "email_verified": True}
    with pytest.raises(Refused, match="entry_changed"):
        arrive(provider=provider, claims=claims, keys=[{"kid": "ajena"}], now=NOW)
    assert IdentityProvider.objects.get().keys == []


def test_a_kept_secret_goes_to_no_other_server_or_client(house, provider):
    for changed in ({"client_id": "otro"}, {"issuer": f"{URL}/otro"}):
        with pytest.raises(Refused, match="provider_secret_missing"):
            saved(house, secret="", **changed)
    assert secret_of(saved(house, secret="", label="Otra")) == "un secreto"


def test_one_server_takes_not_all_threads(monkeypatch):
    monkeypatch.setattr(asking, "WAIT", 5)
    end, waits = threading.Event(), []

    def hang() -> None:
        within("uno", lambda: end.wait(5))

    try:
        for _ in range(asking.OF_ONE):
            waits.append(threading.Thread(target=hang))
            waits[-1].start()
        deadline = time.monotonic() + 2
        while asking._taken["uno"] < asking.OF_ONE and time.monotonic() < deadline:
            time.sleep(0.01)
        with pytest.raises(Away, match="others wait"):
            within("uno", lambda: 1)
        assert within("dos", lambda: 1) == 1
    finally:
        end.set()
        for each in waits:
            each.join()
    deadline = time.monotonic() + 2
    while asking._taken["uno"] and time.monotonic() < deadline:
        time.sleep(0.01)
    assert within("uno", lambda: 1) == 1


def test_all_that_is_asked_for_one_page_has_one_end(monkeypatch):
    monkeypatch.setattr(asking, "WAIT", 0.5)
    given: list[float] = []

    def talk() -> None:
        for _ in range(3):
            given.append(asking._seconds())
            time.sleep(0.3)

    with pytest.raises(Silent):
        within("tres", talk)
    assert len(given) == 2 and given[1] < given[0] <= 0.5
