# SPDX-License-Identifier: EUPL-1.2
"""How the second step behaves here."""

from typing import Any

from allauth.account.internal.stagekit import unstash_login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.utils.timezone import now

from siac.accounts.commands.trail import note_failure
from siac.accounts.domain.signing_in import Way
from siac.accounts.models import User


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Writes down codes and keys that were wrong: the password before them was right."""

    def validation_error(self, code: str, *args: Any) -> Exception:
        """Return the error, noting whose second step failed."""
        if code == "incorrect_code" and (user := _whose()) is not None:
            note_failure(context.request, user, Way.SECOND_STEP, now=now())
        error: Exception = super().validation_error(code, *args)
        return error


def _whose() -> User | None:
    request = context.request
    if request is None:
        return None
    if isinstance(request.user, User):
        return request.user
    login = unstash_login(request, peek=True)
    return login.user if login is not None else None
