# SPDX-License-Identifier: EUPL-1.2
"""Opening an account, and the way back in for whoever lost the second step."""

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from procrastinate.contrib.django import app

from siac.accounts.letters import SEND_LETTER, readdressed_letter, sealed_letter
from siac.accounts.models import User
from siac.accounts.sessions import end_sessions
from siac.kernel.errors import Refused
from siac.kernel.text import squeeze


def account_of(email: str) -> User | None:
    """Return the account that signs in with an address, however it is capitalized."""
    return User.objects.filter(email=email.strip().lower()).first()


def account_without_password(*, email: str, name: str) -> User:
    """Open an account whose owner sets the first password by the letter that resets one (1 SQL).

    Raises:
        Refused: somebody else opened one with that address at the same moment (address_taken).
    """
    try:
        with transaction.atomic():
            return User.objects.create_user(email, name=squeeze(name)[:150])
    except IntegrityError as error:
        raise Refused("address_taken") from error


def rename_account(*, user_id: int, name: str) -> None:
    """Change the name of an account (1 SQL); for the directory of a body, which opened it."""
    User.objects.filter(pk=user_id).update(name=squeeze(name)[:150])


@transaction.atomic
def readdress_account(*, user_id: int, email: str) -> None:
    """Change with what address somebody signs in; for the directory of a body, which opened the account.

    The new address may be read by somebody else, so nothing that opened the account opens it any more:
    password, passkeys, second steps and open sessions end, and whoever reads the new address sets a password
    by the letter that resets one. Both addresses are told.

    Raises:
        Refused: another account has that address (address_taken).
    """
    user = User.objects.select_for_update().get(pk=user_id)
    before, user.email = user.email, email.strip().lower()
    if user.email == before:
        return
    user.set_unusable_password()
    try:
        with transaction.atomic():
            user.save(update_fields=["email", "password"])
    except IntegrityError as error:
        raise Refused("address_taken") from error
    drop_second_step(user_id=user_id)
    post_letter(before, *readdressed_letter(before, user.email))
    post_letter(user.email, *readdressed_letter(before, user.email))


@transaction.atomic
def open_account(*, email: str, name: str, password: str) -> User:
    """Open the account of whoever proved to read `email`, or give one that never had a password its first.

    Raises:
        Refused: the account has a password (account_open): its owner signs in with it; it was closed
            (account_closed); or the password is weak (password_weak).
    """
    user = User.objects.select_for_update().filter(email=email.strip().lower()).first()
    if user is not None and not user.is_active:
        raise Refused("account_closed", email=user.email)
    if user is not None and user.has_usable_password():
        raise Refused("account_open")
    user = user or User(email=email.strip().lower())
    user.name = squeeze(name)
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise Refused("password_weak", why=" ".join(error.messages)) from error
    user.set_password(password)
    user.save()
    return user


@transaction.atomic
def drop_second_step(*, user_id: int) -> int:
    """Take away the second steps of a user (codes, passkeys, recovery codes) and
    sign them out; return how many there were.
    """
    dropped: int = Authenticator.objects.filter(user_id=user_id).delete()[0]
    end_sessions(user_id)
    return dropped


@transaction.atomic
def close_account(*, user_id: int, bars: bool = False) -> bool:
    """Let nobody sign in with an account until it is opened again; return whether it was open. With `bars`,
    for whoever runs the installation, only they open it again.

    Its browsers are signed out and its keys for programs answer no more at the very next request. Second
    steps are kept: whoever comes back proves themselves as before.
    """
    was_open = User.objects.filter(pk=user_id, is_active=True).update(is_active=False) > 0
    if bars:
        User.objects.filter(pk=user_id).update(is_barred=True)
    end_sessions(user_id)
    return was_open


@transaction.atomic
def reopen_account(*, user_id: int, barred_too: bool = False) -> bool:
    """Let an account sign in again, with the password it had; return whether it was closed. One that whoever
    runs the installation closed opens with `barred_too` only: for themselves.
    """
    closed = User.objects.filter(pk=user_id, is_active=False)
    if not barred_too:
        closed = closed.filter(is_barred=False)
    return closed.update(is_active=True, is_barred=False) > 0


def has_second_step(user_id: int) -> bool:
    """Return whether a user signs in with more than a password (1 SQL)."""
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    return bool(Authenticator.objects.filter(user_id=user_id, type__in=kinds).exists())


def post_letter(to: str, subject: str, body: str) -> None:
    """Leave a letter about an account to the worker, sealed: it bears what opens an account or tells
    of one.
    """
    app.configure_task(SEND_LETTER).defer(letter=sealed_letter(to, subject, body))
