# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about users."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from siac.accounts.domain.signing_in import session_digest
from siac.accounts.models import ApiToken, Session, SignIn, User


def user_of(pk: int) -> User:
    """Return a user by primary key (1 SQL).

    Raises:
        User.DoesNotExist: there is none.
    """
    return User.objects.get(pk=pk)


def user_names(pks: Collection[int]) -> dict[int, str]:
    """Return the names of users by primary key; of those that exist (1 SQL, none for nobody)."""
    return dict(User.objects.filter(pk__in=pks).values_list("pk", "name")) if pks else {}


def token_names(pks: Collection[int]) -> dict[int, str]:
    """Return the names of keys of programs by primary key (1 SQL, none for none)."""
    return dict(ApiToken.objects.filter(pk__in=pks).values_list("pk", "name")) if pks else {}


def has_accounts() -> bool:
    """Return whether the installation has any account (1 SQL)."""
    return User.objects.exists()


def users_like(text: str, *, limit: int) -> list[int]:
    """Return the users, by primary key, who have `text` in their name or sign in with it (1 SQL)."""
    found = User.objects.filter(Q(name__icontains=text) | Q(email__iexact=text))
    return list(found.order_by("pk").values_list("pk", flat=True)[:limit])


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser in which somebody is signed in."""

    digest: str
    """What names it without opening it."""
    used_at: datetime
    """When it was used last, up to a quarter of an hour before."""
    sign_in: SignIn | None
    """How it began; None of one from before sign-ins were written down."""


def open_sessions(user_id: int, *, now: datetime) -> list[OpenSession]:
    """Return the browsers in which a user is signed in, the one used last first (2 SQL)."""
    found = Session.objects.filter(user_id=user_id, expire_date__gt=now).order_by("-expire_date")
    ends = {session_digest(key): end for key, end in found.values_list("session_key", "expire_date")}
    began = {row.session_digest: row for row in SignIn.objects.filter(session_digest__in=ends, user=user_id)}
    idle = timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return [OpenSession(digest, end - idle, began.get(digest)) for digest, end in ends.items()]


def sign_ins() -> QuerySet[SignIn]:
    """Return every sign-in and failure, with its user. Lazy: no SQL until it is read."""
    return SignIn.objects.select_related("user")
