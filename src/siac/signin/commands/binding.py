# SPDX-License-Identifier: EUPL-1.2
"""Which account somebody of a directory has, and what the directory may change of it.

A directory speaks for the addresses of its body's domains only, and rules over accounts that were opened
for it and stand nowhere else; other accounts are bound, and stay as they are.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from siac.accounts.public import account_of, account_without_password, readdress_account, rename_account
from siac.kernel.errors import Refused
from siac.organizations.public import Institution, stands_elsewhere
from siac.signin.domain.mail import domain_of
from siac.signin.domain.scim import account_address, full_name
from siac.signin.models import DirectoryUser
from siac.signin.queries import is_own_address


def bind(institution: Institution, row: DirectoryUser, said: Mapping[str, Any], *, now: datetime) -> None:
    """Give a person of the directory their account, or keep it up to date where it is the directory's own.

    Nobody who is not active gets a new account. The row is not saved.

    Raises:
        Refused: the address is in no domain of the body (directory_domain), it is not for this directory to
            change (directory_address), or another account has it (address_taken).
    """
    email = account_address(said)
    if row.user is not None:
        _follow(institution, row, said, email, now=now)
    elif email:
        _check(institution, email)
        row.user = account_of(email)
        if row.user is not None:
            _remember(row)
        elif row.is_active:
            row.user = account_without_password(email=email, name=full_name(said))
            row.has_made_account = True


def _check(institution: Institution, email: str) -> None:
    if not is_own_address(institution, email):
        raise Refused("directory_domain", domain=domain_of(email))


def _remember(row: DirectoryUser) -> None:
    """Take up what the directory did with an account before it forgot the person."""
    former = DirectoryUser.objects.filter(institution=row.institution_id, user=row.user, is_removed=True)
    found = former.first()
    if found is not None and found.pk != row.pk:
        row.has_made_account, row.has_closed_account = found.has_made_account, found.has_closed_account
        found.delete()


def _follow(
    institution: Institution, row: DirectoryUser, said: Mapping[str, Any], email: str, *, now: datetime
) -> None:
    assert row.user is not None
    moves = bool(email) and email != row.user.email
    name = full_name(said) if said.get("displayName") or said.get("name") else row.user.name
    if not moves and name == row.user.name:
        return
    if not row.has_made_account or stands_elsewhere(institution, row.user, now=now):
        if moves:
            raise Refused("directory_address")
        return
    if moves:
        _check(institution, row.user.email)
        _check(institution, email)
        readdress_account(user_id=row.user.pk, email=email)
    if name != row.user.name and is_own_address(institution, email or row.user.email):
        rename_account(user_id=row.user.pk, name=name)
    row.user.refresh_from_db()
