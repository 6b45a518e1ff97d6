# SPDX-License-Identifier: EUPL-1.2
"""Who signed in, when, how and from where: written down as it happens, and forgotten in time."""

from datetime import datetime, timedelta
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from siac.accounts.domain.signing_in import Step, Way, browser_of, how, provider_of, session_digest
from siac.accounts.models import SignIn, User
from siac.infra.ratelimit import client_address

KEEP = timedelta(days=365)
"""How long it is told that somebody signed in."""
KEEP_ADDRESS = timedelta(days=90)
"""How long it is told from where."""


def note_success(request: HttpRequest, user: User, *, now: datetime, way: Way | None = None) -> SignIn:
    """Write down that `user` signed in by `request` (1 SQL); without `way`, as the library recorded it."""
    session = getattr(request, "session", None)
    records = get_authentication_records(request, user) if session is not None else []
    said, step = how(records)
    key = session.session_key if session is not None else None
    return _note(request, user, way or said, Step(step), now, True, key, provider_of(records))


def note_failure(
    request: HttpRequest, user: User, way: Way, *, now: datetime, provider_id: int | None = None
) -> SignIn:
    """Write down that somebody failed to sign in as `user` (1 SQL); `provider_id`: what named them."""
    return _note(request, user, way, Step.NONE, now, False, None, provider_id)


def _note(
    request: HttpRequest,
    user: User,
    way: Way,
    step: Step,
    now: datetime,
    succeeded: bool,
    key: str | None,
    provider_id: int | None = None,
) -> SignIn:
    return SignIn.objects.create(
        user_id=user.pk,
        at=now,
        way=way.value,
        step=step.value,
        provider_id=provider_id,
        succeeded=succeeded,
        address=client_address(request)[:45],
        browser=browser_of(request.META.get("HTTP_USER_AGENT", ""))[:40],
        session_digest=session_digest(key),
    )


def note_signed_in(sender: Any, request: HttpRequest | None, user: User, **told: Any) -> None:
    """Hear of every sign-in, whichever way it came."""
    if request is not None:
        if not get_authentication_records(request, user):  # by code of ours, that named no method
            record_authentication(request, user, method=Way.OTHER.value)
        note_success(request, user, now=timezone.now())


def note_confirmed(
    sender: Any, request: HttpRequest, user: User, reauthenticated: bool = False, **told: Any
) -> None:
    """Hear of every time that somebody proved again who they are."""
    if reauthenticated:
        vouched = provider_of(get_authentication_records(request, user)[-1:])
        _note(request, user, Way.CONFIRMATION, Step.NONE, timezone.now(), True, None, vouched)


def forget_sign_ins(*, now: datetime) -> int:
    """Forget where sign-ins of three months ago came from, and those of a year ago; return how many went
    (2 SQL).
    """
    old = SignIn.objects.filter(at__lt=now - KEEP_ADDRESS).exclude(Q(address="") & Q(browser=""))
    old.update(address="", browser="")
    return SignIn.objects.filter(at__lt=now - KEEP).delete()[0]
