# SPDX-License-Identifier: EUPL-1.2
"""The pages of the sign-in library on which somebody proves again who they are; then what waits is done."""

from typing import Any

from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as ReauthenticateByCodeView
from allauth.mfa.webauthn.views import ReauthenticateWebAuthnView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from siac.accounts.again import go_on_after_proof


class DoesWhatWaits:
    """Does what somebody sent before they were asked."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        """Go on once the proof was right."""
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
        if not isinstance(answer, HttpResponseRedirect):
            return answer
        return go_on_after_proof(self.request, answer.url)


class ByPassword(DoesWhatWaits, ReauthenticateView):  # type: ignore[misc]
    """With the password."""


class ByCode(DoesWhatWaits, ReauthenticateByCodeView):  # type: ignore[misc]
    """With a code of the second step."""


class ByKey(DoesWhatWaits, ReauthenticateWebAuthnView):  # type: ignore[misc]
    """With a passkey or security key."""
