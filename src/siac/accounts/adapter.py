# SPDX-License-Identifier: EUPL-1.2
"""How sign-in behaves here."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: accounts are created by whoever administers the body."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False."""
        return False
