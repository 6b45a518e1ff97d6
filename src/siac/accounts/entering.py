# SPDX-License-Identifier: EUPL-1.2
"""Letting somebody in whom something other than a password of ours vouches for."""

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from siac.accounts.domain.signing_in import LETTER_METHOD, PROVIDER_METHOD
from siac.accounts.entrance import turned_away
from siac.accounts.models import User

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def sign_in_by_letter(request: HttpRequest, user: User, *, go_on: str) -> HttpResponse:
    """Sign in whoever just set their first password, from a letter of invitation or with the code that the
    server showed, and return where that leads: to `go_on`, an address of ours, or to the account of their
    body, where that is the only way in.
    """
    if (answer := turned_away(request, user, go_on)) is not None:
        return answer
    record_authentication(request, user, method=LETTER_METHOD)
    login(request, user, backend=BACKEND)
    return HttpResponseRedirect(go_on)


def sign_in_by_provider(request: HttpRequest, user: User, *, provider_id: int, go_on: str) -> HttpResponse:
    """Sign in somebody whom a provider of identity named, and return where that leads: to `go_on`, an address
    of ours, or first to the second step of who has one.
    """
    record_authentication(request, user, method=PROVIDER_METHOD, provider=provider_id)
    response: HttpResponse = perform_login(request, Login(user=user, redirect_url=go_on))
    return response


def note_proof_again(request: HttpRequest, user: User, *, provider_id: int) -> None:
    """Remember in the session that a provider just vouched again for who is signed in."""
    record_authentication(request, user, method=PROVIDER_METHOD, provider=provider_id, reauthenticated=True)
