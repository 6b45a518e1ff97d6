# SPDX-License-Identifier: EUPL-1.2
"""Sessions in the database that bring their user along: one SQL per signed-in request.

Revocation stays immediate, because nothing is cached between requests: a changed password (the
hash in the session no longer fits), a deactivated user and a deleted session all end it at once.
"""

from datetime import timedelta
from typing import Any

from allauth.account.internal.flows.login import AUTHENTICATION_METHODS_SESSION_KEY
from django.conf import settings
from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.utils.functional import SimpleLazyObject

from siac.accounts.domain.signing_in import PROVIDER_METHOD, session_digest
from siac.accounts.models import Session, User
from siac.infra.ready import ReadyRows, rows

RENEW_AFTER = timedelta(minutes=15)
_SESSION, _USER = ReadyRows(Session, "s"), ReadyRows(User, "u")
_WITH_USER = f"""
SELECT {_SESSION.columns}, {_USER.columns} FROM accounts_session s
LEFT JOIN accounts_user u ON u.id = s.user_id WHERE s.session_key = %s AND s.expire_date > %s
"""  # noqa: S608 - columns of our own models


class SessionStore(DatabaseStore):
    """Django's database sessions with the user joined in, renewed at most every 15 minutes of use."""

    user: Any = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        """Return our table."""
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Return the row to store, with its user."""
        row = super().create_model_instance(data)
        row.user_id = data.get(auth.SESSION_KEY)  # type: ignore[attr-defined]
        return row  # type: ignore[return-value]

    def _get_session_from_db(self) -> Session | None:
        now = timezone.now()
        found = rows(_WITH_USER, [self.session_key, now])
        if not found:
            self._session_key = None
            return None
        row: Session = _SESSION(found[0][: _SESSION.width])
        self.user = row.user = _USER(found[0][_SESSION.width :])
        idle = timedelta(seconds=settings.SESSION_COOKIE_AGE)
        if row.expire_date - now < idle - RENEW_AFTER:
            self.modified = True
        return row


def end_sessions(user_id: int) -> int:
    """Sign a user out everywhere; return how many browsers that was."""
    return Session.objects.filter(user_id=user_id).delete()[0]


def end_session(user_id: int, digest: str) -> bool:
    """Sign a user out in the browser whose session `digest` names; False if there is none (2 SQL)."""
    keys = Session.objects.filter(user_id=user_id).values_list("session_key", flat=True)
    named = [key for key in keys if session_digest(key) == digest]
    return Session.objects.filter(user_id=user_id, session_key__in=named).delete()[0] > 0


def end_other_sessions(user_id: int, kept: str | None) -> int:
    """Sign a user out everywhere but in the session with the key `kept`; return how many browsers that was
    (1 SQL).
    """
    return Session.objects.filter(user_id=user_id).exclude(session_key=kept or "").delete()[0]


def end_provider_sessions(user_id: int) -> int:
    """Sign a user out of every browser in which a provider of identity let them in; return how many that was
    (1 SQL, and 1 where there are any).
    """
    opened = [
        row.session_key
        for row in Session.objects.filter(user_id=user_id)
        if any(each.get("method") == PROVIDER_METHOD for each in _proofs(row))
    ]
    return Session.objects.filter(session_key__in=opened).delete()[0] if opened else 0


def go_on_without_ended(request: HttpRequest) -> None:
    """Let a browser whose session ended by what this very request did go on signed out (1 SQL); else the
    library answers that the session was interrupted, when it would renew it.
    """
    if not request.session.exists(request.session.session_key or ""):
        auth.logout(request)


def _proofs(row: Session) -> list[dict[str, Any]]:
    return list(row.get_decoded().get(AUTHENTICATION_METHODS_SESSION_KEY, ()))


def prune_sessions() -> int:
    """Delete what has expired; return how many."""
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]


class SignedInUser(AuthenticationMiddleware):
    """`request.user` from the row the session came with, checked as Django checks it."""

    def process_request(self, request: HttpRequest) -> None:
        """Set the lazy `request.user`."""
        super().process_request(request)
        request.user = SimpleLazyObject(lambda: _user(request))  # type: ignore[assignment]


def _user(request: Any) -> Any:
    if not hasattr(request, "_cached_user"):
        request._cached_user = _from_session(request.session) or auth.get_user(request)
    return request._cached_user


def _from_session(session: Any) -> Any:
    """Return the joined user when everything fits; None leaves the decision to Django."""
    user_id = session.get(auth.SESSION_KEY)
    user = getattr(session, "user", None)
    if user_id is None:
        return AnonymousUser()
    if user is None or str(user.pk) != str(user_id) or not user.is_active:
        return None
    known = session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
    fits = constant_time_compare(session.get(auth.HASH_SESSION_KEY, ""), user.get_session_auth_hash())
    return user if known and fits else None
