# SPDX-License-Identifier: EUPL-1.2
"""How sign-in behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.stagekit import clear_login
from allauth.account.utils import get_next_redirect_url
from allauth.core import context
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.timezone import now

from siac.accounts.commands.accounts import account_of, post_letter
from siac.accounts.commands.trail import note_failure
from siac.accounts.domain.signing_in import Way, how
from siac.accounts.entrance import turned_away, ways_to_prove_again
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

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Write down whose password was not the right one, if it is somebody's."""
        user = account_of(_account(credentials))
        if user is not None:
            note_failure(request, user, Way.PASSWORD, now=now())

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Return whether `password` is that of `user`, counted as a try to sign in; here accounts are known
        by their own address. One that lets nobody in proves nothing either.
        """
        if turned_away(context.request, user, "") is not None:
            return False
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return how somebody may prove again who they are: ours first, then by the account of their body;
        with no password where it lets them in no more.
        """
        ours: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        if ours and turned_away(context.request, user, "") is not None:
            ours = [each for each in ours if each["id"] != "reauthenticate"]
        others = ways_to_prove_again(user) if user.is_authenticated else []
        return [
            *ours,
            *({"id": url, "description": "Con su cuenta institucional", "url": url} for url in others),
        ]

    def pre_login(self, request: HttpRequest, user: Any, **told: Any) -> HttpResponseBase | None:
        """Turn away whose body wants them to come in by its own account, though what they typed was right."""
        refused: HttpResponseBase | None = super().pre_login(request, user, **told)
        if refused is not None:
            return refused
        way = how(get_authentication_records(request, user))[0]
        if way is Way.PROVIDER:
            return None
        answer = turned_away(request, user, told["redirect_url"] or get_next_redirect_url(request) or "")
        if answer is not None:
            note_failure(request, user, way, now=now())
            clear_login(request)
        return answer

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
