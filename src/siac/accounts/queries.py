# SPDX-License-Identifier: EUPL-1.2
"""What can be asked about users."""

from collections.abc import Collection

from django.db.models import Q

from siac.accounts.models import User


def user_of(pk: int) -> User:
    """Return a user by primary key (1 SQL).

    Raises:
        User.DoesNotExist: there is none.
    """
    return User.objects.get(pk=pk)


def user_names(pks: Collection[int]) -> dict[int, str]:
    """Return the names of users by primary key; of those that exist (1 SQL, none for nobody)."""
    return dict(User.objects.filter(pk__in=pks).values_list("pk", "name")) if pks else {}


def has_accounts() -> bool:
    """Return whether the installation has any account (1 SQL)."""
    return User.objects.exists()


def users_like(text: str, *, limit: int) -> list[int]:
    """Return the users, by primary key, who have `text` in their name or sign in with it (1 SQL)."""
    found = User.objects.filter(Q(name__icontains=text) | Q(email__iexact=text))
    return list(found.order_by("pk").values_list("pk", flat=True)[:limit])
