# SPDX-License-Identifier: EUPL-1.2
"""How sign-in behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest
from procrastinate.contrib.django import app

from siac.accounts.letters import SEND_LETTER, sealed_letter


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Nobody signs up: accounts are created by whoever administers the body. Letters go out as jobs."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Return False."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Leave the letter to the worker, which tries again: a mail server that is away fails nobody's page."""
        letter = self.render_mail(template_prefix, email, context)
        app.configure_task(SEND_LETTER).defer(letter=sealed_letter(email, letter.subject, letter.body))
