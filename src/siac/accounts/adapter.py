# SPDX-License-Identifier: EUPL-1.2
"""How sign-in behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import now

from siac.accounts.commands.accounts import post_letter
from siac.accounts.guessing import forget_try, may_try, remember_browser


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: accounts are opened from a letter or by whoever runs the installation.

    Letters go out as jobs.
    """

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count the try, by address and by account; refuse it as the sign-in library does."""
        super().pre_authenticate(request, **credentials)
        if not may_try(request, _account(credentials), now=now()):
            raise self.validation_error("too_many_login_attempts")

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Return the user of the credentials, or None; what was right is no guess."""
        user = super().authenticate(request, **credentials)
        if user is not None:
            forget_try(request, _account(credentials), now=now())
        return user

    def post_login(self, request: HttpRequest, user: Any, **told: Any) -> HttpResponseBase:
        """Let the browser in which somebody signed in be known by it."""
        response: HttpResponseBase = super().post_login(request, user, **told)
        remember_browser(response, request, user)
        return response

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave the letter to the worker, which tries again: a mail server that is away fails
        nobody's page.
        """
        letter = self.render_mail(template_prefix, email, context)
        post_letter(email, letter.subject, letter.body)


def _account(credentials: dict[str, Any]) -> str:
    return str(credentials.get("email") or credentials.get("username") or "").strip().lower()
