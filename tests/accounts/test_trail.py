# SPDX-License-Identifier: EUPL-1.2
"""Who signed in, how and from where: written down, shown to whom it concerns, forgotten."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from siac.accounts.commands.trail import forget_sign_ins
from siac.accounts.domain.signing_in import Step, Way, browser_of, how
from siac.accounts.models import Session, SignIn
from siac.accounts.public import Role
from siac.accounts.queries import open_sessions
from tests.factories import PASSWORD

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
SAFARI = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Version/18.0 Mobile/15E148 Safari/604.1"
EDGE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/130.0.0.0 Safari/537.36 Edg/130.0.0.0"


@pytest.mark.parametrize(
    ("records", "expected"),
    [
        ([], (Way.OTHER, Step.NONE)),
        ([{"method": "password"}], (Way.PASSWORD, Step.NONE)),
        ([{"method": "password"}, {"method": "mfa", "type": "totp"}], (Way.PASSWORD, Step.TOTP)),
        ([{"method": "mfa", "type": "webauthn", "passwordless": True}], (Way.PASSKEY, Step.NONE)),
        ([{"method": "password"}, {"method": "mfa", "type": "webauthn"}], (Way.PASSWORD, Step.KEY)),
        ([{"method": "openid_connect"}, {"method": "mfa", "type": "totp"}], (Way.PROVIDER, Step.TOTP)),
        ([{"method": "password"}, {"method": "openid_connect"}], (Way.PROVIDER, Step.NONE)),
        ([{"method": "mfa", "type": "carrier pigeon"}], (Way.OTHER, Step.NONE)),
    ],
)
def test_how_somebody_came_in_is_read_of_the_records_of_their_session(records, expected):
    assert how(records) == expected


@pytest.mark.parametrize(
    ("agent", "expected"),
    [
        (FIREFOX, "Firefox en Linux"),
        (SAFARI, "Safari en iPhone o iPad"),
        (EDGE, "Edge en Windows"),
        ("curl/8", ""),
        ("", ""),
        ("x" * 9000, ""),
    ],
)
def test_a_browser_is_told_in_words_and_coarsely(agent, expected):
    assert browser_of(agent) == expected


def enter(client: Client, user, password: str = PASSWORD, **headers: str):
    return client.post("/cuenta/login/", {"login": user.email, "password": password}, **headers)


@pytest.fixture
def ana(house):
    user = house.user(Role.UNIT_OFFICER)
    user.set_password(PASSWORD)
    user.save()
    return user


def test_a_sign_in_and_a_failure_are_written_down_with_way_address_and_browser(ana):
    client = Client(REMOTE_ADDR="203.0.113.5", HTTP_USER_AGENT=FIREFOX)
    enter(client, ana, "equivocada")
    enter(client, ana)
    wrong, right = SignIn.objects.filter(user=ana).order_by("pk")
    assert (wrong.succeeded, wrong.way, wrong.session_digest) == (False, Way.PASSWORD, "")
    assert (right.succeeded, right.way, right.address) == (True, Way.PASSWORD, "203.0.113.5")
    assert right.browser == "Firefox en Linux"
    assert [each.sign_in for each in open_sessions(ana.pk, now=timezone.now())] == [right]


def test_who_has_no_account_leaves_no_row_and_a_guesser_no_more_than_may_be_tried(ana):
    client = Client()
    client.post("/cuenta/login/", {"login": "nadie@ejemplo.cl", "password": "x"})
    assert not SignIn.objects.exists()
    for _ in range(9):
        enter(client, ana, "equivocada")
    assert SignIn.objects.filter(user=ana).count() == 5


def test_a_wrong_second_step_is_written_down_for_its_owner(ana):
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    TOTP.activate(ana, generate_totp_secret())
    assert Authenticator.objects.filter(user=ana).exists()
    client = Client()
    enter(client, ana)
    client.post("/cuenta/verificacion/authenticate/", {"code": "000000"})
    assert [row.way for row in SignIn.objects.filter(user=ana)] == [Way.SECOND_STEP]


def test_one_sees_ones_own_sessions_and_ends_another_but_not_that_of_somebody_else(house, ana):
    here, there = Client(), Client(HTTP_USER_AGENT=SAFARI)
    enter(here, ana)
    enter(there, ana)
    page = here.get("/cuenta/sesiones/").content.decode()
    assert "Safari en iPhone o iPad" in page and "Es esta<" in page
    assert "Hora de Santiago." in page
    [other] = [
        row.digest for row in open_sessions(ana.pk, now=timezone.now()) if row.sign_in and row.sign_in.browser
    ]
    stranger = house.client(Role.AUDITOR)
    stranger.post(f"/cuenta/sesiones/{other}/cerrar/")
    assert there.get("/cuenta/sesiones/").status_code == 200
    assert here.post(f"/cuenta/sesiones/{other}/cerrar/", follow=True).status_code == 200
    assert there.get("/cuenta/sesiones/").status_code == 302
    assert here.get("/cuenta/sesiones/").status_code == 200


def test_all_other_sessions_end_with_one_press(ana):
    clients = [Client() for _ in range(3)]
    for client in clients:
        enter(client, ana)
    clients[0].post("/cuenta/sesiones/otras/cerrar/")
    assert Session.objects.filter(user=ana).count() == 1
    assert [client.get("/cuenta/sesiones/").status_code for client in clients] == [200, 302, 302]


def test_the_page_of_accesses_tells_of_who_works_here_and_of_nobody_else(house, other_house, ana):
    enter(Client(), ana)
    foreign = other_house.user(Role.UNIT_OFFICER)
    house_client = house.client(Role.AUDITOR)
    other_house.client(Role.UNIT_OFFICER)
    page = house_client.get(f"/{house.slug}/gestion/accesos/").content.decode()
    assert ana.email in page
    assert foreign.email not in page
    empty = house_client.get(f"/{house.slug}/gestion/accesos/?resultado=no").content.decode()
    assert ana.email not in empty
    found = house_client.get(f"/{house.slug}/gestion/accesos/?q={ana.email[:6]}").content.decode()
    assert ana.email in found


def test_the_page_of_accesses_costs_the_same_with_many_rows(house, django_assert_max_num_queries):
    user, client = house.user(Role.UNIT_OFFICER), house.client(Role.ADMINISTRATOR)
    rows = [SignIn(user=user, at=timezone.now(), way=Way.PASSWORD, succeeded=True) for _ in range(120)]
    SignIn.objects.bulk_create(rows)
    with django_assert_max_num_queries(4):
        assert client.get(f"/{house.slug}/gestion/accesos/").status_code == 200


def test_where_somebody_came_from_is_forgotten_after_three_months_and_all_of_it_after_a_year(house):
    user, now = house.user(Role.UNIT_OFFICER), timezone.now()
    SignIn.objects.all().delete()
    for days in (10, 100, 400):
        SignIn.objects.create(
            user=user, at=now - timedelta(days=days), way=Way.PASSWORD, succeeded=True, address="203.0.113.5"
        )
    assert forget_sign_ins(now=now) == 1
    assert [row.address for row in SignIn.objects.order_by("-at")] == ["203.0.113.5", ""]
