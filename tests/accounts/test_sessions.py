# SPDX-License-Identifier: EUPL-1.2
"""A session brings its user in one SQL, and every way to end it works at once."""

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import RequestFactory
from django.utils import timezone

from siac.accounts.models import Session
from siac.accounts.public import User
from siac.accounts.sessions import SessionStore, SignedInUser, end_sessions, prune_sessions

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return User.objects.create_user("ana@example.cl", "una clave bien larga", name="Ana")


def request_user(key: str | None):
    request = RequestFactory().get("/")
    request.session = SessionStore(key)
    SignedInUser(lambda _: None).process_request(request)
    return request.user


def signed_in(client, user) -> str:
    client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
    return client.session.session_key


def test_session_and_user_cost_one_query(client, user, django_assert_num_queries):
    key = signed_in(client, user)
    assert Session.objects.get(session_key=key).user_id == user.pk
    with django_assert_num_queries(1):
        found = request_user(key)
        assert found.email == "ana@example.cl"
        assert found.is_authenticated


def test_a_page_does_not_write_the_session(client, user, django_assert_num_queries):
    signed_in(client, user)
    with django_assert_num_queries(1):
        assert client.get("/estilo/").status_code == 200


def test_without_session_there_is_no_query(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert not request_user(None).is_authenticated


def test_a_changed_password_ends_the_session_at_once(client, user):
    key = signed_in(client, user)
    user.set_password("otra clave bien larga")
    user.save()
    assert not request_user(key).is_authenticated


def test_a_deactivated_user_is_out_at_once(client, user):
    key = signed_in(client, user)
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert not request_user(key).is_authenticated


def test_signing_out_everywhere_deletes_every_browser(client, user):
    key = signed_in(client, user)
    assert end_sessions(user.pk) == 1
    assert not request_user(key).is_authenticated


def test_a_session_of_another_user_is_not_believed(client, user):
    other = User.objects.create_user("eva@example.cl", "una clave bien larga", name="Eva")
    key = signed_in(client, user)
    Session.objects.filter(session_key=key).update(user_id=other.pk)
    assert request_user(key).pk == user.pk


def test_use_renews_it_but_not_every_time(client, user):
    key = signed_in(client, user)
    store = SessionStore(key)
    assert store[SESSION_KEY] == str(user.pk)
    assert not store.modified
    Session.objects.filter(session_key=key).update(expire_date=timezone.now() + timedelta(hours=7))
    store = SessionStore(key)
    assert store[SESSION_KEY]
    assert store.modified


def test_expired_sessions_end_and_are_pruned(client, user):
    key = signed_in(client, user)
    Session.objects.filter(session_key=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    assert not request_user(key).is_authenticated
    assert prune_sessions() == 1
