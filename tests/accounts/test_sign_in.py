# SPDX-License-Identifier: EUPL-1.2
"""Signing in, and what stops those who guess."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from procrastinate.jobs import JobDeferrer

from siac.accounts.letters import send_letter
from siac.accounts.public import User
from siac.config.settings import security
from siac.notices.backend import NotSent, OwnServer

PASSWORD = "una clave bien larga"
pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> User:
    return User.objects.create_user("Ana@Example.cl", PASSWORD, name="Ana")


def attempt(client, password=PASSWORD, email="ana@example.cl"):
    return client.post("/cuenta/login/", {"login": email, "password": password})


def test_e_mail_and_password_sign_in_whatever_the_capitals(client, ana):
    assert attempt(client, email="ANA@example.CL").status_code == 302
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_guessing_is_stopped_even_with_the_right_password_at_last(client, ana):
    for _ in range(5):
        assert attempt(client, "equivocada").status_code == 200
    answer = attempt(client)
    assert answer.status_code in {200, 429}
    assert "_auth_user_id" not in client.session


def test_outsiders_who_guess_from_everywhere_do_not_keep_its_owner_out(client, ana):
    attempt(client)
    client.post("/cuenta/logout/")
    for n in range(101):
        attempt(Client(REMOTE_ADDR=f"203.0.113.{n % 250}"), "equivocada")
    stranger = Client(REMOTE_ADDR="198.51.100.7")
    attempt(stranger)
    assert "_auth_user_id" not in stranger.session
    assert attempt(client).status_code == 302
    assert client.session["_auth_user_id"] == str(ana.pk)


def test_a_guesser_at_one_address_keeps_nobody_out_elsewhere(client, ana):
    for _ in range(6):
        attempt(Client(REMOTE_ADDR="203.0.113.9"), "equivocada")
    assert attempt(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302


def test_a_browser_says_of_another_account_nothing(client, ana):
    User.objects.create_user("eva@example.cl", PASSWORD, name="Eva")
    attempt(client, email="eva@example.cl")
    client.post("/cuenta/logout/")
    for n in range(101):
        attempt(Client(REMOTE_ADDR=f"203.0.113.{n % 250}"), "equivocada")
    attempt(client)
    assert "_auth_user_id" not in client.session


def test_signing_in_often_is_no_guessing(client, ana):
    for _ in range(12):
        assert attempt(client).status_code == 302
        client.post("/cuenta/logout/")


def test_an_inactive_account_does_not_get_in(client, ana):
    User.objects.filter(pk=ana.pk).update(is_active=False)
    attempt(client)
    assert "_auth_user_id" not in client.session


def test_a_forgotten_password_tells_nobody_who_has_an_account(client, ana, mailoutbox):
    known = client.post("/cuenta/password/reset/", {"email": "ana@example.cl"})
    unknown = client.post("/cuenta/password/reset/", {"email": "nadie@example.cl"})
    assert known.status_code == unknown.status_code == 302
    assert known["Location"] == unknown["Location"]


def test_a_mail_server_that_is_away_fails_no_page_and_the_letter_waits_sealed(
    client, ana, monkeypatch, mailoutbox
):
    waiting = []
    monkeypatch.setattr(JobDeferrer, "defer", lambda self, **given: waiting.append(given["letter"]))
    assert client.post("/cuenta/password/reset/", {"email": "ana@example.cl"}).status_code == 302
    [letter] = waiting
    assert b"ana@example.cl".hex() not in letter
    send_letter(letter)
    assert (mailoutbox[0].to, "/cuenta/password/reset/key/" in mailoutbox[0].body) == (
        ["ana@example.cl"],
        True,
    )


def test_letters_go_through_our_server_or_raise_so_that_the_job_tries_again(monkeypatch):
    letter = EmailMessage("Asunto", "Texto", to=["ana@example.cl"])
    monkeypatch.setenv("SIAC_MAIL", "outbox")
    assert OwnServer().send_messages([letter]) == 0
    monkeypatch.setenv("SIAC_MAIL", "smtp")
    monkeypatch.setenv("SIAC_SMTP_URL", "smtp://127.0.0.1:1")
    with pytest.raises(NotSent):
        OwnServer().send_messages([letter])


def test_the_pages_of_the_second_step_open(client, ana):
    attempt(client)
    for page in ("", "webauthn/", "totp/activate/", "recovery-codes/"):
        assert client.get(f"/cuenta/verificacion/{page}").status_code in {200, 302, 404}, page


def test_passwords_are_kept_by_a_slow_hash_whatever_the_tests_use():
    assert security.PASSWORD_HASHERS[0].endswith("ScryptPasswordHasher")
